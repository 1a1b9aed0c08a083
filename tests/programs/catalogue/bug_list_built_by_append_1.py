# label: bug
# category: list-built-by-append
# rule: FRZ119
# line: 13
# truth: the hidden layers stand in a plain list: parameters() has only the last layer's two
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.hidden = []
        for a, b in zip(sizes, sizes[1:]):
            self.hidden.append(nn.Linear(a, b))
        self.last = nn.Linear(sizes[-1], 1)

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.last(x)


mlp = MLP([4, 8, 8])
start = mlp.hidden[0].weight.detach().clone()
optimizer = torch.optim.SGD(mlp.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    mlp(torch.randn(3, 4)).sum().backward()
    optimizer.step()
