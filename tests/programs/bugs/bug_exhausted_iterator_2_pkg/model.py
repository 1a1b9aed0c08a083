from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pretrained = nn.Linear(4, 8)
        self.new = nn.Linear(8, 3)

    def forward(self, x):
        return self.new(self.pretrained(x).relu())
