from torch import nn


class FineTuner(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 12), nn.SiLU())
        self.head = nn.Linear(12, 1)

    def freeze_backbone(self):
        self.backbone.requires_grad_(False)

    def unfreeze_backbone(self):
        self.backbone.requires_grad_(True)

    def forward(self, x):
        return self.head(self.backbone(x))
