from torch import nn


class Classifier(nn.Module):
    def __init__(self, width, num_classes):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(7, width), nn.ReLU())
        self.head = nn.Linear(width, num_classes)

    def forward(self, x):
        return self.head(self.encoder(x))


def build_model(name, num_classes, **kwargs):
    width = {"small": 8, "large": 32}[name]
    return Classifier(width, num_classes)
