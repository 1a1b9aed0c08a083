# label: bug
# category: split-groups
# rule: FRZ204
# line: 32
# truth: the two groups hold all parameters as they were; the head that is put in afterwards is in neither and never moves
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU())
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.body(x))


def groups(model):
    plain, decayed = [], []
    for p in model.parameters():
        if p.ndim <= 1:
            plain.append(p)
        else:
            decayed.append(p)
    return [{"params": decayed, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}]


net = Net()
optimizer = torch.optim.AdamW(groups(net), lr=1e-2)
net.head = nn.Linear(8, 2)
for epoch in range(2):
    loss = nn.functional.cross_entropy(net(torch.randn(4, 4)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
