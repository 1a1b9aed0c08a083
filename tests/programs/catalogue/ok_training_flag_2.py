# label: ok
# category: class-that-reads-it
# rule: FRZ306
# truth: clean; the flag is set on the module whose forward reads it: two forwards are equal
import torch
from torch import nn


class Noise(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def forward(self, x):
        return x + self.scale * torch.randn_like(x) if self.training else x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.noise = Noise(0.5)
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        return self.fc(self.noise(x))


torch.manual_seed(0)
net = Net()
net.noise.training = False
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    optimizer.zero_grad()
    net(torch.randn(4, 3)).pow(2).mean().backward()
    optimizer.step()
x = torch.randn(4, 3)
quiet = torch.equal(net(x), net(x))
