# label: bug
# category: compiled-parallel-head
# rule: FRZ204
# line: 23
# truth: the head of the wrapped module is replaced after the optimizer: the new head is in no group
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
opt = torch.optim.SGD(model.parameters(), lr=0.1)
model.module.head = nn.Linear(8, 2)
step = torch.compile(model, backend="eager")
print(type(step).__name__)
for _ in range(3):
    opt.zero_grad()
    nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1])).backward()
    opt.step()
