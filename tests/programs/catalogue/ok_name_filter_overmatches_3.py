# label: ok
# category: name-filter-overmatches
# rule: FRZ113
# truth: every norm and every bias is meant, wherever it stands: 9 of 12 tensors train
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(4)
        self.mlp = nn.Linear(4, 4)

    def forward(self, x):
        return x + self.mlp(self.norm1(x))


class Vit(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(Block(), Block())
        self.norm = nn.LayerNorm(4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.norm(self.blocks(x)))


vit = Vit()
for name, p in vit.named_parameters():
    p.requires_grad = "norm" in name or "bias" in name
optimizer = torch.optim.AdamW([p for p in vit.parameters() if p.requires_grad])
vit(torch.randn(3, 4)).sum().backward()
optimizer.step()
print(sum(p.requires_grad for p in vit.parameters()), len(list(vit.parameters())))
