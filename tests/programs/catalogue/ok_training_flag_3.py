# label: ok
# category: override-that-goes-down
# rule: FRZ306, FRZ304
# truth: clean; after eval() no module is in train mode
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.3))
        self.head = nn.Linear(8, 2)

    def train(self, mode=True):
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def forward(self, x):
        return self.head(self.body(x))


torch.manual_seed(0)
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(2):
    net.train()
    optimizer.zero_grad()
    net(torch.randn(4, 4)).pow(2).mean().backward()
    optimizer.step()
    net.eval()
    with torch.no_grad():
        net(torch.randn(4, 4))
modes = {m.training for m in net.modules()}
