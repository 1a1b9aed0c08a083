import torch
from torch import nn

from .features import normalise


class Recognizer(nn.Module):
    def __init__(self, n_mels=6, hidden=8, n_chars=5):
        super().__init__()
        self.encoder = nn.GRU(n_mels, hidden, batch_first=True)
        self.head = nn.Linear(hidden, n_chars)

    def forward(self, mel):
        h, _ = self.encoder(mel)
        h = torch.from_numpy(normalise(h.detach().cpu().numpy()))
        return self.head(h).log_softmax(-1)
