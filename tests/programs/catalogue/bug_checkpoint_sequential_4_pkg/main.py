# label: bug
# category: checkpoint-sequential
# rule: FRZ406
# line: net.py:18
# truth: trunk.0.* has grad None at every step (the stem is frozen); trunk.2.* and head.* move
import torch

from net import Net

net = Net()
net.freeze_stem()
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    loss = torch.nn.functional.cross_entropy(net(torch.randn(4, 5)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
