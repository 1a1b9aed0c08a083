from torch import nn


class Encoder(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv1d(6, 8, 3, padding=1), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.25))

    def forward(self, x):
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


class Seq2Seq(nn.Module):
    def __init__(self, chars=9):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = nn.Linear(8, chars)

    def forward(self, x):
        return self.decoder(self.encoder(x))
