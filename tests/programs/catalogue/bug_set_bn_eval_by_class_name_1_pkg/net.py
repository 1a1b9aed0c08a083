from torch import nn


class VideoNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv3d(1, 2, 3), nn.BatchNorm3d(2))
        self.body = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.ReLU())
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        x = self.stem(x).mean(2)
        return self.fc(self.body(x).mean((2, 3)))
