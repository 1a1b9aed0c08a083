# label: bug
# category: zero-lr-freeze
# rule: FRZ210
# line: 30
# truth: the backbone's rate is 0 and its weights stay, but its BatchNorm statistics move with every batch
import torch
from torch import nn

cfg = {
    "optimizer": {"type": "SGD", "lr": 0.05, "momentum": 0.9},
    "paramwise": {"backbone": 0.0, "decode_head": 1.0},
    "iters": 4,
}


class Segmentor(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU())
        self.decode_head = nn.Conv2d(6, 3, 1)

    def forward(self, x):
        return self.decode_head(self.backbone(x))


def build_optimizer(model, cfg):
    opts = dict(cfg["optimizer"])
    cls = getattr(torch.optim, opts.pop("type"))
    lr = opts.pop("lr")
    groups = [{"params": getattr(model, key).parameters(), "lr": lr * mult}
              for key, mult in cfg["paramwise"].items()]
    return cls(groups, **opts)


model = Segmentor().train()
optimizer = build_optimizer(model, cfg)
for it in range(cfg["iters"]):
    img, seg = torch.rand(2, 3, 8, 8), torch.randint(0, 3, (2, 8, 8))
    loss = nn.functional.cross_entropy(model(img), seg)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
