# label: ok
# category: frozen-mid-training
# rule: FRZ202
# truth: the gradients are zeros, and plain SGD without weight decay takes no step along zeros
import torch
from torch import nn


def freeze(part):
    for p in part.parameters():
        p.requires_grad = False


def run(stages=(2, 2)):
    torch.manual_seed(0)
    net = nn.ModuleDict({"stem": nn.Linear(5, 5), "top": nn.Linear(5, 1)})
    sgd = torch.optim.SGD(net.parameters(), lr=0.05)
    for stage, steps in enumerate(stages):
        if stage:
            freeze(net["stem"])
        for _ in range(steps):
            sgd.zero_grad(set_to_none=False)
            net["top"](net["stem"](torch.randn(8, 5)).relu()).pow(2).mean().backward()
            sgd.step()
    return net


run()
