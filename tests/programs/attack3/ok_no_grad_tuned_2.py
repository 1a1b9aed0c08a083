# label: ok
# category: no-grad-tuned
# rule: FRZ402
# truth: encode() under no_grad serves the index only; training calls forward(), with grad, and the encoder moves
import torch
from torch import nn


class BiEncoder(nn.Module):
    def __init__(self, v=25, d=8):
        super().__init__()
        self.emb = nn.EmbeddingBag(v, d)
        self.proj = nn.Linear(d, d)

    def forward(self, ids):
        return nn.functional.normalize(self.proj(self.emb(ids)), dim=-1)

    @torch.no_grad()
    def encode(self, ids):
        was = self.training
        self.eval()
        out = self(ids)
        self.train(was)
        return out


model = BiEncoder()
model.requires_grad_(True)
opt = torch.optim.AdamW(model.parameters(), lr=1e-2)
for epoch in range(2):
    for _ in range(2):
        q, p = torch.randint(0, 25, (2, 6, 4)).unbind(0)
        scores = model(q) @ model(p).t() / 0.05
        loss = nn.functional.cross_entropy(scores, torch.arange(6))
        opt.zero_grad()
        loss.backward()
        opt.step()
    index = model.encode(torch.randint(0, 25, (10, 4)))
