# label: bug
# category: lazy
# rule: FRZ110
# line: 34
# truth: the map over the backbone's parameters is never consumed: the flags stay True and the backbone moves
import torch
from torch import nn
from functools import partial


def set_flag(p, value):
    return p.requires_grad_(value)


class Net(nn.Module):
    def __init__(self, depth=2, width=8):
        super().__init__()
        self.backbone = nn.Sequential(*[nn.Sequential(nn.Linear(width, width), nn.GELU()) for _ in range(depth)])
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(self.backbone(x))


def get_param_groups(model, lr):
    return [
        {"params": [p for p in model.backbone.parameters() if p.requires_grad], "lr": lr * 0.1},
        {"params": model.head.parameters(), "lr": lr},
    ]


def main():
    model = Net()
    map(partial(set_flag, value=False), model.backbone.parameters())
    opt = torch.optim.AdamW(get_param_groups(model, 1e-2))
    for _ in range(3):
        loss = model(torch.randn(4, 8)).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model


model = main()
