# label: bug
# category: eval-undone
# rule: FRZ302
# line: 39
# truth: evaluate() ends in model.train(), from the second epoch on the frozen stem is in train mode
import torch
from torch import nn

torch.manual_seed(21)


def make_net():
    stem = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU())
    return nn.ModuleDict({"stem": stem, "head": nn.Linear(8, 1)})


class Wrapper(nn.Module):
    def __init__(self, parts):
        super().__init__()
        self.parts = parts

    def forward(self, x):
        return self.parts["head"](self.parts["stem"](x))


def evaluate(model, x, y):
    model.eval()
    with torch.no_grad():
        score = nn.functional.mse_loss(model(x), y).item()
    model.train()
    return score


model = Wrapper(make_net())
stem = model.parts["stem"]
for p in stem.parameters():
    p.requires_grad = False
model.train()
stem.eval()

optimizer = torch.optim.SGD(model.parts["head"].parameters(), lr=0.01)
x, y = torch.randn(40, 4) * 2 + 1, torch.randn(40, 1)
for epoch in range(3):
    for xb, yb in zip(x[:32].split(8), y[:32].split(8)):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(xb), yb).backward()
        optimizer.step()
    print(epoch, evaluate(model, x[32:], y[32:]))
