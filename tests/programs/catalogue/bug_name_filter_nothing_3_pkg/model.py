from torch import nn


class Staged(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(5, 5)
        self.stage1 = nn.Sequential(nn.Linear(5, 5), nn.ReLU())
        self.stage2 = nn.Sequential(nn.Linear(5, 5), nn.ReLU())
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.stage2(self.stage1(self.stem(x))))
