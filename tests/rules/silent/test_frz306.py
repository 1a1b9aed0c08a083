"""FRZ306 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

from .programs import codes

START = """
import torch
from torch import nn

class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.1))
    def forward(self, x):
        return self.fc(x) if self.training else x

body = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.BatchNorm1d(8))
gate = Gate()
net = nn.Sequential(body, gate)
"""


def found(body: str) -> list[int]:
    return [line - START.count("\n") for _, line in codes(f"{START}{body}\nnet(torch.randn(4, 4))\n", "FRZ306")]


def test_silent_on_leaf_modules() -> None:
    assert found("body[1].training = False") == []
    assert found("for m in net.modules():\n    if isinstance(m, nn.Dropout):\n        m.training = False") == []


def test_silent_on_custom_classes_that_read_it() -> None:
    assert found("gate.training = False") == []


def test_silent_where_the_layers_get_the_mode_too() -> None:
    assert found("for m in net.modules():\n    m.training = False") == []
    assert found("net.training = False\nbody.eval()") == []
    assert found("body.eval()\nbody.training = False") == []
    assert found("net.training = False\nnet.train()") == []


def test_silent_on_functions_that_go_down_themselves() -> None:
    own = (
        "def set_mode(m, mode):\n    m.training = mode\n    for child in m.children():\n        if child is not body:\n"
    )
    assert found(f"{own}            child.train(mode)\n\nset_mode(net, False)") == []


def test_styles() -> None:
    assert found("net.training = False") == [1]
    assert found("setattr(net, 'training', False)") == [1]
    assert found("alias = net[0]\nalias.training = False") == [2]
    assert found("net.eval()\nnet.training = True") == [2]
    assert found("def quiet(m):\n    m.training = False\n\nquiet(body)") == [2]
