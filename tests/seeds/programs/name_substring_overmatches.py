"""The same test on a ResNet: `conv1` is also the name of a convolution in each of its blocks."""

import torchvision

resnet = torchvision.models.resnet18(weights=None)
for name, weight in resnet.named_parameters():
    if "conv1" in name:  # expect: FRZ113
        weight.requires_grad = False  # note: FRZ113
