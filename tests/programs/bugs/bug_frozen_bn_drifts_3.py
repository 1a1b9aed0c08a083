# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: 35
# truth: the encoder is frozen by regex and never put in eval(): its running statistics move
import re

import torch
from torch import nn


class TabNet(nn.Module):
    def __init__(self, n_features=6):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.BatchNorm1d(n_features),
            nn.Linear(n_features, 12),
            nn.BatchNorm1d(12),
            nn.ReLU(),
        )
        self.decoder = nn.Linear(12, 1)

    def forward(self, x):
        return self.decoder(self.encoder(x)).squeeze(-1)


def freeze_matching(net, pattern):
    rx = re.compile(pattern)
    for name, p in net.named_parameters():
        if rx.match(name):
            p.requires_grad_(False)


net = TabNet()
freeze_matching(net, r"^encoder\.")
optim = torch.optim.Adam((p for p in net.parameters() if p.requires_grad), lr=1e-2)
table = torch.randn(64, 6) * 3 + 4
target = table[:, 0] - table[:, 1]
for epoch in range(2):
    for i in range(0, 64, 16):
        loss = nn.functional.huber_loss(net(table[i : i + 16]), target[i : i + 16])
        optim.zero_grad()
        loss.backward()
        optim.step()
