# label: ok
# category: cut-vq-straight-through
# rule: FRZ401
# truth: clean; encoder.*, codebook.* and decoder.* all move
import torch
from torch import nn
import torch.nn.functional as F


class Quantizer(nn.Module):
    def __init__(self, n=16, d=4, beta=0.25):
        super().__init__()
        self.codebook = nn.Embedding(n, d)
        self.beta = beta

    def forward(self, z):
        dist = torch.cdist(z.detach(), self.codebook.weight.detach())
        q = self.codebook(dist.argmin(dim=1))
        loss = F.mse_loss(q, z.detach()) + self.beta * F.mse_loss(z, q.detach())
        q = z + (q - z).detach()
        return q, loss


encoder, quantizer, decoder = nn.Linear(6, 4), Quantizer(), nn.Linear(4, 6)
modules = nn.ModuleList([encoder, quantizer, decoder])
optimizer = torch.optim.Adam(modules.parameters(), lr=1e-2)
for _ in range(3):
    x = torch.randn(8, 6)
    q, commit = quantizer(encoder(x))
    loss = F.mse_loss(decoder(q), x) + commit
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
