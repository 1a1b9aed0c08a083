from torch import nn

from .encoder import Encoder
from utils import set_bn_eval


class DepthNet(nn.Module):
    def __init__(self, encoder, dim):
        super().__init__()
        self.encoder = encoder
        self.decoder = nn.Sequential(nn.Upsample(scale_factor=4), nn.Conv2d(dim, 1, 3, padding=1))

    def forward(self, x):
        return self.decoder(self.encoder(x))


def build_model(cfg):
    encoder = Encoder(cfg["dim"])
    if cfg["fix_encoder"]:
        for p in encoder.parameters():
            p.requires_grad_(False)
        encoder.apply(set_bn_eval)
    return DepthNet(encoder, cfg["dim"])
