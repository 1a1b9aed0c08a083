# label: bug
# category: on-collection
# rule: FRZ107
# line: 25
# truth: requires_grad on the list of parameters of a dict of modules
# raises: AttributeError
import torch
from torch import nn

modules = {
    "encoder": nn.Linear(4, 8),
    "bottleneck": nn.Linear(8, 8),
    "decoder": nn.Linear(8, 4),
}
frozen_parts = ["encoder", "bottleneck"]


def count(ms):
    return sum(p.numel() for m in ms for p in m.parameters() if p.requires_grad)


print("trainable before:", count(modules.values()))
for name in frozen_parts:
    params = list(modules[name].parameters())
    params.requires_grad = False

opt = torch.optim.SGD([p for m in modules.values() for p in m.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    x = torch.randn(3, 4)
    h = x
    for key in ("encoder", "bottleneck", "decoder"):
        h = modules[key](h)
    loss = (h - x).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
