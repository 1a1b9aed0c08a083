# label: ok
# category: property-access
# rule: FRZ106
# truth: model.frozen is a property that freezes; the bare access is not an uncalled method
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 8)
        self.head = nn.Linear(8, 2)
        self._frozen = False

    @property
    def frozen(self):
        if not self._frozen:
            self.body.requires_grad_(False)
            self._frozen = True
        return self

    def forward(self, x):
        return self.head(torch.relu(self.body(x)))


model = Model()
model.frozen
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for it in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(4, 4)), torch.randint(0, 2, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
