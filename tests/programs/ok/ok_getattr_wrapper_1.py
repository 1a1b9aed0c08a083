# label: ok
# category: getattr-wrapper
# rule: FRZ101,FRZ105
# truth: clean
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(6, 6)
        self.head = nn.Linear(6, 1)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


class Part:
    """A view of a module whose flag is its parameters' flag."""

    def __init__(self, module):
        object.__setattr__(self, "_module", module)

    def __getattr__(self, name):
        value = getattr(self._module, name)
        return Part(value) if isinstance(value, nn.Module) else value

    def __setattr__(self, name, value):
        if name == "requires_grad":
            for p in self._module.parameters():
                p.requires_grad = value
        else:
            setattr(self._module, name, value)


net = Net()
view = Part(net)
view.encoder.requires_grad = False
optimizer = torch.optim.SGD([p for p in view.parameters() if p.requires_grad], lr=0.1)
for _ in range(3):
    optimizer.zero_grad()
    net(torch.randn(5, 6)).pow(2).mean().backward()
    optimizer.step()
