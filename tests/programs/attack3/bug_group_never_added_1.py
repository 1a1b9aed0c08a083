# label: bug
# category: group-never-added
# rule: FRZ207
# line: 22
# truth: backbone_group is built and never passed on; the backbone requires grad, is in no optimizer and never moves
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 8), nn.ReLU())
        self.neck = nn.Linear(8, 8)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.neck(self.backbone(x)).relu())


def build_optimizer(model, cfg):
    backbone_group = {"params": list(model.backbone.parameters()), "lr": cfg["lr"] * cfg["backbone_mult"]}
    neck_group = {"params": list(model.neck.parameters()), "lr": cfg["lr"]}
    head_group = {"params": list(model.head.parameters()), "lr": cfg["lr"]}
    return torch.optim.AdamW([neck_group, head_group], weight_decay=cfg["wd"])


cfg = dict(lr=1e-2, backbone_mult=0.1, wd=1e-4)
model = Model()
optimizer = build_optimizer(model, cfg)
for step in range(3):
    x, y = torch.randn(8, 6), torch.randint(0, 3, (8,))
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
