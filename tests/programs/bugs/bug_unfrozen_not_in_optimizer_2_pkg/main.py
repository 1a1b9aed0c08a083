# label: bug
# category: unfrozen-not-in-optimizer
# rule: FRZ203
# line: callbacks.py:15
# truth: the callback thaws the backbone at epoch 1, SGD was built for the head alone
import torch
from torch import nn

from callbacks import BackboneUnfreeze
from loop import Loop

torch.manual_seed(5)
net = nn.Sequential()
net.add_module("backbone", nn.Sequential(nn.Conv1d(2, 4, 3), nn.ReLU()))
net.add_module("pool", nn.AdaptiveAvgPool1d(1))
net.add_module("flat", nn.Flatten())
net.add_module("head", nn.Linear(4, 2))
net.backbone.requires_grad_(False)

trainable = [p for p in net.parameters() if p.requires_grad]
optimizer = torch.optim.SGD(trainable, lr=0.1)
Loop(net, optimizer, callbacks=[BackboneUnfreeze(at_epoch=1)]).run(epochs=3)
