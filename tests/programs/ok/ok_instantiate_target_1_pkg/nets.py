from torch import nn


class ConvEncoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, width, 3), nn.BatchNorm2d(width), nn.ReLU())
        self.out_channels = width

    def forward(self, x):
        return self.body(x)


class Segmenter(nn.Module):
    def __init__(self, encoder, freeze_encoder=False):
        super().__init__()
        self.encoder = encoder
        self.head = nn.Conv2d(encoder.out_channels, 2, 1)
        self.freeze_encoder = freeze_encoder
        if freeze_encoder:
            self.encoder.requires_grad_(False)

    def train(self, mode=True):
        super().train(mode)
        return self._after_switch()

    def _after_switch(self):
        if self.freeze_encoder:
            self.encoder.eval()
        return self

    def forward(self, x):
        return self.head(self.encoder(x))
