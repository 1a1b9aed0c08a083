from torch import nn

from . import layers


class ConvNeXtish(nn.Module):
    def __init__(self, dims, num_classes):
        super().__init__()
        self.stem = nn.Conv2d(3, dims[0], 2, stride=2)
        self.stages = nn.Sequential(*[layers.Block(a, b) for a, b in zip(dims, dims[1:])])
        self.num_features = dims[-1]
        self.head = nn.Linear(self.num_features, num_classes)

    def reset_classifier(self, num_classes):
        self.head = nn.Linear(self.num_features, num_classes) if num_classes else nn.Identity()

    def forward(self, x):
        return self.head(self.stages(self.stem(x)).mean((-2, -1)))
