# label: bug
# category: unfreeze-after-filtered-optimizer
# rule: FRZ203
# line: 41
# truth: the block that is unfrozen at the second update gets gradients, is in no optimizer and stands still
import argparse

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.stem = nn.Linear(10, width)
        self.block = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, width))
        self.head = nn.Linear(width, 3)

    def forward(self, x):
        return self.head(self.block(torch.relu(self.stem(x))))


def main(args):
    torch.manual_seed(args.seed)
    loader = DataLoader(TensorDataset(torch.randn(64, 10), torch.randint(0, 3, (64,))), batch_size=4)
    net = Net()
    net.requires_grad_(False)
    net.head.requires_grad_(True)
    optimizer = torch.optim.AdamW((p for p in net.parameters() if p.requires_grad), lr=1e-2)
    updates = 0
    start = net.block[0].weight.detach().clone()
    for i, (x, y) in enumerate(loader):
        loss = nn.functional.cross_entropy(net(x), y) / args.accumulate
        loss.backward()
        if (i + 1) % args.accumulate == 0:
            optimizer.step()
            optimizer.zero_grad()
            updates += 1
            if updates == 2:
                net.block.requires_grad_(True)
    return net, start


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--accumulate", type=int, default=4)
    ap.add_argument("--seed", type=int, default=0)
    net, start = main(ap.parse_args())
