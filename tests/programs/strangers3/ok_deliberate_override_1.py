# label: ok
# category: deliberate-override
# rule: FRZ105
# truth: net.train is replaced by a function on purpose, so the frozen VAE stays in eval
import torch
from torch import nn


def disabled_train(self, mode=True):
    return self


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.Dropout(0.1))

    def encode(self, x):
        return self.enc(x)


class LDM(nn.Module):
    def __init__(self, first_stage):
        super().__init__()
        self.unet = nn.Conv2d(4, 4, 3, padding=1)
        self.instantiate_first_stage(first_stage)

    def instantiate_first_stage(self, model):
        self.first_stage_model = model.eval()
        self.first_stage_model.train = disabled_train.__get__(self.first_stage_model)
        for param in self.first_stage_model.parameters():
            param.requires_grad = False

    def forward(self, x):
        with torch.no_grad():
            z = self.first_stage_model.encode(x)
        noise = torch.randn_like(z)
        return (self.unet(z + noise) - noise).square().mean()


ldm = LDM(VAE())
optimizer = torch.optim.AdamW(ldm.unet.parameters(), lr=1e-3)
for epoch in range(2):
    ldm.train()
    loss = ldm(torch.rand(2, 3, 6, 6))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
