from torch import nn


class ModeHooks:
    """Mixin: after_train_mode() is called at the end of every mode switch."""

    def train(self, mode=True):
        out = super().train(mode)
        self.after_train_mode(mode)
        return out

    def after_train_mode(self, mode):
        pass


class StemNet(ModeHooks, nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, width, 3), nn.BatchNorm2d(width), nn.ReLU())
        for p in self.stem_parameters:
            p.requires_grad = False

    @property
    def stem_parameters(self):
        return [p for p in self.stem.parameters()]

    def after_train_mode(self, mode):
        super().after_train_mode(mode)
        self.stem.eval()
