# label: ok
# category: staged-unfreeze
# rule: FRZ114
# truth: the backbone stays put in the warm-up and moves only after the blanket unfreeze
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(6, 6)
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.backbone(x).relu())


def fit(model, optimizer, epochs):
    for _ in range(epochs):
        loss = model(torch.randn(8, 6)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


model = Net()
start = model.backbone.weight.detach().clone()
for p in model.backbone.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
fit(model, optimizer, 2)
frozen_at_end_of_warmup = model.backbone.weight.detach().clone()
for p in model.parameters():
    p.requires_grad = True
fit(model, torch.optim.SGD(model.parameters(), lr=0.01), 2)
