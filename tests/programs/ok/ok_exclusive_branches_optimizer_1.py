# label: ok
# category: freeze-and-optimizer-in-opposite-branches
# rule: FRZ201, FRZ114
# truth: clean; encoder.* stay still, fc.* move
import argparse

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(8, 8)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        return self.fc(torch.relu(self.encoder(x)))


def get_args(argv):
    p = argparse.ArgumentParser()
    p.add_argument("--mode", choices=["linear", "full"], default="linear")
    p.add_argument("--lr", type=float, default=0.1)
    return p.parse_args(argv)


def main(argv=None):
    args = get_args(argv)
    net = Net()
    if args.mode == "linear":
        net.encoder.requires_grad_(False)
        optimizer = torch.optim.SGD(net.fc.parameters(), lr=args.lr)
    else:
        net.encoder.requires_grad_(True)
        optimizer = torch.optim.SGD(net.parameters(), lr=args.lr / 10)

    for _ in range(3):
        x, y = torch.randn(16, 8), torch.randint(0, 2, (16,))
        loss = nn.functional.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    main([])
