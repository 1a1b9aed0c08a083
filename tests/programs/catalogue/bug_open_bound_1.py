# label: bug
# category: open-bound
# rule: FRZ301
# line: 25
# truth: the first stages are frozen by their flags alone, as many as the option says: their BatchNorm goes on updating its statistics
import argparse
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, frozen_stages):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.stage1 = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.stage2 = nn.Sequential(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.stage3 = nn.Sequential(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.head = nn.Linear(4, 2)
        self._freeze_stages()

    def _freeze_stages(self):
        for i in range(1, self.frozen_stages + 1):
            stage = getattr(self, f"stage{i}")
            for p in stage.parameters():
                p.requires_grad = False

    def forward(self, x):
        return self.head(self.stage3(self.stage2(self.stage1(x))).mean((2, 3)))


parser = argparse.ArgumentParser()
parser.add_argument("--frozen-stages", type=int, default=2)
args = parser.parse_args([])
net = Net(args.frozen_stages)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(4, 3, 9, 9)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
