# label: bug
# category: undone
# rule: FRZ114
# line: lib/solver.py:8
# truth: configure_optimizers-style grouping sets requires_grad = True on every parameter it sorts, after the stages were frozen
import argparse
import torch
from torch import nn
from lib.net import build_net
from lib.solver import make_optimizer

parser = argparse.ArgumentParser()
parser.add_argument("--freeze-at", type=int, default=2)
args = parser.parse_args()
cfg = {"SOLVER": {"BASE_LR": 0.01, "BIAS_FACTOR": 2.0, "WD": 1e-4}, "MODEL": {"FREEZE_AT": args.freeze_at}}

net = build_net(cfg)
optimizer = make_optimizer(cfg, net)
for it in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 5)), torch.randint(0, 2, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
