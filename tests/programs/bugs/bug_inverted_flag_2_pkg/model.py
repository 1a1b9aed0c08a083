from torch import nn


class SpeechModel(nn.Module):
    def __init__(self, n_labels=4):
        super().__init__()
        self.encoder = nn.Conv1d(2, 6, 5, stride=2)
        self.head = nn.Linear(6, n_labels)

    def forward(self, frames):
        return self.head(self.encoder(frames).mean(-1)).log_softmax(-1)
