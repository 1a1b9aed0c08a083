"""FRZ120 on programs as text: norms that a freeze by type misses, and those it need not take."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.BatchNorm1d(4)
        self.b = {second}
        self.out = nn.Linear(4, 1)
    def forward(self, x):
        return self.out(self.b(self.a(x)))

def freeze_bn(m):
    {body}

net = {net}
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    net.train()
    {call}
    opt.zero_grad()
    net(torch.randn(3, 4)).sum().backward()
    opt.step()
"""


def found(
    body: str, call: str = "net.apply(freeze_bn)", second: str = "nn.SyncBatchNorm(4)", net: str = "Net()"
) -> list[int]:
    text = HEAD.format(body=body.replace("\n", "\n    "), call=call, second=second, net=net)
    return [line - 14 for _, line in codes(text, "FRZ120")]


LOOP = "for each in m.modules():\n    "


@pytest.mark.parametrize(
    ("body", "call"),
    [
        ("if isinstance(m, nn.BatchNorm1d):\n    m.eval()", "net.apply(freeze_bn)"),
        ("if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):\n    m.eval()", "net.apply(freeze_bn)"),
        (LOOP + "if type(each).__name__ == 'BatchNorm1d': each.eval()", "freeze_bn(net)"),
        ("[each.eval() for each in m.modules() if isinstance(each, nn.BatchNorm1d)]", "freeze_bn(net)"),
    ],
)
def test_other_types_are_missed(body: str, call: str) -> None:
    assert found(body, call) == [body.count("\n") + 1]


def test_only_the_weight() -> None:
    body = LOOP + "if isinstance(each, nn.BatchNorm1d):\n        each.eval()\n        each.weight.requires_grad_(False)"
    assert found(body, "freeze_bn(net)", "nn.Identity()") == [4]


def test_only_the_bias() -> None:
    body = LOOP + "if isinstance(each, nn.BatchNorm1d):\n        each.eval()\n        each.bias.requires_grad = False"
    assert found(body, "freeze_bn(net)", "nn.Identity()") == [4]


def test_silent_on_trees_that_are_not_known() -> None:
    assert found("if isinstance(m, nn.BatchNorm1d):\n    m.eval()", net="torch.load('net.pt')") == []


def test_silent_on_types_without_statistics() -> None:
    body = "if isinstance(m, nn.BatchNorm1d):\n    m.eval()"
    assert found(body, second="nn.LayerNorm(4)") == []
    assert found(body, second="nn.BatchNorm2d(4, track_running_stats=False)") == []


def test_silent_on_the_base_class() -> None:
    assert found("if isinstance(m, _BatchNorm):\n    m.eval()") == []


def test_silent_on_both_halves() -> None:
    body = LOOP + "if isinstance(each, _BatchNorm):\n        each.eval()\n        each.weight.requires_grad = False"
    assert found(body + "\n        each.bias.requires_grad = False", "freeze_bn(net)") == []


def test_silent_on_norms_that_something_else_put_in_eval() -> None:
    assert found("if isinstance(m, nn.BatchNorm1d):\n    m.eval()", "net.apply(freeze_bn); net.b.eval()") == []


def test_silent_on_a_freeze_of_other_name() -> None:
    text = HEAD.format(
        body="if isinstance(m, nn.BatchNorm1d): m.eval()",
        call="net.apply(freeze_bn)",
        second="nn.SyncBatchNorm(4)",
        net="Net()",
    )
    assert codes(text.replace("freeze_bn", "prepare"), "FRZ120") == []
