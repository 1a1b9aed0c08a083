# label: bug
# category: module-attr
# rule: FRZ101
# line: 32
# truth: apply() sets an attribute on each Conv1d, all convolution weights still train
import torch
from torch import nn


def build_extractor(channels):
    layers, prev = [], 1
    for c in channels:
        layers += [nn.Conv1d(prev, c, 3, padding=1), nn.ReLU()]
        prev = c
    return nn.Sequential(*layers)


class Tagger(nn.Module):
    """Frame-wise tagger over raw audio."""

    def __init__(self):
        super().__init__()
        self.extractor = build_extractor([4, 8])
        self.out = nn.Conv1d(8, 2, 1)

    def forward(self, wav):
        return self.out(self.extractor(wav))


def freeze_convs(module):
    if isinstance(module, nn.Conv1d):
        module.requires_grad = False


tagger = Tagger()
tagger.extractor.apply(freeze_convs)
opt = torch.optim.Adam(tagger.parameters(), 1e-2)
for it in range(4):
    wav = torch.randn(3, 1, 20)
    tags = torch.randint(0, 2, (3, 20))
    loss = nn.functional.cross_entropy(tagger(wav), tags)
    opt.zero_grad()
    loss.backward()
    opt.step()
