# label: bug
# category: name-filter-overmatch
# rule: FRZ113
# line: 37
# truth: "blocks.1" also meets blocks.10 and blocks.11, which are frozen with the two that were meant
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.ln = nn.LayerNorm(d)
        self.fc = nn.Linear(d, d)

    def forward(self, x):
        return x + self.fc(self.ln(x)).relu()


class MiniViT(nn.Module):
    def __init__(self, depth=12, d=8, num_classes=3):
        super().__init__()
        self.patch_embed = nn.Linear(12, d)
        self.blocks = nn.Sequential(*[Block(d) for _ in range(depth)])
        self.norm = nn.LayerNorm(d)
        self.head = nn.Linear(d, num_classes)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.patch_embed(x)).mean(1)))


def freeze_early(vit, blocks=("blocks.0", "blocks.1")):
    for name, param in vit.named_parameters():
        if "patch_embed" in name:
            param.requires_grad = False
        for b in blocks:
            if b in name:
                param.requires_grad = False


torch.manual_seed(0)
vit = MiniViT()
freeze_early(vit)
opt = torch.optim.AdamW([p for p in vit.parameters() if p.requires_grad], lr=1e-3, weight_decay=0.05)
for step in range(3):
    loss = nn.functional.cross_entropy(vit(torch.randn(4, 5, 12)), torch.randint(0, 3, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
