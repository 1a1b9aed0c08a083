# label: ok
# category: parameters-as-property
# rule: FRZ106, FRZ205
# truth: clean; shared.* stay still, task_heads.* move
import inspect

import torch
from torch import nn


class MultiTask(nn.Module):
    def __init__(self, tasks=("depth", "normal")):
        super().__init__()
        self.shared = nn.Linear(6, 6)
        self.task_heads = nn.ModuleDict({t: nn.Linear(6, 1) for t in tasks})

    @property
    def trainable(self):
        """A fresh list at every access."""
        return [p for p in super().parameters() if p.requires_grad]

    @property
    def freeze_shared(self):
        self.shared.requires_grad_(False)
        return self

    def forward(self, x, task):
        return self.task_heads[task](self.shared(x).relu())


def build(optimizer_cls, params, **options):
    accepted = {}
    for name in inspect.signature(optimizer_cls).parameters:
        if name in options:
            accepted[name] = options[name]
    return optimizer_cls(params, **accepted)


net = MultiTask()
net.freeze_shared
opt = build(torch.optim.SGD, net.trainable, lr=0.05, momentum=0.9, betas=(0.9, 0.99))
for p in net.trainable:
    nn.init.normal_(p, std=0.1)
for step in range(4):
    opt.zero_grad()
    sum(net(torch.randn(4, 6), t).abs().mean() for t in ("depth", "normal")).backward()
    torch.nn.utils.clip_grad_norm_(net.trainable, 1.0)
    opt.step()
