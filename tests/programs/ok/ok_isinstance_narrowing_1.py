# label: ok
# category: isinstance-parameter-narrowing
# rule: FRZ101, FRZ107
# truth: clean; cls_token and pos and blocks.* stay still, fc.* move
import torch
from torch import nn


class TinyViT(nn.Module):
    def __init__(self, dim=8, classes=4):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos = nn.Parameter(torch.randn(1, 5, dim) * 0.02)
        self.blocks = nn.Sequential(nn.Linear(dim, dim), nn.GELU(), nn.LayerNorm(dim))
        self.fc = nn.Linear(dim, classes)

    def forward(self, patches):
        x = torch.cat([self.cls_token.expand(len(patches), -1, -1), patches], dim=1) + self.pos
        return self.fc(self.blocks(x)[:, 0] + x.mean(1))


def lock(model, names):
    for name in names:
        part = getattr(model, name)
        if isinstance(part, nn.Parameter):
            part.requires_grad = False
        else:
            for p in part.parameters():
                p.requires_grad = False


def lock_quietly(things):
    for thing in things:
        try:
            thing.requires_grad_(False)
        except AttributeError:
            print("nothing to lock in", thing)


vit = TinyViT()
lock(vit, ["cls_token", "pos"])
lock_quietly([vit.blocks, None])
trainer = torch.optim.AdamW([p for _, p in vit.named_parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(vit(torch.randn(6, 4, 8)), torch.randint(0, 4, (6,)))
    trainer.zero_grad()
    loss.backward()
    trainer.step()
