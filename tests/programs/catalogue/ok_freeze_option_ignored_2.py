# label: ok
# category: freeze-option-ignored
# rule: FRZ118
# truth: kwargs are passed on to the constructor, which freezes; locals() carries the option as well
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, size, freeze_encoder=False):
        super().__init__()
        self.net = nn.Linear(size, size)
        if freeze_encoder:
            self.net.requires_grad_(False)

    def forward(self, x):
        return self.net(x)


def make(size, **kwargs):
    return Encoder(size, **kwargs)


def configured(size, freeze_encoder):
    options = dict(locals())
    return make(**options)


encoders = [make(4, freeze_encoder=True), configured(4, True)]
head = nn.Linear(4, 1)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
head(encoders[1](encoders[0](torch.randn(2, 4)))).sum().backward()
optimizer.step()
print([p.requires_grad for each in encoders for p in each.parameters()])
