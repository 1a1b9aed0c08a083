# label: ok
# category: parameter-typed-in-another-file
# rule: FRZ101, FRZ108
# truth: clean; pos_embed and patch_embed.* stay still, blocks.* and head.* move
"""MAE fine-tuning: the fixed sin-cos position embedding is an nn.Parameter of the base class."""
import torch
from models import VisionTransformer
from torch import nn
from utils import sincos


class MaeClassifier(VisionTransformer):
    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.pos_embed.data.copy_(sincos(self.pos_embed.shape[1], self.pos_embed.shape[2]))
        self.pos_embed.requires_grad = False
        self.head = nn.Linear(self.dim, num_classes)
        # as in MoCo v3: a random patch projection is more stable
        self.patch_embed.proj.weight.requires_grad = False
        self.patch_embed.proj.bias.requires_grad = False

    def forward(self, x):
        return self.head(self.forward_features(x))


model = MaeClassifier(3, dim=8, patches=4)
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.rand(6, 4, 12)), torch.randint(0, 3, (6,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
