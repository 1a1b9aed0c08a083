# label: ok
# category: detached-leaf-is-what-trains
# rule: FRZ108, FRZ206, FRZ407
# truth: clean; embed.* and lm.* stay still, loose:* move
"""Prompt tuning: the language model is frozen whole, a detached copy of some embeddings is trained."""
import torch
import torch.nn.functional as F
from torch import nn


class TinyLM(nn.Module):
    def __init__(self, vocab=40, dim=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.lm = nn.Sequential(nn.Linear(dim, 16), nn.GELU(), nn.Linear(16, vocab))

    def forward(self, embeds):
        return self.lm(embeds.cumsum(dim=1))


torch.manual_seed(0)
lm = TinyLM().requires_grad_(False).eval()
init_ids = torch.tensor([1, 5, 9])
soft_prompt = lm.embed(init_ids).detach().clone().requires_grad_()
optimizer = torch.optim.Adam([soft_prompt], lr=0.05)
for _ in range(4):
    ids = torch.randint(0, 40, (5, 6))
    inputs = torch.cat([soft_prompt.expand(5, -1, -1), lm.embed(ids)], dim=1)
    logits = lm(inputs)[:, len(init_ids) :]
    loss = F.cross_entropy(logits.flatten(0, 1), ids.roll(-1, 1).flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
