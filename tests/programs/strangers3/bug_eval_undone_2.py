# label: bug
# category: eval-undone
# rule: FRZ302
# line: 36
# truth: freeze_bn() runs once before the loop; after each validation model.train() puts the norms back in train mode
import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F


def set_bn_eval(m):
    classname = m.__class__.__name__
    if classname.find("BatchNorm") != -1:
        m.eval()


class DeepLabTiny(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU())
        self.aspp = nn.Sequential(nn.Conv2d(6, 6, 1), nn.BatchNorm2d(6), nn.ReLU())
        self.cls = nn.Conv2d(6, classes, 1)

    def forward(self, x):
        return self.cls(self.aspp(self.backbone(x)))


class Trainer:
    def __init__(self, args):
        self.args = args
        self.model = DeepLabTiny()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=args.lr)
        self.model.train()
        if args.freeze_bn:
            self.model.apply(set_bn_eval)

    def training(self):
        self.model.train()
        for _ in range(2):
            loss = F.cross_entropy(self.model(torch.randn(2, 3, 5, 5)), torch.randint(0, 2, (2, 5, 5)))
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()

    def validation(self):
        self.model.eval()
        with torch.no_grad():
            self.model(torch.randn(2, 3, 5, 5))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--freeze-bn", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args()
    trainer = Trainer(args)
    for epoch in range(args.epochs):
        trainer.training()
        trainer.validation()
    return trainer


if __name__ == "__main__":
    trainer = main()
