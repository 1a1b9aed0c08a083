"""The flag is called like a method.

raises: TypeError
"""

from torch import nn

net = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 2))
for name, weight in net.named_parameters():
    if "0" in name.split("."):
        weight.requires_grad(False)  # expect: FRZ104
