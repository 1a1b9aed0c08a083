# label: bug
# category: statistics-switched-off-late
# rule: FRZ308
# line: 22
# truth: the statistics stay, yet the frozen backbone normalises by the batch: train and eval outputs differ
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 4, 3)
        self.bn = nn.BatchNorm1d(4)

    def forward(self, x):
        return self.bn(self.conv(x)).relu().mean(-1)

    def freeze(self):
        for p in self.parameters():
            p.requires_grad = False
        self.bn.track_running_stats = False


torch.manual_seed(0)
backbone = Backbone()
backbone.freeze()
head = nn.Linear(4, 2)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(3):
    x = torch.randn(6, 1, 9) + 2
    optimizer.zero_grad()
    nn.functional.cross_entropy(head(backbone(x)), (x[:, 0, 0] > 2).long()).backward()
    optimizer.step()
