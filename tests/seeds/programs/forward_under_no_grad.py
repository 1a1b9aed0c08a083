"""The forward is replaced by one that runs the stem without gradients, but the stem's parameters stay trainable: they
pass the filter, sit in the optimizer and never get a gradient."""

import torch
from torch import nn


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3)
        self.body = nn.Conv2d(4, 8, 3)
        self.out = nn.Linear(32, 10)

    def forward(self, image):
        return self.out(self.body(self.stem(image)).flatten(1))


net = Digits()


def without_stem_gradients(image):
    with torch.no_grad():
        features = net.stem(image)  # expect: FRZ402
    return net.out(net.body(features).flatten(1))


net.forward = without_stem_gradients
optimizer = torch.optim.Adam([weight for weight in net.parameters() if weight.requires_grad])
for _ in range(3):
    loss = nn.functional.cross_entropy(net(torch.randn(3, 1, 6, 6)), torch.tensor([1, 5, 9]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
