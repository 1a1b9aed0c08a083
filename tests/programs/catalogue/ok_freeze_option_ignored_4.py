# label: ok
# category: freeze-option-ignored
# rule: FRZ118
# truth: the option is read in a nested function and in a default of a lambda; the body is frozen
import torch
from torch import nn


class Pipeline:
    def __init__(self, net, freeze_body=True, train_head=True):
        def flags():
            return {"body": not freeze_body, "head": train_head}

        self.net = net
        self.flags = flags

    def apply(self):
        for name, value in self.flags().items():
            getattr(self.net, name).requires_grad_(value)

    def on_epoch(self, epoch, freeze=False):
        """A hook: subclasses may use what they are told."""


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(3, 3), nn.Linear(3, 1)

    def forward(self, x):
        return self.head(self.body(x))


pipeline = Pipeline(Net())
pipeline.apply()
optimizer = torch.optim.SGD(pipeline.net.head.parameters(), lr=0.1)
pipeline.on_epoch(0, freeze=True)
pipeline.net(torch.randn(2, 3)).sum().backward()
optimizer.step()
print([p.requires_grad for p in pipeline.net.parameters()])
