# label: ok
# category: frozen-ema-copy
# rule: FRZ125
# truth: the frozen copy is the moving average, written after every step
import copy

import torch
from torch import nn


class Ema:
    def __init__(self, model, decay):
        self.decay = decay
        self.module = copy.deepcopy(model)
        for p in self.module.parameters():
            p.requires_grad_(False)

    @torch.no_grad()
    def update(self, model):
        for old, new in zip(self.module.state_dict().values(), model.state_dict().values()):
            old.copy_(old * self.decay + new * (1 - self.decay))


model = nn.Linear(4, 2)
average = Ema(model, 0.9)
ema, start = average.module, average.module.weight.clone()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    loss = model(torch.randn(5, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    average.update(model)
