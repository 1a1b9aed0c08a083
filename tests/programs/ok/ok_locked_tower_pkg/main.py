# label: ok
# category: lock-method-with-frozen-statistics
# rule: FRZ301, FRZ302, FRZ403, FRZ205, FRZ101
# truth: clean; visual.stem.* and visual.body.0.* stay still, visual.body.1.* move, text.* and logit_scale move
"""Contrastive tuning with a locked image tower, of which the last block stays open."""
import torch
from torch import nn
from towers import ImageTower, TextTower


class Clip(nn.Module):
    def __init__(self, embed_dim=6):
        super().__init__()
        self.visual = ImageTower(embed_dim)
        self.text = TextTower(embed_dim)
        self.logit_scale = nn.Parameter(torch.ones([]) * 2.6)

    def lock_image_tower(self, unlocked_groups=0, freeze_bn_stats=False):
        self.visual.lock(unlocked_groups=unlocked_groups, freeze_bn_stats=freeze_bn_stats)

    def forward(self, image, text):
        i = nn.functional.normalize(self.visual(image), dim=-1)
        t = nn.functional.normalize(self.text(text), dim=-1)
        return self.logit_scale.exp() * i @ t.T


clip = Clip()
clip.lock_image_tower(unlocked_groups=1, freeze_bn_stats=True)
named = [(n, p) for n, p in clip.named_parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(
    [
        {"params": [p for n, p in named if p.ndim < 2], "weight_decay": 0.0},
        {"params": [p for n, p in named if p.ndim >= 2], "weight_decay": 0.2},
    ],
    lr=1e-2,
)
labels = torch.arange(8)
for _ in range(3):
    clip.train()
    logits = clip(torch.rand(8, 3, 6, 6), torch.randint(0, 20, (8, 5)))
    loss = (nn.functional.cross_entropy(logits, labels) + nn.functional.cross_entropy(logits.T, labels)) / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        clip.logit_scale.clamp_(0, 4.6)
