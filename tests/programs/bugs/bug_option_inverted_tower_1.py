# label: bug
# category: option-inverted-tower
# rule: FRZ117
# line: 26
# truth: with freeze_bert=True the tower stays trainable and moves
import argparse

import torch
from torch import nn


def get_args(argv=None):
    p = argparse.ArgumentParser()
    p.add_argument("--freeze_bert", action="store_true", default=True)
    p.add_argument("--hidden", type=int, default=8)
    return p.parse_args(argv)


class SentenceScorer(nn.Module):
    """A regression head on top of a text tower."""

    def __init__(self, hidden=8, freeze_bert=False):
        super().__init__()
        self.bert = nn.Sequential(nn.Embedding(20, hidden), nn.LayerNorm(hidden))
        for layer in self.bert.parameters():
            layer.requires_grad = freeze_bert
        self.linear = nn.Linear(hidden, 1)

    def forward(self, ids):
        return self.linear(self.bert(ids).mean(1))


args = get_args([])
net = SentenceScorer(args.hidden, freeze_bert=args.freeze_bert)
opti = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
for ep in range(2):
    opti.zero_grad()
    loss = nn.functional.mse_loss(net(torch.randint(0, 20, (3, 5))), torch.ones(3, 1))
    loss.backward()
    opti.step()
