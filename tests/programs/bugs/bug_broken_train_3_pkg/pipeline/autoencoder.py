from torch import nn


class Autoencoder(nn.Module):
    def __init__(self, freeze_encoder=True):
        super().__init__()
        self.freeze_encoder = freeze_encoder
        self.encoder = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU())
        self.decoder = nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 6))
        if freeze_encoder:
            self.encoder.requires_grad_(False)

    def train(self, mode=True):
        if self.freeze_encoder:
            self.encoder.eval()
        return self

    def forward(self, x):
        return self.decoder(self.encoder(x))
