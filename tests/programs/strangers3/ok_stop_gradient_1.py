# label: ok
# category: stop-gradient
# rule: FRZ401
# truth: detach in the straight-through estimator leaves another path to the encoder, the codebook learns from its own loss
import torch
from torch import nn
import torch.nn.functional as F


class VectorQuantizer(nn.Module):
    def __init__(self, k=8, d=4, beta=0.25):
        super().__init__()
        self.codebook = nn.Embedding(k, d)
        self.beta = beta

    def forward(self, z):
        idx = torch.cdist(z.detach(), self.codebook.weight.detach()).argmin(-1)
        q = self.codebook(idx)
        loss = F.mse_loss(q, z.detach()) + self.beta * F.mse_loss(z, q.detach())
        return z + (q - z).detach(), loss


class VQVAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(6, 4)
        self.vq = VectorQuantizer()
        self.decoder = nn.Linear(4, 6)

    def forward(self, x):
        q, vq_loss = self.vq(self.encoder(x))
        return self.decoder(q), vq_loss


model = VQVAE()
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(3):
    x = torch.randn(8, 6)
    recon, vq_loss = model(x)
    loss = F.mse_loss(recon, x) + vq_loss
    opt.zero_grad()
    loss.backward()
    opt.step()
