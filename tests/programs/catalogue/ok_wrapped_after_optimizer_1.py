# label: ok
# category: wrapped-after-optimizer
# rule: FRZ204
# truth: after the optimizer was built only an activation is put around the projection, whose weights it still holds and moves
import torch
from torch import nn


class LowRank(nn.Module):
    def __init__(self, inner, rank=2):
        super().__init__()
        self.inner = inner
        self.down = nn.Linear(inner.in_features, rank, bias=False)
        self.up = nn.Linear(rank, inner.out_features, bias=False)

    def forward(self, x):
        return self.inner(x) + self.up(self.down(x))


class Mixer(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(6, 6)
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.proj(x))


mixer = Mixer()
optimizer = torch.optim.SGD(mixer.parameters(), lr=0.1)
mixer.proj = nn.Sequential(mixer.proj, nn.GELU())
for _ in range(2):
    loss = nn.functional.cross_entropy(mixer(torch.randn(4, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
