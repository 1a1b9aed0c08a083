# label: bug
# category: cut
# rule: FRZ401
# line: 50
# truth: features are detached between the trainable neck and the head: the neck never trains
import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 6, 3, padding=1)

    def forward(self, x):
        return F.relu(self.c(x))


class Neck(nn.Module):
    def __init__(self):
        super().__init__()
        self.lateral = nn.Conv2d(6, 4, 1)

    def forward(self, x):
        return self.lateral(x)


class Head(nn.Module):
    def __init__(self, k=2):
        super().__init__()
        self.cls = nn.Conv2d(4, k, 1)

    def forward(self, x):
        return self.cls(x)


class Detector(nn.Module):
    def __init__(self, freeze_backbone=True):
        super().__init__()
        self.backbone, self.neck, self.head = Backbone(), Neck(), Head()
        if freeze_backbone:
            self.backbone.requires_grad_(False)

    def extract_feat(self, img):
        return self.neck(self.backbone(img))

    def forward(self, img):
        feats = self.extract_feat(img).detach()
        return self.head(feats)


def main(args):
    det = Detector()
    optimizer = torch.optim.SGD([p for p in det.parameters() if p.requires_grad], lr=args.lr, momentum=0.9)
    for i in range(args.iters):
        out = det(torch.randn(2, 3, 6, 6))
        loss = F.cross_entropy(out, torch.randint(0, 2, (2, 6, 6)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return det


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--lr", type=float, default=0.01)
    ap.add_argument("--iters", type=int, default=3)
    det = main(ap.parse_args())
