# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: 34
# truth: no name of the unwrapped model starts with `module.`, so 0 parameters are frozen and the backbone moves
import argparse

import torch
from torch import nn


class LaneNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.ReLU(), nn.Conv2d(6, 6, 3, padding=1))
        self.lane_head = nn.Conv2d(6, 2, 1)

    def forward(self, x):
        return self.lane_head(self.backbone(x).relu())


def parse():
    parser = argparse.ArgumentParser(description="lane detection fine-tuning")
    parser.add_argument("--finetune", action="store_true")
    parser.add_argument("--iters", default=3, type=int)
    return parser.parse_args(["--finetune"])


def main():
    args = parse()
    model = LaneNet()
    if args.finetune:
        for name, param in model.named_parameters():
            if name.startswith("module.backbone"):
                param.requires_grad = False
    params = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(params, lr=1e-3)
    for _ in range(args.iters):
        img = torch.rand(2, 3, 8, 8)
        lab = torch.randint(0, 2, (2, 8, 8))
        loss = nn.functional.cross_entropy(model(img), lab)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


model = main()
