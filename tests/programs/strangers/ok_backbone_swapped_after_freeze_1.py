# label: ok
# category: backbone-swapped-after-freeze
# rule: FRZ115
# truth: the patch embedding is replaced first, then the backbone is frozen
import torch
import torch.nn as nn
import torch.nn.functional as F

cfg = dict(
    model=dict(width=6, num_classes=3, in_channels=4),
    freeze=dict(backbone=True),
    optim=dict(type="AdamW", lr=1e-2, weight_decay=1e-2),
    runner=dict(max_iters=4),
)


class ConvBackbone(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 4, 4)
        self.stages = nn.ModuleList([nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.GELU()) for _ in range(2)])

    def forward(self, x):
        x = self.stem(x)
        feats = []
        for s in self.stages:
            x = x + s(x)
            feats.append(x)
        return feats


class Seg(nn.Module):
    def __init__(self, width, num_classes):
        super().__init__()
        self.backbone = ConvBackbone(width)
        self.decode_head = nn.Conv2d(width * 2, num_classes, 1)

    def forward(self, x):
        f = torch.cat(self.backbone(x), 1)
        return F.interpolate(self.decode_head(f), size=x.shape[-2:], mode="bilinear", align_corners=False)


def build_segmentor(model, freeze):
    net = Seg(model["width"], model["num_classes"])
    if model["in_channels"] != 3:
        old = net.backbone.stem
        net.backbone.stem = nn.Conv2d(model["in_channels"], old.out_channels, old.kernel_size, old.stride)
    if freeze["backbone"]:
        net.backbone.requires_grad_(False)
    return net


def build_optimizer(net, type, **kw):
    return getattr(torch.optim, type)([p for p in net.parameters() if p.requires_grad], **kw)


torch.manual_seed(0)
segmentor = build_segmentor(cfg["model"], cfg["freeze"])
optimizer = build_optimizer(segmentor, **cfg["optim"])
for it in range(cfg["runner"]["max_iters"]):
    img, gt = torch.rand(2, 4, 16, 16), torch.randint(0, 3, (2, 16, 16))
    loss = F.cross_entropy(segmentor(img), gt)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
