# label: ok
# category: gradient-cache
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; enc.* moves: its second forward records gradients
"""GradCache: forward without graph, gradient of representations, second forward with graph."""
import torch
from torch import nn
enc = nn.Linear(6, 4)
opt = torch.optim.SGD(enc.parameters(), lr=.1)
for _ in range(2):
    chunks = torch.randn(8, 6).chunk(2)
    with torch.no_grad():
        reps = [enc(c) for c in chunks]
    reps = [r.requires_grad_() for r in reps]
    z = torch.cat(reps)
    loss = nn.functional.cross_entropy(z @ z.t(), torch.arange(8))
    loss.backward()
    opt.zero_grad()
    for c, r in zip(chunks, reps):
        (enc(c) * r.grad).sum().backward()
    opt.step()
