# label: bug
# category: tied-weights
# rule: FRZ123
# line: 24
# truth: the decoder shares its weight with the embedding, so freezing the embedding freezes the decoder that is to train
import torch
from torch import nn


class TiedLM(nn.Module):
    def __init__(self, vocab=20, dim=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.body = nn.Sequential(nn.Linear(dim, dim), nn.Tanh())
        self.decoder = nn.Linear(dim, vocab)
        self.decoder.weight = self.embed.weight

    def forward(self, ids):
        return self.decoder(self.body(self.embed(ids)))


def freeze_input_side(lm):
    for p in lm.embed.parameters():
        p.requires_grad = False
    for p in lm.body.parameters():
        p.requires_grad = False


lm = TiedLM()
freeze_input_side(lm)
# only the output layer is adapted to the new domain
opt = torch.optim.AdamW(lm.decoder.parameters(), lr=1e-2)
for _ in range(3):
    ids = torch.randint(0, 20, (4, 6))
    loss = nn.functional.cross_entropy(lm(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
