# label: ok
# category: named-children-break
# rule: FRZ301,FRZ302
# truth: clean
import torch
from torch import nn
from torchvision.models import resnet18


def children_until(model, stop):
    for name, child in model.named_children():
        if name == stop:
            return
        yield child


model = resnet18(weights=None)
model.fc = nn.Linear(model.fc.in_features, 2)
for part in children_until(model, "layer3"):
    part.requires_grad_(False)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.01)
for epoch in range(2):
    model.train()
    for part in children_until(model, "layer3"):
        part.eval()
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(torch.randn(2, 3, 32, 32)), torch.tensor([0, 1])).backward()
    optimizer.step()
