# label: ok
# category: classifier-before-optimizer
# rule: FRZ204,FRZ301
# truth: clean
from functools import partial

import torch
import torchvision
from torch import nn, optim

OPTIMS = {"sgd": partial(optim.SGD, momentum=0.9), "adamw": partial(optim.AdamW, weight_decay=1e-2)}


def make(num_classes, hp):
    net = torchvision.models.mobilenet_v3_small(weights=None)
    net.features.requires_grad_(False)
    head = net.classifier
    head[3] = nn.Linear(head[3].in_features, num_classes)
    return net, OPTIMS[hp["opt"]](head.parameters(), lr=hp["lr"])


net, opt = make(3, {"opt": "adamw", "lr": 1e-3})
for step in range(2):
    net.train()
    net.features.eval()
    opt.zero_grad()
    nn.CrossEntropyLoss()(net(torch.rand(2, 3, 32, 32)), torch.tensor([0, 2])).backward()
    opt.step()
