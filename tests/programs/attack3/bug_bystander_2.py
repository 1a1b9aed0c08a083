# label: bug
# category: bystander
# rule: FRZ125
# line: 30
# truth: the freeze names the backbone that was loaded for the weights; the detector's own backbone trains
import torch
from torch import nn


def resnetish(width=6):
    return nn.Sequential(nn.Conv2d(3, width, 3, 2, 1), nn.GroupNorm(2, width), nn.ReLU(), nn.Conv2d(width, width, 3, 2, 1))


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = resnetish()
        self.rpn = nn.Conv2d(6, 5, 1)

    def forward(self, x):
        return self.rpn(self.backbone(x))


def main(freeze=True):
    source = resnetish()
    detector = Detector()
    detector.backbone.load_state_dict(source.state_dict())
    if freeze:
        for p in source.parameters():
            p.requires_grad = False
    opt = torch.optim.SGD([p for p in detector.parameters() if p.requires_grad], lr=0.02, momentum=0.9)
    for _ in range(3):
        out = detector(torch.rand(1, 3, 16, 16))
        loss = nn.functional.binary_cross_entropy_with_logits(out[:, :1], torch.ones_like(out[:, :1]))
        loss = loss + out[:, 1:].abs().mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return detector


if __name__ == "__main__":
    detector = main()
