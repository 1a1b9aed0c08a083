"""FRZ119 on programs as text: plain collections of layers, and collections that register or need not."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from collections import OrderedDict
from torch import nn

class Net(nn.Module):
    def __init__(self, n=2):
        super().__init__()
"""


def found(body: str, after: str = "net = Net()") -> list[int]:
    indented = "".join(f"        {line}\n" for line in body.splitlines())
    return [line - 7 for _, line in codes(HEAD + indented + after + "\n", "FRZ119")]


@pytest.mark.parametrize(
    "body",
    [
        "self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]",
        "self.layers = [nn.Linear(2, 2) for _ in range(3)]",
        "self.layers = (nn.Linear(2, 2), nn.Linear(2, 2))",
        "self.heads = {'a': nn.Linear(2, 2), 'b': nn.Linear(2, 2)}",
        "self.heads = {name: nn.Linear(2, 2) for name in ('a', 'b')}",
        "self.heads = OrderedDict()\nself.heads['a'] = nn.Linear(2, 2)\nself.heads['b'] = nn.Linear(2, 2)",
        "self.layers = []\nfor i in range(n):\n    self.layers.append(nn.Linear(2, 2))",
        "self.layers = []\nself.layers += [nn.Linear(2, 2), nn.Linear(2, 2)]",
        "self.pairs = [(nn.Linear(2, 2), nn.ReLU()), (nn.Linear(2, 2), nn.ReLU())]",
        "self.drops = [nn.Dropout(0.1), nn.Dropout(0.2)]",
    ],
)
def test_plain(body: str) -> None:
    assert found(body) == [1]


def test_a_local_list_that_is_stored() -> None:
    assert found("made = []\nfor _ in range(2):\n    made.append(nn.Linear(2, 2))\nself.layers = made") == [4]


def test_a_class_that_nothing_constructs() -> None:
    assert found("self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]", after="") == [1]


@pytest.mark.parametrize(
    "body",
    [
        "self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]\nself.net = nn.Sequential(*self.layers)",
        "self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]\nself.layers = nn.ModuleList(self.layers)",
        "self.a = nn.Linear(2, 2)\nself.b = nn.Linear(2, 2)\nself.both = [self.a, self.b]",
        "self.layers = []\nfor i in range(n):\n    self.layers.append(nn.Linear(2, 2))\n"
        "    self.add_module(f'layer{i}', self.layers[-1])",
        "self.layers = [nn.Linear(2, 2) for _ in range(2)]\n"
        "for i, layer in enumerate(self.layers):\n    setattr(self, 'layer_' + str(i), layer)",
        "self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]\nself._modules['x'] = self.layers[0]\n"
        "self._modules['y'] = self.layers[1]",
        "self.layers = []\nfor i in range(n):\n    layer = nn.Linear(2, 2)\n    self.register_module(str(i), layer)\n"
        "    self.layers.append(layer)",
    ],
)
def test_silent_on_containers_that_are_also_registered(body: str) -> None:
    assert found(body) == []


def test_silent_on_module_list_and_module_dict() -> None:
    assert found("self.layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])") == []
    assert found("self.heads = nn.ModuleDict({'a': nn.Linear(2, 2), 'b': nn.Linear(2, 2)})") == []


def test_silent_on_layers_without_anything_to_train_or_switch() -> None:
    assert found("self.acts = [nn.ReLU(), nn.Tanh()]\nself.losses = {'a': nn.L1Loss(), 'b': nn.MSELoss()}") == []


def test_silent_on_a_module_in_a_box() -> None:
    assert found("self.hidden = [nn.Linear(2, 2)]") == []


def test_silent_on_modules_handed_in() -> None:
    program = HEAD.replace("n=2", "parts") + "        self.parts = parts\n"
    assert codes(program + "a, b = nn.Linear(2, 2), nn.Linear(2, 2)\nnet = Net([a, b])\n", "FRZ119") == []


def test_silent_on_classes_that_reach_them_by_hand() -> None:
    body = (
        HEAD
        + """\
        self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]
    def parameters(self, recurse=True):
        for layer in self.layers:
            yield from layer.parameters()
net = Net()
"""
    )
    assert codes(body, "FRZ119") == []


def test_silent_on_layers_in_an_optimizer() -> None:
    after = "net = Net()\nopt = torch.optim.SGD([p for layer in net.layers for p in layer.parameters()], lr=0.1)"
    assert found("self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]", after) == []


def test_silent_on_frozen_ones() -> None:
    body = "self.teachers = [nn.Linear(2, 2).requires_grad_(False), nn.Linear(2, 2).requires_grad_(False)]"
    assert found(body) == []


def test_silent_on_classes_that_are_no_modules() -> None:
    program = HEAD.replace("(nn.Module)", "").replace("        super().__init__()\n", "")
    assert codes(program + "        self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]\nnet = Net()\n", "FRZ119") == []
