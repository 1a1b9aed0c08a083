# label: ok
# category: name-filter-overmatches
# rule: FRZ113
# truth: all twelve layers are meant, and layer.1 takes two of them early: they are frozen, the head trains
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.ModuleList([nn.Linear(2, 2) for _ in range(12)])
        self.head = nn.Linear(2, 1)

    def forward(self, x):
        for each in self.layer:
            x = each(x)
        return self.head(x)


encoder = Encoder()
for number in range(12):
    for name, p in encoder.named_parameters():
        if f"layer.{number}" in name:
            p.requires_grad = False
optimizer = torch.optim.SGD([p for p in encoder.parameters() if p.requires_grad], lr=0.1)
encoder(torch.randn(2, 2)).sum().backward()
optimizer.step()
print([n for n, p in encoder.named_parameters() if p.requires_grad])
