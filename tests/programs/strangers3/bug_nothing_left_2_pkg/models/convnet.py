import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3)
        self.fc = nn.Linear(6, classes)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))


def convnet(pretrained=False):
    model = ConvNet()
    if pretrained:
        torch.nn.init.xavier_uniform_(model.conv.weight)
    return model
