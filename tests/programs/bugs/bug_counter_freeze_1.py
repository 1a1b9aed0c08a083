# label: bug
# category: counter-freeze
# rule: FRZ101
# line: 22
# truth: the counter loop sets the attribute on children, not on parameters: the first layers of the encoder still move
import torch
from torch import nn

torch.manual_seed(7)


def conv_bn(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.ReLU(inplace=True))


model = nn.Sequential(conv_bn(1, 4), conv_bn(4, 4), conv_bn(4, 8), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3))

ct = 0
for child in model.children():
    ct += 1
    if ct < 3:
        child.requires_grad = False

optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=0.01)
criterion = nn.CrossEntropyLoss()
for step in range(3):
    optimizer.zero_grad()
    loss = criterion(model(torch.rand(4, 1, 8, 8)), torch.tensor([0, 1, 2, 0]))
    loss.backward()
    optimizer.step()
