# label: ok
# category: schedule-dict-attrgetter
# rule: FRZ203
# truth: all parts are in the optimizer from the start, frozen at first
import operator
from functools import partial

import torch
from torch import nn

SCHEDULE = {0: ["up"], 1: ["mid"], 2: ["down"]}


class UNet(nn.Module):
    def __init__(self, c=4):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(1, c, 3, 2, 1), nn.ReLU())
        self.mid = nn.Sequential(nn.Conv2d(c, c, 3, 1, 1), nn.ReLU())
        self.up = nn.ConvTranspose2d(c, 1, 2, 2)

    def forward(self, x):
        return self.up(self.mid(self.down(x)))


def set_trainable(model, path, flag=True):
    for p in operator.attrgetter(path)(model).parameters():
        p.requires_grad_(flag)


def make_optimizer(model, factory):
    return factory(model.parameters())


def fit(model, epochs, factory):
    for path in ("down", "mid", "up"):
        set_trainable(model, path, False)
    for path in SCHEDULE[0]:
        set_trainable(model, path)
    optimizer = make_optimizer(model, factory)
    for epoch in range(epochs):
        if epoch > 0:
            for path in SCHEDULE.get(epoch, []):
                set_trainable(model, path)
        for _ in range(2):
            x = torch.rand(2, 1, 8, 8)
            loss = (model(x) - x).pow(2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


torch.manual_seed(0)
fit(UNet(), 3, partial(torch.optim.Adam, lr=1e-2))
