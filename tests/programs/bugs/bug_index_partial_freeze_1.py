# label: bug
# category: index-partial-freeze
# rule: FRZ301
# line: 13
# truth: the first twelve parameters are frozen, the statistics of their norms drift
import torch
from torch import nn
from torchvision.models import resnet18

model = resnet18(weights=None, num_classes=4)
for i, p in enumerate(model.parameters()):
    if i < 12:
        p.requires_grad = False
opt = torch.optim.SGD((p for p in model.parameters() if p.requires_grad), lr=0.01)
crit = nn.CrossEntropyLoss()
for epoch in range(2):
    model.train()
    x, y = torch.randn(2, 3, 32, 32), torch.tensor([0, 3])
    opt.zero_grad()
    crit(model(x), y).backward()
    opt.step()
