# label: bug
# category: unfrozen-not-in-optimizer
# rule: FRZ203
# line: 43
# truth: one layer more is thawed per epoch, none of them ever moves: only fc is optimised
import torch
import torch.nn.functional as F
from torch import nn


class PyramidNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(4, 8)
        self.layer2 = nn.Linear(8, 8)
        self.layer3 = nn.Linear(8, 8)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        for i in (1, 2, 3):
            x = F.gelu(getattr(self, f"layer{i}")(x))
        return self.fc(x)


def set_layer(net, i, flag):
    for p in getattr(net, f"layer{i}").parameters():
        p.requires_grad = flag


def gradual_unfreeze(net, epoch):
    """Thaw from the top downwards, one layer per epoch."""
    layer = 4 - epoch
    if 1 <= layer <= 3:
        set_layer(net, layer, True)


def main():
    net = PyramidNet()
    for i in range(1, 4):
        set_layer(net, i, False)
    opt = torch.optim.AdamW(net.fc.parameters(), lr=3e-3)
    for epoch in range(4):
        gradual_unfreeze(net, epoch)
        net.train()
        for _ in range(2):
            loss = F.cross_entropy(net(torch.randn(6, 4)), torch.randint(0, 2, (6,)))
            opt.zero_grad()
            loss.backward()
            opt.step()


if __name__ == "__main__":
    main()
