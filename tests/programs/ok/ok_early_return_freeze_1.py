# label: ok
# category: early-return-freeze
# rule: FRZ206
# truth: clean
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.body(x).relu())


def configure(model, mode):
    try:
        if mode == "full":
            return model
        for p in model.parameters():
            p.requires_grad = False
        if mode == "none":
            return model
    finally:
        for p in model.head.parameters():
            p.requires_grad = True
    return model


model = configure(Net(), "probe")
opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 4)).square().mean().backward()
    opt.step()
