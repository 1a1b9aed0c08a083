# label: ok
# category: own-trainable
# rule: FRZ109
# truth: trainable is an attribute that the project's own layer class reads in its freeze method
import torch
from torch import nn


class Layer(nn.Module):
    trainable = True

    def sync(self):
        for p in self.parameters(recurse=True):
            p.requires_grad = self.trainable
        return self


class Dense(Layer):
    def __init__(self, a, b):
        super().__init__()
        self.lin = nn.Linear(a, b)

    def forward(self, x):
        return torch.relu(self.lin(x))


class Model(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.blocks = nn.ModuleList(Dense(a, b) for a, b in zip(sizes, sizes[1:]))
        self.out = nn.Linear(sizes[-1], 1)

    def forward(self, x):
        for b in self.blocks:
            x = b(x)
        return self.out(x)


model = Model([4, 8, 8])
model.blocks[0].trainable = False
for block in model.blocks:
    block.sync()
opt = torch.optim.SGD((p for p in model.parameters() if p.requires_grad), lr=0.05)
for _ in range(3):
    loss = model(torch.randn(4, 4)).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
