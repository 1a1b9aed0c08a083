from torch import nn


class _Net(nn.Module):
    def __init__(self, width, classes, **options):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, width), nn.ReLU())
        self.head = nn.Linear(width, classes)
        self._apply_options(**options)

    def _apply_options(self, freeze_backbone=False):
        if freeze_backbone:
            self.backbone.requires_grad_(False)

    def forward(self, x):
        return self.head(self.backbone(x))


def tiny(classes, **kwargs):
    return _Net(4, classes, **kwargs)


def wide(classes, **kwargs):
    return _Net(32, classes, **kwargs)
