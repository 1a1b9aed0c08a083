"""Nobody reads `freeze_head`, and `--freeze-first False` freezes the first layer: any text is true."""

import argparse

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, freeze_head=False):  # expect: FRZ118
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16))
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


parser = argparse.ArgumentParser()
parser.add_argument("--freeze-first", type=bool, default=False)  # expect: FRZ118
args = parser.parse_args(["--freeze-first", "False"])
torch.manual_seed(0)
model = Net(freeze_head=True)
if args.freeze_first:
    model.backbone[0].requires_grad_(False)  # note: FRZ118

optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
