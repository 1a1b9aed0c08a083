from torch import nn


class SequenceModel(nn.Module):
    def __init__(self, n_in, hidden, n_out):
        super().__init__()
        self.lstm = nn.LSTM(n_in, hidden, num_layers=2, dropout=0.4, batch_first=True)
        self.readout = nn.Linear(hidden, n_out)

    def freeze_lstm(self):
        for w in self.lstm.parameters():
            w.requires_grad = False

    def forward(self, x):
        return self.readout(self.lstm(x)[0][:, -1])
