# label: ok
# category: keras-trainable
# rule: FRZ109
# truth: the adapter class reads its own `trainable` in parameters_to_train(); what is off is not in the optimizer
import torch
from torch import nn


class Adapter(nn.Module):
    """Bottleneck adapter. `trainable` is consulted when the optimizer asks for parameters."""

    def __init__(self, dim, hidden, trainable=True):
        super().__init__()
        self.down, self.up = nn.Linear(dim, hidden), nn.Linear(hidden, dim)
        self.trainable = trainable

    def parameters_to_train(self):
        return list(self.parameters()) if self.trainable else []

    def forward(self, x):
        return x + self.up(torch.relu(self.down(x)))


class Stack(nn.Module):
    def __init__(self, n=3, dim=6):
        super().__init__()
        self.adapters = nn.ModuleList(Adapter(dim, 2) for _ in range(n))
        self.out = nn.Linear(dim, 1)

    def forward(self, x):
        for a in self.adapters:
            x = a(x)
        return self.out(x)


stack = Stack()
for adapter in stack.adapters[:2]:
    adapter.trainable = False
params = list(stack.out.parameters())
for adapter in stack.adapters:
    params += adapter.parameters_to_train()
    adapter.requires_grad_(adapter.trainable)
opt = torch.optim.AdamW(params, lr=1e-2)
for _ in range(3):
    loss = (stack(torch.randn(5, 6)) - 1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
