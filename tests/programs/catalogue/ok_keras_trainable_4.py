# label: ok
# category: keras-trainable
# rule: FRZ109
# truth: trainable is a mark for the summary beside a real freeze of the same parameters
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


def freeze(module):
    module.requires_grad_(False)
    module.trainable = False


model = Model()
freeze(model.backbone)
optimizer = torch.optim.Adam(model.head.parameters())
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(3, 4)).logsumexp(1).sum().backward()
    optimizer.step()
print([p.requires_grad for p in model.parameters()])
