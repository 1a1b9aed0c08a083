# label: ok
# category: finetune-encoder-inference-encode
# rule: FRZ402
# truth: encode runs under no_grad only while the VAE is not fine-tuned
import argparse
import contextlib

import torch
from torch import nn


class AutoencoderKL(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.encoder = nn.Conv2d(3, ch, 4, 4)

    def encode(self, x):
        return self.encoder(x)


class UNet(nn.Module):
    def __init__(self, ch=4):
        super().__init__()
        self.temb = nn.Embedding(10, ch)
        self.conv = nn.Sequential(nn.Conv2d(ch, 8, 3, padding=1), nn.SiLU(), nn.Conv2d(8, ch, 3, padding=1))

    def forward(self, z, t):
        return self.conv(z + self.temb(t)[:, :, None, None])


def add_noise(z, noise, t):
    a = (1 - (t.float() + 1) / 11)[:, None, None, None]
    return a.sqrt() * z + (1 - a).sqrt() * noise


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--finetune_encoder", action="store_true", default=True)
    parser.add_argument("--steps", type=int, default=3)
    args = parser.parse_args()

    torch.manual_seed(0)
    vae, unet = AutoencoderKL(), UNet()
    vae.requires_grad_(False)
    groups = [{"params": list(unet.parameters()), "lr": 1e-3}]
    if args.finetune_encoder:
        vae.encoder.requires_grad_(True)
        groups.append({"params": list(vae.encoder.parameters()), "lr": 1e-4})
    optimizer = torch.optim.AdamW(groups)

    for step in range(args.steps):
        x = torch.rand(2, 3, 16, 16)
        with contextlib.nullcontext() if args.finetune_encoder else torch.no_grad():
            latents = vae.encode(x) * 0.18215
        t = torch.randint(0, 10, (2,))
        noise = torch.randn_like(latents)
        loss = nn.functional.mse_loss(unet(add_noise(latents, noise, t), t), noise)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main()
