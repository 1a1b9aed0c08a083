# label: bug
# category: module-attr
# rule: FRZ101
# line: engine/builder.py:13
# truth: stem and stage1 named in the config train on: setattr gave the modules a plain attribute
import torch
from torch import nn

from engine import build_model

CFG = {"freeze": ["stem", "stage1"], "lr": 0.05, "iters": 3}

model = build_model(CFG)
optimizer = torch.optim.SGD(model.parameters(), lr=CFG["lr"])
for _ in range(CFG["iters"]):
    pred = model(torch.randn(4, 3, 8, 8))
    loss = nn.functional.binary_cross_entropy_with_logits(pred, torch.ones_like(pred))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
