"""Everything is frozen and the last layer unfrozen again; in train mode the statistics still follow the data."""

import torch
import torchvision
from torch import nn

resnet = torchvision.models.resnet18(weights=None)
for weight in resnet.parameters():
    weight.requires_grad = False  # expect: FRZ301
for weight in resnet.fc.parameters():
    weight.requires_grad = True

optimizer = torch.optim.SGD(filter(lambda weight: weight.requires_grad, resnet.parameters()), lr=0.01)
resnet.train()
loss = nn.functional.cross_entropy(resnet(torch.randn(2, 3, 64, 64)), torch.tensor([3, 4]))
loss.backward()
optimizer.step()
