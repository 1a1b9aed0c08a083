# label: ok
# category: siamese-params-property
# rule: FRZ106,FRZ107
# truth: clean
import inspect

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, stem, proj):
        super().__init__()
        self.stem, self.proj = stem, proj

    @property
    def backbone_params(self):
        return [p for n, p in self.named_parameters() if n.startswith("stem")]

    @property
    def freeze(self):
        for p in self.backbone_params:
            p.requires_grad = False
        return self

    def forward(self, x):
        return self.proj(self.stem(x).relu())


class Siamese(nn.Module):
    def __init__(self, embed):
        super().__init__()
        self.embed = embed

    def forward(self, a, b):
        return nn.functional.pairwise_distance(self.embed(a), self.embed(b))


def build(cls, **options):
    wanted = inspect.signature(cls).parameters
    for name in wanted:
        assert name in options, name
    return cls(**options)


embed = build(Embed, stem=nn.Linear(4, 6), proj=nn.Linear(6, 2))
embed.freeze
model = Siamese(embed)
opt = torch.optim.SGD([{"params": model.embed.proj.parameters()}], lr=0.1)
for _ in range(2):
    a, b, same = torch.randn(5, 4), torch.randn(5, 4), torch.tensor([1.0, 0, 1, 0, 1])
    d = model(a, b)
    loss = (same * d.pow(2) + (1 - same) * nn.functional.relu(1 - d).pow(2)).mean()
    opt.zero_grad(); loss.backward(); opt.step()
