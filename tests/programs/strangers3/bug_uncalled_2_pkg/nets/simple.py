from torch import nn


class SimpleNet(nn.Module):
    def __init__(self, dim, n_classes):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(dim, 16), nn.Tanh())
        self.head = nn.Linear(16, n_classes)

    def freeze_backbone(self):
        for param in self.backbone.parameters:
            param.requires_grad = False

    def forward(self, x):
        return self.head(self.backbone(x))
