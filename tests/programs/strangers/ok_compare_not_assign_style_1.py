# label: ok
# category: compare-not-assign-style
# rule: FRZ103
# truth: the flag is assigned, the assertion below it only reads
import argparse
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F


class Extractor(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.convs = nn.Sequential(OrderedDict([
            ("conv1_1", nn.Conv2d(3, width, 3, padding=1)),
            ("relu1_1", nn.ReLU()),
            ("conv1_2", nn.Conv2d(width, width, 3, padding=1)),
        ]))
        self.mix = nn.Conv2d(width, width, 1)

    def forward(self, img):
        return self.mix(self.convs(img))


def gram(feat):
    b, c, h, w = feat.shape
    f = feat.view(b, c, h * w)
    return f @ f.transpose(1, 2) / (c * h * w)


def lock(net):
    for p in net.parameters():
        p.requires_grad = False
        assert p.requires_grad == False
    return net


def parse():
    ap = argparse.ArgumentParser()
    ap.add_argument("--steps", type=int, default=3)
    ap.add_argument("--style-weight", type=float, default=10.0)
    return ap.parse_args()


def run(args):
    torch.manual_seed(0)
    ext = Extractor()
    lock(ext.convs)
    content, style = torch.rand(1, 3, 8, 8), torch.rand(1, 3, 8, 8)
    image = content.clone().requires_grad_(True)
    opt = torch.optim.Adam([{"params": [image], "lr": 0.05}, {"params": ext.parameters(), "lr": 1e-3}])
    with torch.no_grad():
        target = gram(ext(style))
    for i in range(args.steps):
        opt.zero_grad()
        loss = F.mse_loss(image, content) + args.style_weight * F.mse_loss(gram(ext(image)), target)
        loss.backward()
        opt.step()
        print(i, loss.item())


run(parse())
