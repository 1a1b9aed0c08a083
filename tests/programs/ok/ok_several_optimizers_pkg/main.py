# label: ok
# category: one-optimizer-per-part
# rule: FRZ201, FRZ203, FRZ205, FRZ211
# truth: clean; rpn.* move, roi.* move, body.0.* stay still, body.2.* move
"""Detection style: an optimizer for each part, the lowest layer in none of them and frozen."""
import torch
from models import Detector
from solver import ContainerOptimizer, build_solvers

torch.manual_seed(0)
detector = Detector()
detector.lock(stages=1)
solver = ContainerOptimizer(build_solvers(detector, {"body": 1e-3, "rpn": 1e-2, "roi": 1e-2}))
for step in range(4):
    feats, labels = torch.randn(5, 6), torch.randint(0, 3, (5,))
    losses = detector.losses(feats, labels)
    solver.zero_grad()
    sum(losses.values()).backward()
    solver.step(detector, max_norm=5.0)
