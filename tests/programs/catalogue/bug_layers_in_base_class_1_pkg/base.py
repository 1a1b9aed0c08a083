from torch import nn


class Staged(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = []
        self.out = nn.Linear(4, 1)

    def add_stage(self, stage):
        self.stages.append(stage)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return self.out(x)
