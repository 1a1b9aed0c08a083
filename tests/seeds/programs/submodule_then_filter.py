"""One layer is frozen and the optimizer gets the rest: nothing to say."""

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
for weight in net.stem.parameters():
    weight.requires_grad = False

for name, weight in net.named_parameters():
    print(f"{name:<12} trains: {weight.requires_grad}")

optimizer = torch.optim.Adam([weight for weight in net.parameters() if weight.requires_grad])
loss = nn.functional.cross_entropy(net(torch.randn(3, 1, 6, 6)), torch.tensor([1, 5, 9]))
loss.backward()
optimizer.step()
