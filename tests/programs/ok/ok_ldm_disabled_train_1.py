# label: ok
# category: ldm-disabled-train
# rule: FRZ302,FRZ303,FRZ105,FRZ201
# truth: clean
import importlib

import torch
from torch import nn


def disabled_train(self, mode=True):
    """Overwrite model.train with this function to make sure train/eval mode does not change anymore."""
    return self


def get_obj_from_str(string):
    module, cls = string.rsplit(".", 1)
    return getattr(importlib.import_module(module), cls)


class FrozenEncoder(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, d), nn.BatchNorm1d(d), nn.Dropout(0.5))
        self.freeze()

    def freeze(self):
        self.net = self.net.eval()
        for param in self.parameters():
            param.requires_grad = False

    def forward(self, x):
        return self.net(x)


class LatentDiffusion(nn.Module):
    def __init__(self, scale=0.5, unet_target="torch.nn.Linear"):
        super().__init__()
        self.scale = scale
        self.unet = get_obj_from_str(unet_target)(12, 6)
        self.instantiate_first_stage()
        self.instantiate_cond_stage()

    def instantiate_first_stage(self):
        model = FrozenEncoder()
        self.first_stage_model = model.eval()
        self.first_stage_model.train = disabled_train.__get__(self.first_stage_model)
        for param in self.first_stage_model.parameters():
            param.requires_grad = False

    def instantiate_cond_stage(self):
        self.cond_stage_model = FrozenEncoder().eval()
        self.cond_stage_model.train = disabled_train.__get__(self.cond_stage_model)

    def forward(self, x, c):
        z = self.scale * self.first_stage_model(x).detach()
        noise = torch.randn_like(z)
        eps = self.unet(torch.cat([z + noise, self.cond_stage_model(c)], 1))
        return (eps - noise).square().mean()

    def configure_optimizers(self):
        params = list(self.unet.parameters())
        return torch.optim.AdamW(params, lr=1e-2)


ldm = LatentDiffusion()
opt = ldm.configure_optimizers()
for epoch in range(2):
    ldm.train()
    opt.zero_grad()
    ldm(torch.randn(4, 4) + 1, torch.randn(4, 4)).backward()
    opt.step()
