# label: ok
# category: blocks-slice-eval
# rule: FRZ302,FRZ303
# truth: clean
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.norm, self.mlp, self.drop = nn.LayerNorm(d), nn.Linear(d, d), nn.Dropout(0.3)

    def forward(self, x):
        return x + self.drop(self.mlp(self.norm(x)))


class Vit(nn.Module):
    def __init__(self, d=8, depth=4):
        super().__init__()
        self.blocks = nn.ModuleList(Block(d) for _ in range(depth))
        self.head = nn.Linear(d, 3)

    def forward(self, x):
        for b in self.blocks:
            x = b(x)
        return self.head(x)


model = Vit()
frozen = model.blocks[:-2]
for block in frozen:
    for p in block.parameters():
        p.requires_grad = False
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for epoch in range(2):
    for depth, block in enumerate(model.blocks):
        block.train(depth >= len(frozen))
    for _ in range(2):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 2, 0])).backward()
        optimizer.step()
frozen.eval()
