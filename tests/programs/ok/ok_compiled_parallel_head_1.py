# label: ok
# category: compiled-parallel-head
# rule: FRZ204,FRZ203
# truth: clean
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 8)
        self.head = nn.Linear(8, 10)

    def forward(self, x):
        return self.head(self.body(x).relu())


net = Net()
model = nn.DataParallel(net)
model.module.head = nn.Linear(8, 2)
for name, p in model.named_parameters():
    p.requires_grad = name.startswith("module.head")
compiled = torch.compile(model, backend="eager")
opt = torch.optim.SGD([p for p in compiled.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    opt.zero_grad()
    nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1])).backward()
    opt.step()
