# label: ok
# category: vq-gan
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; enc.*, book.*, dec.* and the discriminator all move
import torch
from torch import nn
import torch.nn.functional as F
class VQ(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.dec = nn.Linear(6, 4), nn.Linear(4, 6)
        self.book = nn.Embedding(8, 4)
    def quantize(self, z):
        d = (z.pow(2).sum(1, keepdim=True) - 2 * z @ self.book.weight.t() + self.book.weight.pow(2).sum(1))
        idx = torch.argmin(d, dim=1)
        z_q = self.book(idx)
        loss = torch.mean((z_q.detach() - z) ** 2) + .25 * torch.mean((z_q - z.detach()) ** 2)
        z_q = z + (z_q - z).detach()
        return z_q, loss, idx
    def forward(self, x):
        z_q, loss, idx = self.quantize(self.enc(x))
        return self.dec(z_q), loss, {"idx": idx}
    def get_last_layer(self):
        return self.dec.weight
disc = nn.Linear(6, 1)
vq = VQ()
og = torch.optim.Adam(vq.parameters()); od = torch.optim.Adam(disc.parameters())
for step in range(4):
    x = torch.randn(5, 6)
    rec, emb_loss, info = vq(x)
    nll = F.l1_loss(rec, x)
    g_loss = -disc(rec).mean()
    nll_g = torch.autograd.grad(nll, vq.get_last_layer(), retain_graph=True)[0]
    g_g = torch.autograd.grad(g_loss, vq.get_last_layer(), retain_graph=True)[0]
    w = (nll_g.norm() / (g_g.norm() + 1e-4)).clamp(0, 1e4).detach()
    loss = nll + w * g_loss + emb_loss
    og.zero_grad(); loss.backward(); og.step()
    d_loss = F.relu(1 - disc(x.detach())).mean() + F.relu(1 + disc(rec.detach())).mean()
    od.zero_grad(); d_loss.backward(); od.step()
