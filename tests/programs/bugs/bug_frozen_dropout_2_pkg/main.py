# label: bug
# category: frozen-dropout
# rule: FRZ303
# line: main.py:14
# truth: the frozen two-layer LSTM drops between its layers: equal inputs get different features
import torch
from torch import nn

from sequence import SequenceModel


def main(n_steps=3):
    model = SequenceModel(n_in=5, hidden=6, n_out=2)
    model.freeze_lstm()
    model.train()
    optimizer = torch.optim.Adam(model.readout.parameters(), lr=1e-2)
    for _ in range(n_steps):
        x, y = torch.randn(4, 9, 5), torch.randn(4, 2)
        loss = nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


main()
