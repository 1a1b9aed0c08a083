# label: ok
# category: backbone-built-with-frozen-norms
# rule: FRZ301, FRZ302, FRZ120, FRZ201
# truth: clean; backbone.body.* stay still, input_proj.* and class_embed.* move
"""DETR-like: the backbone is built with FrozenBatchNorm2d, its early layers are frozen by name."""
import torch
from backbone import Backbone
from torch import nn


class Detr(nn.Module):
    def __init__(self, train_backbone: bool):
        super().__init__()
        self.backbone = Backbone(train_backbone)
        self.input_proj = nn.Conv2d(6, 4, 1)
        self.class_embed = nn.Linear(4, 3)

    def forward(self, images):
        return self.class_embed(self.input_proj(self.backbone(images)).flatten(2).mean(-1))


def train_one_epoch(model, criterion, data_loader, optimizer):
    model.train()
    criterion.train()
    for images, targets in data_loader:
        loss = criterion(model(images), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


lr_backbone = 0.0
detr = Detr(train_backbone=lr_backbone > 0)
param_dicts = [
    {"params": [p for n, p in detr.named_parameters() if "backbone" not in n and p.requires_grad]},
]
if lr_backbone > 0:
    param_dicts.append({"params": [p for n, p in detr.named_parameters() if "backbone" in n], "lr": lr_backbone})
optimizer = torch.optim.AdamW(param_dicts, lr=1e-2)
loader = [(torch.rand(3, 3, 8, 8), torch.randint(0, 3, (3,))) for _ in range(2)]
for epoch in range(2):
    train_one_epoch(detr, nn.CrossEntropyLoss(), loader, optimizer)
