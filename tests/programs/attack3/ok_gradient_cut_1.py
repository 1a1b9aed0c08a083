# label: ok
# category: gradient-cut
# rule: FRZ401
# truth: straight-through VQ: detach() cuts one path, the encoder keeps another to the loss; all three parts move
import torch
import torch.nn.functional as F
from torch import nn


class VectorQuantizer(nn.Module):
    def __init__(self, k=8, d=4, beta=0.25):
        super().__init__()
        self.codebook = nn.Embedding(k, d)
        self.beta = beta

    def forward(self, z):
        idx = torch.cdist(z, self.codebook.weight).argmin(-1)
        q = self.codebook(idx)
        loss = F.mse_loss(q, z.detach()) + self.beta * F.mse_loss(z, q.detach())
        return z + (q - z).detach(), loss


class VQVAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.vq, self.dec = nn.Linear(6, 4), VectorQuantizer(), nn.Linear(4, 6)

    def forward(self, x):
        q, vq_loss = self.vq(self.enc(x))
        return F.mse_loss(self.dec(q), x) + vq_loss


model = VQVAE()
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(3):
    loss = model(torch.randn(16, 6))
    opt.zero_grad()
    loss.backward()
    opt.step()
