import torch.nn as nn
import torch.nn.functional as F


class TwoTower(nn.Module):
    def __init__(self, img_dim, txt_dim, shared):
        super().__init__()
        self.image = nn.Linear(img_dim, shared)
        self.text = nn.Linear(txt_dim, shared)

    def freeze(self, tower):
        for p in getattr(self, tower).parameters():
            p.requires_grad is False

    def forward(self, img, txt):
        return F.normalize(self.image(img), dim=1) @ F.normalize(self.text(txt), dim=1).t()
