# label: bug
# category: getattr-wrapper
# rule: FRZ101
# line: 34
# truth: the flag lands on the encoder module found through __getattr__: its weights move
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(6, 6)
        self.head = nn.Linear(6, 1)

    def forward(self, x):
        return self.head(torch.relu(self.encoder(x)))


class Engine:
    """Looks like the model it carries."""

    def __init__(self, model):
        self._model = model

    def __getattr__(self, name):
        return getattr(self._model, name)

    def __call__(self, *args):
        return self._model(*args)


engine = Engine(Net())
engine.encoder.requires_grad = False
optimizer = torch.optim.SGD(engine.parameters(), lr=0.1)
for _ in range(3):
    optimizer.zero_grad()
    engine(torch.randn(5, 6)).pow(2).mean().backward()
    optimizer.step()
