# label: bug
# category: group-after-scheduler
# rule: FRZ209
# line: 36
# truth: the group that joins later has no max_lr: OneCycleLR's next step() raises
# raises: KeyError
import argparse

import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(5, 8)
        self.classifier = nn.Linear(8, 2)

    def forward(self, x):
        return self.classifier(self.encoder(x).relu())


class Finetuner:
    def __init__(self, args):
        self.args = args
        self.net = Net()
        self.net.encoder.requires_grad_(False)
        self.opt = torch.optim.AdamW(self.net.classifier.parameters(), lr=args.lr)
        self.sched = OneCycleLR(self.opt, max_lr=args.lr, total_steps=args.steps)

    def unfreeze(self):
        """Let the encoder train, too."""
        for p in self.net.encoder.parameters():
            p.requires_grad = True
        self.opt.add_param_group({"params": self.net.encoder.parameters(), "lr": self.args.lr / 10})

    def run(self):
        for step in range(self.args.steps):
            if step == self.args.unfreeze_at:
                self.unfreeze()
            loss = nn.functional.cross_entropy(self.net(torch.randn(4, 5)), torch.randint(0, 2, (4,)))
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()
            self.sched.step()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--unfreeze-at", type=int, default=4)
    torch.manual_seed(0)
    Finetuner(parser.parse_args([])).run()


main()
