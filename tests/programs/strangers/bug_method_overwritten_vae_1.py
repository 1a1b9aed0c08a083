# label: bug
# category: method-overwritten-vae
# rule: FRZ105
# line: 55
# truth: requires_grad_ of each parameter is replaced by False, no flag changes and the VAE moves
import torch
import torch.nn.functional as F
from torch import nn

cfg = {
    "model": {"latent": 4, "hidden": 16},
    "schedule": {"timesteps": 10, "beta_start": 1e-3, "beta_end": 2e-2},
    "train": {"lr": 1e-2, "steps": 4, "freeze_vae": True},
}


class TinyVAE(nn.Module):
    def __init__(self, latent):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(12, 8), nn.SiLU(), nn.Linear(8, latent))
        self.dec = nn.Sequential(nn.Linear(latent, 8), nn.SiLU(), nn.Linear(8, 12))

    def encode(self, x):
        return self.enc(x)

    def decode(self, z):
        return self.dec(z)


class Denoiser(nn.Module):
    def __init__(self, latent, hidden):
        super().__init__()
        self.time = nn.Embedding(10, hidden)
        self.inp, self.out = nn.Linear(latent, hidden), nn.Linear(hidden, latent)

    def forward(self, z, t):
        return self.out(F.silu(self.inp(z) + self.time(t)))


class LatentDiffusion(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.first_stage = TinyVAE(cfg["model"]["latent"])
        self.unet = Denoiser(**cfg["model"])
        s = cfg["schedule"]
        betas = torch.linspace(s["beta_start"], s["beta_end"], s["timesteps"])
        self.register_buffer("alpha_bar", torch.cumprod(1 - betas, 0))
        if cfg["train"]["freeze_vae"]:
            self.freeze_first_stage()

    def freeze_first_stage(self):
        self.first_stage.eval()
        self.first_stage.train = lambda mode=True: self.first_stage
        for p in self.first_stage.parameters():
            p.requires_grad_ = False

    def forward(self, x):
        z = self.first_stage.encode(x)
        t = torch.randint(0, len(self.alpha_bar), (len(x),))
        a = self.alpha_bar[t, None]
        eps = torch.randn_like(z)
        pred = self.unet(a.sqrt() * z + (1 - a).sqrt() * eps, t)
        rec = self.first_stage.decode(z)
        return F.mse_loss(pred, eps) + F.mse_loss(rec, x)


torch.manual_seed(0)
ldm = LatentDiffusion(cfg)
opt = torch.optim.AdamW(list(ldm.parameters()), lr=cfg["train"]["lr"])
for step in range(cfg["train"]["steps"]):
    ldm.train()
    loss = ldm(torch.randn(6, 12))
    opt.zero_grad()
    loss.backward()
    opt.step()
