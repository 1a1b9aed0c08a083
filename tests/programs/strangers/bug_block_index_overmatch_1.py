# label: bug
# category: block-index-overmatch
# rule: FRZ113
# line: 42
# truth: "blocks.1" is also in the names of blocks.10 and blocks.11: three blocks are frozen where one was meant
import torch
import torch.nn as nn


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):
        return x + self.fc2(self.act(self.fc1(x)))


class MiniViT(nn.Module):
    def __init__(self, img_dim=12, dim=8, depth=12, num_classes=3):
        super().__init__()
        self.patch_embed = nn.Linear(img_dim, dim)
        self.pos_embed = nn.Parameter(torch.zeros(1, 5, dim))
        self.blocks = nn.ModuleList([Mlp(dim, dim * 2) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, num_classes)

    def forward_features(self, x):
        x = self.patch_embed(x) + self.pos_embed
        for blk in self.blocks:
            x = blk(x)
        return self.norm(x)

    def forward(self, x):
        return self.head(self.forward_features(x).mean(1))


torch.manual_seed(0)
vit = MiniViT()
FROZEN = ["patch_embed", "blocks.0.", "blocks.1"]
for n, p in vit.named_parameters():
    if any(key in n for key in FROZEN):
        p.requires_grad = False
num = sum(p.numel() for p in vit.parameters() if p.requires_grad)
print(f"trainable params: {num}")

optimizer = torch.optim.AdamW([p for p in vit.parameters() if p.requires_grad], lr=1e-2)
scaler = torch.amp.GradScaler("cpu", enabled=False)
for epoch in range(2):
    vit.train()
    for _ in range(2):
        x, y = torch.randn(4, 5, 12), torch.randint(0, 3, (4,))
        with torch.autocast("cpu", enabled=False):
            loss = nn.functional.cross_entropy(vit(x), y)
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
