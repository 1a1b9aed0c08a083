# label: bug
# category: cut-numpy
# rule: FRZ401
# line: 21
# truth: proj.* has grad None at every step: the sequence goes through numpy before the recurrent net, which trains
import numpy as np
import torch
from torch import nn

torch.manual_seed(0)


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(3, 8)
        self.rnn = nn.GRU(8, 8, batch_first=True)
        self.out = nn.Linear(8, 1)

    def smooth(self, h):
        values = h.detach().cpu().numpy()
        kernel = np.ones(3) / 3
        values = np.apply_along_axis(lambda row: np.convolve(row, kernel, mode="same"), 1, values)
        return torch.from_numpy(values).float()

    def forward(self, x):
        h = self.smooth(self.proj(x))
        states, _ = self.rnn(h)
        return self.out(states[:, -1])


model = Forecaster()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for epoch in range(3):
    x = torch.randn(4, 7, 3)
    loss = (model(x).squeeze(1) - x.sum((1, 2))).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
