# label: ok
# category: frozen-by-default
# rule: FRZ122
# truth: freeze is passed, from the configuration; the embedding trains
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Config:
    static_embeddings: bool = False
    hidden: int = 5
    lr: float = 1e-2


class Tagger(nn.Module):
    def __init__(self, cfg, vectors):
        super().__init__()
        self.emb = nn.Embedding.from_pretrained(vectors.clone(), freeze=cfg.static_embeddings)
        self.rnn = nn.GRU(vectors.size(1), cfg.hidden, bidirectional=True, batch_first=True)
        self.out = nn.Linear(2 * cfg.hidden, 4)

    def forward(self, x):
        return self.out(self.rnn(self.emb(x))[0])


cfg = Config()
tagger = Tagger(cfg, torch.randn(15, 6))
opt = torch.optim.Adam(tagger.parameters(), lr=cfg.lr)
for _ in range(3):
    x, y = torch.randint(0, 15, (3, 6)), torch.randint(0, 4, (3, 6))
    loss = nn.functional.cross_entropy(tagger(x).flatten(0, 1), y.flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
