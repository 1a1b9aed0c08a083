# label: ok
# category: freeze-option-ignored
# rule: FRZ118
# truth: the base class declares the argument, the subclass reads it; argparse goes through a real text-to-bool function
import argparse
from abc import ABC, abstractmethod

import torch
from torch import nn


def str2bool(v):
    if v.lower() in ("yes", "true", "t", "1"):
        return True
    if v.lower() in ("no", "false", "f", "0"):
        return False
    raise argparse.ArgumentTypeError("boolean value expected")


class BaseBuilder(ABC):
    @abstractmethod
    def build(self, freeze_trunk: bool) -> nn.Module:
        ...


class MLPBuilder(BaseBuilder):
    def build(self, freeze_trunk):
        model = nn.ModuleDict({"trunk": nn.Linear(4, 6), "out": nn.Linear(6, 1)})
        model["trunk"].requires_grad_(not freeze_trunk)
        return model


parser = argparse.ArgumentParser()
parser.add_argument("--freeze-trunk", type=str2bool, default=False)
opts = parser.parse_args(["--freeze-trunk", "no"])
net = MLPBuilder().build(opts.freeze_trunk)
opt = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-2)
for _ in range(2):
    loss = net["out"](net["trunk"](torch.randn(8, 4)).relu()).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
