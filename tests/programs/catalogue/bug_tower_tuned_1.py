# label: bug
# category: tower-tuned
# rule: FRZ402
# line: 18
# truth: vision.* is set trainable by the flag and sits in the optimizer, and its decorated forward leaves grad None; proj.* moves
import argparse

import torch
from torch import nn


class VisionTower(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(6, d), nn.GELU(), nn.Linear(d, d))
        self.net.requires_grad_(False)

    @torch.no_grad()
    def forward(self, images):
        return self.net(images)


class Vlm(nn.Module):
    def __init__(self):
        super().__init__()
        self.vision = VisionTower()
        self.proj = nn.Linear(8, 4)

    def forward(self, images):
        return self.proj(self.vision(images))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tune-vision", default=True, type=bool)
    args = parser.parse_args()
    model = Vlm()
    if args.tune_vision:
        model.vision.requires_grad_(True)
    params = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(params, lr=1e-3)
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(5, 6)), torch.randint(0, 4, (5,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


main()
