from torch import nn


class BaseNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.mode_switches = 0

    def train(self, mode=True):
        self.mode_switches += 1
        return super().train(mode)


class StemNet(BaseNet):
    def __init__(self, width=4):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, width, 3), nn.BatchNorm2d(width), nn.ReLU())
        self.freeze_stem()

    def freeze_stem(self):
        self.stem.eval()
        for p in self.stem.parameters():
            p.requires_grad = False

    def train(self, mode=True):
        self.freeze_stem()
        return super().train(mode)
