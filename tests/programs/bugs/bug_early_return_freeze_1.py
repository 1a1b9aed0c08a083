# label: bug
# category: early-return-freeze
# rule: FRZ206
# line: 22
# truth: the early return is taken before the head is set free: nothing requires grad and backward raises
# raises: RuntimeError
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.body(x).relu())


def configure(model, mode="probe", verbose=False):
    for p in model.parameters():
        p.requires_grad = False
    if not verbose:
        return model
    print("mode", mode)
    for p in model.head.parameters():
        p.requires_grad = True
    return model


model = configure(Net())
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 4)).square().mean().backward()
    opt.step()
