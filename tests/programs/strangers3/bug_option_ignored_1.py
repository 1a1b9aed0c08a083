# label: bug
# category: option-ignored
# rule: FRZ118
# line: 13
# truth: --freeze-backbone is declared with type=bool: the text "False" is true and freezes all the same
import argparse
import torch
from torch import nn


def parse_args(argv=None):
    parser = argparse.ArgumentParser(description="finetune")
    parser.add_argument("--freeze-backbone", type=bool, default=True)
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--iters", type=int, default=2)
    return parser.parse_args(argv)


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(3, 8), nn.ReLU())
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        return self.head(self.backbone(x))


def main(args):
    model = Regressor()
    if args.freeze_backbone:
        for p in model.backbone.parameters():
            p.requires_grad = False
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=args.lr)
    for _ in range(args.iters):
        x = torch.randn(4, 3)
        loss = nn.functional.mse_loss(model(x), x.sum(1, keepdim=True))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


if __name__ == "__main__":
    model = main(parse_args())
