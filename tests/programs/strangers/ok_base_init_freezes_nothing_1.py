# label: ok
# category: base-init-freezes-nothing
# rule: FRZ124
# truth: the base class calls build() first and freezes after it
import abc

import torch
from torch import nn


class PretrainedEncoder(nn.Module, abc.ABC):
    """Base of all fixed encoders."""

    def __init__(self, freeze=True, **dims):
        super().__init__()
        self.build(**dims)
        if freeze:
            for p in self.parameters():
                p.requires_grad = False
        self.head = None

    @abc.abstractmethod
    def build(self, **dims):
        ...

    def add_head(self, head):
        self.head = head
        return self


class MelTeacherStudent(PretrainedEncoder):
    def __init__(self, mels=6, dim=8, freeze=True):
        super().__init__(freeze=freeze, mels=mels, dim=dim)

    def build(self, mels, dim):
        self.encoder = nn.Sequential(nn.Linear(mels, dim), nn.ReLU(), nn.Linear(dim, dim), nn.LayerNorm(dim))

    def forward(self, mel):
        h = self.encoder(mel).mean(1)
        return h if self.head is None else self.head(h)


def evaluate(model, batch):
    model.eval()
    with torch.no_grad():
        acc = (model(batch[0]).argmax(-1) == batch[1]).float().mean()
    model.train()
    return acc.item()


torch.manual_seed(0)
model = MelTeacherStudent(freeze=True).add_head(nn.Linear(8, 4))
optimizer = torch.optim.AdamW(filter(lambda p: p.requires_grad, model.parameters()), lr=5e-3)
batches = [(torch.randn(4, 9, 6), torch.randint(0, 4, (4,))) for _ in range(3)]
for epoch in range(2):
    for mel, y in batches:
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(model(mel), y).backward()
        optimizer.step()
    print(epoch, evaluate(model, batches[0]))
