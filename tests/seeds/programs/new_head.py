"""Everything is frozen and then the head is replaced: the new head is trainable, as meant."""

import torchvision
from torch import nn

resnet = torchvision.models.resnet18(weights=None)
for weight in resnet.parameters():
    weight.requires_grad = False
resnet.fc = nn.Linear(resnet.fc.in_features, 7)
