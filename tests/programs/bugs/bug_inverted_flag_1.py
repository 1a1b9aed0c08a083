# label: bug
# category: inverted-flag
# rule: FRZ117
# line: 13
# truth: freeze=True sets requires_grad True: the trunk that was to be frozen moves
import torch
from torch import nn


def freeze_layers(module: nn.Module, freeze: bool = True) -> None:
    """Freeze (or thaw) every parameter of a module."""
    for p in module.parameters():
        p.requires_grad = freeze


class Ranker(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(7, 14), nn.ReLU())
        self.score = nn.Linear(14, 1)

    def forward(self, pos, neg):
        return self.score(self.trunk(pos)), self.score(self.trunk(neg))


if __name__ == "__main__":
    ranker = Ranker()
    freeze_layers(ranker.trunk, freeze=True)
    optimizer = torch.optim.Adagrad(
        [p for p in ranker.parameters() if p.requires_grad], lr=0.05
    )
    for _ in range(3):
        s_pos, s_neg = ranker(torch.randn(9, 7), torch.randn(9, 7))
        loss = nn.functional.margin_ranking_loss(s_pos, s_neg, torch.ones(9, 1), margin=1.0)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
