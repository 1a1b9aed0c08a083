# label: bug
# category: dropout-active
# rule: FRZ303
# line: 36
# truth: the frozen text encoder of the diffusion trainer has dropout and runs in train mode: equal prompts give different features
import torch
from torch import nn
import torch.nn.functional as F


class TextEncoder(nn.Module):
    def __init__(self, vocab=30, d=8):
        super().__init__()
        self.emb = nn.Embedding(vocab, d)
        self.layer = nn.TransformerEncoderLayer(d, 2, 16, dropout=0.2, batch_first=True)

    def forward(self, ids):
        return self.layer(self.emb(ids)).mean(1)


class UNet(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.inp, self.cond, self.out = nn.Linear(4, d), nn.Linear(d, d), nn.Linear(d, 4)

    def forward(self, z, t, c):
        return self.out(F.silu(self.inp(z) + self.cond(c) + t[:, None]))


class LatentDiffusion(nn.Module):
    def __init__(self):
        super().__init__()
        self.text_encoder = TextEncoder()
        self.unet = UNet()
        for p in self.text_encoder.parameters():
            p.requires_grad = False

    def training_loss(self, z, ids):
        noise, t = torch.randn_like(z), torch.rand(len(z))
        zt = (1 - t[:, None]) * z + t[:, None] * noise
        return F.mse_loss(self.unet(zt, t, self.text_encoder(ids)), noise)


ldm = LatentDiffusion()
optimizer = torch.optim.AdamW(ldm.unet.parameters(), lr=1e-3)
for epoch in range(2):
    ldm.train()
    for _ in range(2):
        loss = ldm.training_loss(torch.randn(3, 4), torch.randint(0, 30, (3, 5)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
