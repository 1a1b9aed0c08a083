# label: bug
# category: layers-in-base-class
# rule: FRZ119
# line: base.py:7
# truth: the base class keeps what the subclass adds in a plain list; eval() never reaches its dropout
import torch

from nets import Net

net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    net(torch.randn(4, 3)).sum().backward()
    optimizer.step()
net.eval()
