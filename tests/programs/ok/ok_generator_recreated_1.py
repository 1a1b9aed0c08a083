# label: ok
# category: generator-made-afresh-each-time
# rule: FRZ205
# truth: clean; base.* stay still, lora.* move
"""trainable_params is a generator function: every call gives a fresh generator."""
import torch
from torch import nn


class LoraLinear(nn.Module):
    def __init__(self, base, rank=2, alpha=4):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora = nn.Sequential(nn.Linear(base.in_features, rank, False), nn.Linear(rank, base.out_features, False))
        self.scale = alpha / rank

    def forward(self, x):
        return self.base(x) + self.scale * self.lora(x)

    def trainable_params(self):
        for p in self.parameters():
            if p.requires_grad:
                yield p


net = LoraLinear(nn.Linear(6, 4))
print("parameters:", sum(p.numel() for p in net.trainable_params()))
optimizer = torch.optim.AdamW(net.trainable_params(), lr=1e-2)
for _ in range(3):
    optimizer.zero_grad()
    net(torch.randn(5, 6)).pow(2).mean().backward()
    torch.nn.utils.clip_grad_value_(net.trainable_params(), 1.0)
    optimizer.step()
