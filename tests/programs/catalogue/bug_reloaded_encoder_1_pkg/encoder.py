import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.fc1 = nn.Linear(inputs, 8)
        self.fc2 = nn.Linear(8, 8)

    @classmethod
    def from_checkpoint(cls, inputs):
        made = cls(inputs)
        with torch.no_grad():
            made.fc1.weight.fill_(0.1)
        return made

    def freeze(self):
        for p in self.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))
