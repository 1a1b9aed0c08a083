# label: ok
# category: adapter-frozen
# rule: FRZ503
# truth: after the injection only names without lora_ are frozen; the low-rank weights train
import math

import torch
from torch import nn


class LoRA(nn.Module):
    def __init__(self, linear, r=2):
        super().__init__()
        self.linear = linear
        self.lora_down = nn.Linear(linear.in_features, r, bias=False)
        self.lora_up = nn.Linear(r, linear.out_features, bias=False)
        nn.init.kaiming_uniform_(self.lora_down.weight, a=math.sqrt(5))

    def forward(self, x):
        return self.linear(x) + self.lora_up(self.lora_down(x))


def mark_only_lora_as_trainable(model):
    for n, p in model.named_parameters():
        if "lora_" not in n:
            p.requires_grad = False


unet = nn.Sequential(nn.Linear(4, 8), nn.SiLU(), nn.Linear(8, 4))
for i in (0, 2):
    unet[i] = LoRA(unet[i])
mark_only_lora_as_trainable(unet)
opt = torch.optim.AdamW([p for p in unet.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    x, noise = torch.randn(2, 8, 4).unbind(0)
    loss = nn.functional.mse_loss(unet(x + noise), noise)
    opt.zero_grad()
    loss.backward()
    opt.step()
