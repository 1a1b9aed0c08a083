# label: bug
# category: own-adapter-frozen-with-base
# rule: FRZ503
# line: 42
# truth: the LoRA matrices are frozen with the base: only the head trains
import math

import torch
from torch import nn


class LoraLinear(nn.Module):
    def __init__(self, inner, rank=2):
        super().__init__()
        self.inner = inner
        self.lora_A = nn.Parameter(torch.randn(rank, inner.in_features) / math.sqrt(rank))
        self.lora_B = nn.Parameter(torch.randn(inner.out_features, rank) * 0.01)

    def forward(self, x):
        return self.inner(x) + x @ self.lora_A.t() @ self.lora_B.t()


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.two = nn.Linear(6, 6), nn.Linear(6, 6)
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(torch.relu(self.two(torch.relu(self.one(x)))))


def inject(model):
    for name, child in list(model.named_children()):
        if isinstance(child, nn.Linear) and name != "head":
            setattr(model, name, LoraLinear(child))


torch.manual_seed(0)
model = Model()
inject(model)
model.requires_grad_(False)
model.head.requires_grad_(True)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2)
start = model.one.lora_A.detach().clone()
for _ in range(3):
    loss = nn.functional.cross_entropy(model(torch.randn(8, 6)), torch.randint(0, 2, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
