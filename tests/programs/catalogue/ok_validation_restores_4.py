# label: ok
# category: eval-in-the-last-epoch
# rule: FRZ305
# truth: clean; eval() comes after the last training forward, all ten of which run in train mode
import torch
from torch import nn


def train(net, epochs, lr):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    modes = []
    for epoch in range(epochs):
        for _ in range(2):
            x = torch.randn(6, 4)
            modes.append(net.training)
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x), (x[:, 0] > 0).long()).backward()
            optimizer.step()
        if epoch == epochs - 1:
            net.eval()
            with torch.no_grad():
                print("final", net(torch.randn(3, 4)).argmax(1).tolist())
    return modes


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
modes = train(net, 5, 0.1)
