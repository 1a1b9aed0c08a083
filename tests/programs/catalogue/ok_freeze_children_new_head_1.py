# label: ok
# category: freeze-children-new-head
# rule: FRZ115
# truth: the loop over all children freezes the old head as well, and then a new head takes its place: the usual idiom
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 8)
        self.head = nn.Linear(8, 100)

    def forward(self, x):
        return self.head(self.body(x))


model = Net()
for child in model.children():
    for p in child.parameters():
        p.requires_grad = False
model.head = nn.Linear(model.head.in_features, 3)
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(4, 4)).sum().backward()
    optimizer.step()
