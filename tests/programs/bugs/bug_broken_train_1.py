# label: bug
# category: broken-train
# rule: FRZ304
# line: 18
# truth: net.train() and net.eval() return None since the override returns nothing
import torch
from torch import nn


class FrozenTrunkNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(5, 10), nn.BatchNorm1d(10), nn.ReLU())
        self.head = nn.Linear(10, 2)
        for p in self.trunk.parameters():
            p.requires_grad = False

    def train(self, mode=True):
        """Keep the trunk in evaluation mode whatever is asked for."""
        super().train(mode)
        self.trunk.eval()

    def forward(self, x):
        return self.head(self.trunk(x))


def main():
    net = FrozenTrunkNet()
    optimizer = torch.optim.Adam(net.head.parameters(), lr=1e-3)
    for epoch in range(2):
        net.train()
        x, y = torch.randn(8, 5), torch.randint(0, 2, (8,))
        loss = nn.functional.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        net.eval()
        with torch.no_grad():
            net(x)


main()
