# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 19
# truth: the option is the text "False", not a bool: requires_grad = "False" raises
# raises: RuntimeError
import torch
from torch import nn

CONFIG = {"width": 5, "train_encoder": "False"}


def build(config):
    return nn.ModuleDict({"encoder": nn.Linear(3, config["width"]), "head": nn.Linear(config["width"], 1)})


def set_trainable(module, flag):
    for p in module.parameters():
        p.requires_grad = flag
    return module


model = build(CONFIG)
set_trainable(model["encoder"], CONFIG["train_encoder"])
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
model["head"](model["encoder"](torch.randn(2, 3))).sum().backward()
optimizer.step()
