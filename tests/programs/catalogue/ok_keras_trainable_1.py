# label: ok
# category: keras-trainable
# rule: FRZ109
# truth: the class turns its own option `trainable` into flags: the body is frozen
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.trainable = True
        self.linear = nn.Linear(size, size)

    def prepare(self):
        for p in self.parameters():
            p.requires_grad = self.trainable
        return self

    def forward(self, x):
        return self.linear(x).relu()


blocks = nn.ModuleList([Block(5), Block(5)])
blocks[0].trainable = False
for block in blocks:
    block.prepare()
optimizer = torch.optim.SGD([p for p in blocks.parameters() if p.requires_grad], lr=0.1)
x = torch.randn(3, 5)
for block in blocks:
    x = block(x)
x.sum().backward()
optimizer.step()
print([p.requires_grad for p in blocks.parameters()])
