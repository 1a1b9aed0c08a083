# label: ok
# category: freeze-through-the-wrapper
# rule: FRZ101, FRZ111, FRZ201, FRZ301
# truth: clean; backbone.* stay still, statistics of backbone.1 stay still, cls.* move
import re

import torch
from torch import nn


class Reid(nn.Module):
    def __init__(self, ids=4):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.cls = nn.Linear(8, ids)

    def forward(self, x):
        return self.cls(self.backbone(x))


def open_specified_layers(model, open_layers):
    """Opens only the named children, everything else is frozen and put in eval mode."""
    if isinstance(model, nn.DataParallel):
        model = model.module
    for name, module in model.named_children():
        if name in open_layers:
            module.train()
            for p in module.parameters():
                p.requires_grad = True
        else:
            module.eval()
            for p in module.parameters():
                p.requires_grad = False


model = nn.DataParallel(Reid())
wanted = re.compile(r"^(?:module\.)?cls\.")
for epoch in range(3):
    model.train()
    open_specified_layers(model, open_layers=["cls"])
    if epoch == 0:
        optimizer = torch.optim.SGD([p for n, p in model.named_parameters() if wanted.match(n)], lr=0.1)
    loss = nn.functional.cross_entropy(model(torch.randn(8, 6)), torch.randint(0, 4, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
