"""FRZ115 on programs as text: frozen modules that are replaced, and new heads."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.head = nn.Linear(4, 2)
    def forward(self, x):
        return self.head(self.backbone(x))

def train(net):
    opt = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(2):
        opt.zero_grad()
        net(torch.randn(2, 4)).sum().backward()
        opt.step()

net = Net()
"""
LINE = HEAD.count("\n") + 1


def found(body: str) -> list[int]:
    return [line - LINE + 1 for _, line in codes(HEAD + body + "\ntrain(net)\n", "FRZ115")]


@pytest.mark.parametrize(
    "replaced",
    [
        "net.backbone = nn.Linear(4, 4)",
        "setattr(net, 'backbone', nn.Sequential(nn.Linear(4, 4)))",
        "net.backbone[0] = nn.Linear(4, 4)",
        "net.add_module('backbone', nn.Linear(4, 4))",
        "net._modules['backbone'] = nn.Linear(4, 4)",
        "part = 'backbone'\nsetattr(net, part, nn.Linear(4, 4))",
    ],
)
def test_replaced(replaced: str) -> None:
    assert found("for p in net.backbone.parameters():\n    p.requires_grad = False\n" + replaced) == [2]


def test_replaced_in_a_method_of_a_subclass() -> None:
    body = """\
class Wide(Net):
    def __init__(self):
        super().__init__()
        self.backbone.requires_grad_(False)
        self.widen()
    def widen(self):
        self.backbone = nn.Linear(4, 4)
net = Wide()
"""
    assert found(body) == [4]


def test_silent_on_freeze_all_then_a_new_head() -> None:
    assert found("net.requires_grad_(False)\nnet.head = nn.Linear(4, 3)") == []
    loop = "for m in (net.backbone, net.head):\n    for p in m.parameters():\n        p.requires_grad = False\n"
    assert found(loop + "net.head = nn.Linear(4, 3)") == []


def test_silent_on_what_goes_on_inside_the_new_one() -> None:
    body = "net.backbone.requires_grad_(False)\nnet.backbone = nn.Sequential(*net.backbone, nn.Linear(4, 4))"
    assert found(body) == []


def test_silent_on_a_copy() -> None:
    assert found("import copy\nnet.backbone.requires_grad_(False)\nnet.backbone = copy.deepcopy(net.backbone)") == []


def test_silent_on_a_new_one_that_is_frozen() -> None:
    body = "net.backbone.requires_grad_(False)\nnet.backbone = nn.Linear(4, 4)\nnet.backbone.requires_grad_(False)"
    assert found(body) == []


def test_silent_on_a_new_one_without_parameters() -> None:
    assert found("net.backbone.requires_grad_(False)\nnet.backbone = nn.Identity()") == []


def test_silent_after_a_stage_that_used_it() -> None:
    assert found("net.backbone.requires_grad_(False)\ntrain(net)\nnet.backbone = nn.Linear(4, 4)") == []
