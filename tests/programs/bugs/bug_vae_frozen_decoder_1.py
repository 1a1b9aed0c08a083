# label: bug
# category: vae-frozen-decoder
# rule: FRZ104
# line: 34
# truth: the flag is called like a function: TypeError at once
# raises: TypeError
import torch
from torch import nn


class AutoencoderKL(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.encoder = nn.Conv2d(3, ch, 3, 2, 1)
        self.decoder = nn.ConvTranspose2d(ch, 3, 4, 2, 1)

    def encode(self, x):
        return self.encoder(x)

    def decode(self, z):
        return self.decoder(z)


class LatentDiffusion(nn.Module):
    def __init__(self, first_stage, timesteps=10):
        super().__init__()
        self.model = nn.Conv2d(4, 4, 3, padding=1)
        self.register_buffer("alphas", torch.linspace(0.99, 0.1, timesteps))
        self.instantiate_first_stage(first_stage)

    def instantiate_first_stage(self, model):
        self.first_stage_model = model.eval()
        for param in self.first_stage_model.parameters():
            param.requires_grad(False)

    def p_losses(self, x):
        with torch.no_grad():
            z = self.first_stage_model.encode(x)
        t = torch.randint(0, len(self.alphas), (x.shape[0],))
        a = self.alphas[t].view(-1, 1, 1, 1)
        noise = torch.randn_like(z)
        return (self.model(a.sqrt() * z + (1 - a).sqrt() * noise) - noise).pow(2).mean()


ldm = LatentDiffusion(AutoencoderKL())
opt = torch.optim.AdamW(ldm.model.parameters(), lr=1e-4)
for _ in range(2):
    loss = ldm.p_losses(torch.rand(2, 3, 8, 8))
    opt.zero_grad()
    loss.backward()
    opt.step()
