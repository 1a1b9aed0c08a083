# label: ok
# category: name-filter-overmatch
# rule: FRZ113
# truth: the pattern ends with a dot, so layer.1. does not meet layer.10.
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, n, d):
        super().__init__()
        self.layer = nn.ModuleList([nn.Linear(d, d) for _ in range(n)])

    def forward(self, x):
        for lay in self.layer:
            x = torch.tanh(lay(x))
        return x


class Tagger(nn.Module):
    def __init__(self, n=12, d=6):
        super().__init__()
        self.encoder = Encoder(n, d)
        self.cls = nn.Linear(d, 5)

    def forward(self, x):
        return self.cls(self.encoder(x))


def freeze_layers(model, ids):
    for idx in ids:
        for name, p in model.named_parameters():
            if f"layer.{idx}." in name:
                p.requires_grad = False


tagger = Tagger()
freeze_layers(tagger, [0, 1])
groups = [{"params": tagger.cls.parameters(), "lr": 1e-2},
          {"params": [p for p in tagger.encoder.parameters() if p.requires_grad], "lr": 1e-3}]
opt = torch.optim.AdamW(groups)
for _ in range(2):
    opt.zero_grad()
    nn.functional.cross_entropy(tagger(torch.randn(7, 6)), torch.randint(0, 5, (7,))).backward()
    opt.step()
