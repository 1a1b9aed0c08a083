# label: ok
# category: train-replaced-by-function
# rule: FRZ105, FRZ301, FRZ302, FRZ303
# truth: clean; cond_stage_model.* stay still, statistics of cond_stage_model.* stay still, unet.* move
import types

import torch
from torch import nn


def disabled_train(self, mode=True):
    """Keeps the module in the mode it has."""
    return self


class LatentDiffusion(nn.Module):
    def __init__(self):
        super().__init__()
        self.unet = nn.Linear(6 + 4, 6)
        self.instantiate_cond_stage()

    def instantiate_cond_stage(self):
        model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(0.1))
        self.cond_stage_model = model.eval()
        self.cond_stage_model.train = disabled_train
        for name in ("0", "1", "2"):
            block = self.cond_stage_model._modules[name]
            block.train = types.MethodType(disabled_train, block)
        self.cond_stage_model.train = types.MethodType(disabled_train, self.cond_stage_model)
        for param in self.cond_stage_model.parameters():
            param.requires_grad = False

    def forward(self, noisy, caption):
        return self.unet(torch.cat([noisy, self.cond_stage_model(caption)], dim=1))


ldm = LatentDiffusion()
optimizer = torch.optim.AdamW(ldm.unet.parameters(), lr=1e-3)
for step in range(3):
    ldm.train()
    noise = torch.randn(4, 6)
    loss = (ldm(noise + torch.randn(4, 6), torch.randn(4, 3)) - noise).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert not ldm.cond_stage_model.training
