# label: ok
# category: own-requires-grad-property
# rule: FRZ101
# truth: clean; encoder.* stay still, head.* move
"""Sentence classifier whose encoder has a real `requires_grad` switch."""
import torch
import torch.nn.functional as F
from torch import nn


class Encoder(nn.Module):
    def __init__(self, vocab: int = 30, dim: int = 8) -> None:
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.lin = nn.Linear(dim, dim)

    @property
    def requires_grad(self) -> bool:
        return any(p.requires_grad for p in self.parameters())

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        for p in self.parameters():
            p.requires_grad = value

    def forward(self, tokens):
        return torch.tanh(self.lin(self.emb(tokens).mean(dim=1)))


class Classifier(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(8, 3)

    def forward(self, tokens):
        return self.head(self.encoder(tokens))


torch.manual_seed(0)
clf = Classifier()
clf.encoder.requires_grad = False
optimizer = torch.optim.Adam([p for p in clf.parameters() if p.requires_grad], lr=1e-2)
for step in range(3):
    tokens, labels = torch.randint(0, 30, (6, 5)), torch.randint(0, 3, (6,))
    loss = F.cross_entropy(clf(tokens), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"step {step}: loss {loss.item():.3f}, encoder trainable: {clf.encoder.requires_grad}")
