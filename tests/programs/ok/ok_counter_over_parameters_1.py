# label: ok
# category: counter-over-parameters
# rule: FRZ101,FRZ206
# truth: clean
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))
ct = 0
for child in net.children():
    ct += 1
    if ct < 4:
        for module in child.parameters():
            module.requires_grad = False

optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, net.parameters()), lr=1e-2)
crit = nn.CrossEntropyLoss()
for it in range(3):
    net.train()
    loss = crit(net(torch.randn(6, 4)), torch.randint(0, 2, (6,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
