from freezing import freeze_batch_norm_2d
from torch import nn


class ImageTower(nn.Module):
    def __init__(self, out, width=4):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, width, 3), nn.BatchNorm2d(width), nn.ReLU())
        self.body = nn.ModuleList([nn.Conv2d(width, width, 1), nn.Conv2d(width, out, 1)])

    def lock(self, unlocked_groups=0, freeze_bn_stats=False):
        groups = [self.stem, *self.body]
        for group in groups[: len(groups) - unlocked_groups]:
            for param in group.parameters():
                param.requires_grad = False
        if freeze_bn_stats:
            freeze_batch_norm_2d(self)

    def forward(self, x):
        x = self.stem(x)
        for conv in self.body:
            x = conv(x)
        return x.mean((2, 3))


class TextTower(nn.Module):
    def __init__(self, out, vocab=20, width=6):
        super().__init__()
        self.token = nn.Embedding(vocab, width)
        self.proj = nn.Linear(width, out)

    def forward(self, ids):
        return self.proj(self.token(ids).mean(1))
