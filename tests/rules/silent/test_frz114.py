"""FRZ114 on programs as text: what takes a freeze back, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)
    def forward(self, x):
        return self.head(self.backbone(x))

def step(net, opt):
    opt.zero_grad()
    net(torch.randn(2, 4)).sum().backward()
    opt.step()

net = Net()
"""
LINE = HEAD.count("\n") + 1


def found(body: str) -> list[int]:
    return [line - LINE + 1 for _, line in codes(HEAD + body, "FRZ114")]


TRAIN = "opt = torch.optim.SGD(net.parameters(), lr=0.1)\nstep(net, opt)\n"


@pytest.mark.parametrize(
    "undo",
    [
        "net.requires_grad_(True)",
        "[p.requires_grad_() for p in net.parameters()]",
        "net.apply(lambda m: m.requires_grad_(True))",
        "for _, child in net.named_children():\n    for p in child.parameters():\n        p.requires_grad = True",
        "net.backbone.weight = nn.Parameter(net.backbone.weight.detach().clone())",
        "net.backbone.weight = nn.Parameter(net.backbone.weight)",
        "torch.nn.utils.weight_norm(net.backbone)",
        "nn.utils.remove_weight_norm(net.backbone, 'weight')",
    ],
)
def test_undone(undo: str) -> None:
    assert found("net.backbone.requires_grad_(False)\n" + undo + "\n" + TRAIN) == [1]


def test_undone_without_training_in_sight() -> None:
    body = """\
def build(net):
    for p in net.backbone.parameters():
        p.requires_grad = False
    for p in net.parameters():
        p.requires_grad = True
    return net
"""
    assert found(body) == [3]


def test_undone_by_a_method_of_lightning() -> None:
    program = """\
import torch
from torch import nn
import pytorch_lightning as pl

class Lit(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)
        self.encoder.requires_grad_(False)
        self.unfreeze()
    def training_step(self, batch, index):
        return self.head(self.encoder(batch)).sum()
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.1)
"""
    assert codes(program, "FRZ114") == [("FRZ114", 10)]


def test_undone_by_timm() -> None:
    body = "from timm.utils import freeze, unfreeze\nfreeze(net.backbone)\nunfreeze(net)\n" + TRAIN
    assert found(body) == [2]


def test_silent_on_staged_unfreezing() -> None:
    body = "net.backbone.requires_grad_(False)\n" + TRAIN + "net.requires_grad_(True)\n" + TRAIN
    assert found(body) == []


def test_silent_on_unfreezing_by_epoch() -> None:
    body = """\
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net.backbone.requires_grad_(False)
for epoch in range(9):
    if epoch == 3:
        net.requires_grad_(True)
    step(net, opt)
"""
    assert found(body) == []


def test_silent_on_gan_toggles() -> None:
    body = """\
disc = Net()
g, d = torch.optim.Adam(net.parameters()), torch.optim.Adam(disc.parameters())
def toggle(m, flag):
    for p in m.parameters():
        p.requires_grad = flag
for _ in range(3):
    toggle(disc, True)
    step(disc, d)
    toggle(disc, False)
    g.zero_grad()
    disc(F.pad(net(torch.randn(2, 4)), (0, 2))).sum().backward()
    g.step()
"""
    assert found(body) == []


def test_silent_on_a_smaller_unfreeze_after_a_larger_freeze() -> None:
    assert found("net.requires_grad_(False)\nnet.head.requires_grad_(True)\n" + TRAIN) == []
    by_name = "for n, p in net.named_parameters():\n    p.requires_grad = False\n    if 'head' in n:\n"
    assert found(by_name + "        p.requires_grad = True\n" + TRAIN) == []


def test_silent_on_an_unfreeze_of_its_own_option() -> None:
    body = "import sys\nnet.backbone.requires_grad_(False)\nif '--all' in sys.argv:\n    net.requires_grad_(True)\n"
    assert found(body + TRAIN) == []


def test_silent_on_a_new_parameter_with_other_values() -> None:
    body = "net.backbone.requires_grad_(False)\nnet.backbone.bias = nn.Parameter(torch.zeros(4))\n"
    assert found(body + TRAIN) == []


def test_silent_on_a_copy_taken_in_between() -> None:
    body = "import copy\nnet.backbone.requires_grad_(False)\nteacher = copy.deepcopy(net)\nnet.requires_grad_(True)\n"
    assert found(body + TRAIN) == []


def test_silent_on_an_optimizer_without_them() -> None:
    body = (
        "net.backbone.requires_grad_(False)\nnet.requires_grad_(True)\nopt = torch.optim.SGD(net.head.parameters())\n"
    )
    assert found(body + "step(net, opt)\n") == []


def test_silent_on_a_freeze_that_filtered_an_optimizer() -> None:
    body = """\
net.backbone.requires_grad_(False)
opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
net.backbone.requires_grad_(True)
opt.add_param_group({"params": net.backbone.parameters(), "lr": 0.01})
step(net, opt)
"""
    assert found(body) == []


def test_silent_on_resets() -> None:
    body = """\
def only(part):
    net.requires_grad_(True)
    part.requires_grad_(False)
only(net.head)
only(net.backbone)
"""
    assert found(body + TRAIN) == []


def test_silent_on_values_written_while_frozen() -> None:
    body = """\
net.head.weight.requires_grad = False
net.head.weight.copy_(torch.zeros_like(net.head.weight))
net.head.weight.requires_grad = True
"""
    assert found(body + TRAIN) == []
    assert found(body.replace("net.head.weight.copy_", "print") + TRAIN) != []
