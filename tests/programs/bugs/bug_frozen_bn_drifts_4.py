# label: bug
# category: frozen-bn-drifts
# rule: FRZ301
# line: 33
# truth: InstanceNorm with tracked statistics updates them although the front end is frozen
import torch
from torch import nn


class FrontEnd(nn.Module):
    """Filter bank with per-utterance normalisation."""

    def __init__(self, channels):
        super().__init__()
        self.filters = nn.Conv1d(1, channels, kernel_size=5, stride=2)
        self.norm = nn.InstanceNorm1d(channels, affine=True, track_running_stats=True)

    def forward(self, wav):
        return self.norm(self.filters(wav)).abs()


class KeywordSpotter(nn.Module):
    def __init__(self, n_words):
        super().__init__()
        self.front = FrontEnd(4)
        self.cls = nn.Linear(4, n_words)

    def forward(self, wav):
        return self.cls(self.front(wav).amax(-1))


def finetune(model: KeywordSpotter, steps: int):
    model.front.requires_grad_(False)
    model.train()
    opt = torch.optim.Adagrad(model.cls.parameters(), lr=0.05)
    for _ in range(steps):
        wav, word = torch.randn(6, 1, 40) * 2 + 1, torch.randint(0, 3, (6,))
        opt.zero_grad()
        nn.functional.cross_entropy(model(wav), word).backward()
        opt.step()


if __name__ == "__main__":
    spotter = KeywordSpotter(3)
    finetune(spotter, 4)
