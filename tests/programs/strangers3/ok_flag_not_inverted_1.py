# label: ok
# category: flag-not-inverted
# rule: FRZ117
# truth: requires_grad = not freeze, = self.trainable and a flag translated by a table all say what they do
from dataclasses import dataclass
import torch
from torch import nn


@dataclass
class PartConfig:
    freeze: bool = False
    trainable: bool = True


PARTS = {"vision": PartConfig(freeze=True, trainable=False), "text": PartConfig(), "fusion": PartConfig()}


class Model(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.vision = nn.Linear(5, d)
        self.text = nn.EmbeddingBag(12, d)
        self.fusion = nn.Linear(2 * d, 2)

    def forward(self, img, txt):
        return self.fusion(torch.cat([self.vision(img), self.text(txt)], 1))


def configure(model, parts):
    for name, cfg in parts.items():
        module = getattr(model, name)
        freeze = cfg.freeze
        for p in module.parameters():
            p.requires_grad = not freeze
        if name == "fusion":
            module.requires_grad_(cfg.trainable)


model = Model()
configure(model, PARTS)
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 5), torch.randint(0, 12, (4, 3))), torch.tensor([0, 1, 0, 1]))
    opt.zero_grad()
    loss.backward()
    opt.step()
