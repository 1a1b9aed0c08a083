"""`train()` is called once and `eval()` in each validation: from the second epoch on the model trains in eval mode."""

import torch
from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)

net.train()
for epoch in range(3):
    for _ in range(2):
        scores = net(torch.randn(3, 5))
        optimizer.zero_grad()
        nn.functional.cross_entropy(scores, torch.tensor([0, 1, 1])).backward()
        optimizer.step()

    net.eval()  # expect: FRZ305
    with torch.no_grad():
        print(epoch, net(torch.randn(3, 5)).argmax(1))
