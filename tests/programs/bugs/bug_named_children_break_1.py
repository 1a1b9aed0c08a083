# label: bug
# category: named-children-break
# rule: FRZ301
# line: 21
# truth: all stages before layer3 are frozen, yet their statistics drift
import torch
from torch import nn
from torchvision.models import resnet18


def freeze_until(model, stop):
    for name, child in model.named_children():
        if name == stop:
            break
        for p in child.parameters():
            p.requires_grad = False


model = nn.Module.train(resnet18(weights=None), True)
model.fc = nn.Linear(model.fc.in_features, 2)
freeze_until(model, "layer3")
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.01)
for _ in range(2):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(torch.randn(2, 3, 32, 32)), torch.tensor([0, 1])).backward()
    optimizer.step()
