# label: bug
# category: no-grad-trainable
# rule: FRZ402
# line: 17
# truth: tune_vision_tower sets the tower trainable, but its forward is decorated with no_grad: it never gets a gradient
from types import SimpleNamespace
import torch
from torch import nn


class VisionTower(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.patch = nn.Linear(12, d)
        self.block = nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d))

    @torch.no_grad()
    def forward(self, images):
        return self.block(self.patch(images))


class LlavaLike(nn.Module):
    def __init__(self, args):
        super().__init__()
        self.vision_tower = VisionTower()
        self.mm_projector = nn.Linear(8, 8)
        self.lm = nn.Linear(8, 16)
        self.vision_tower.requires_grad_(args.tune_vision_tower)

    def forward(self, images):
        return self.lm(self.mm_projector(self.vision_tower(images)))


args = SimpleNamespace(tune_vision_tower=True, lr=1e-3, steps=2)
model = LlavaLike(args)
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=args.lr)
for step in range(args.steps):
    logits = model(torch.randn(2, 5, 12))
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), torch.randint(0, 16, (10,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
