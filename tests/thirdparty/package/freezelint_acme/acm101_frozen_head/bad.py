import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.body(x))


net = Net()
net.head.requires_grad_(False)  # expect: ACM101
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
loss = net(torch.randn(2, 4)).sum()
loss.backward()
optimizer.step()
