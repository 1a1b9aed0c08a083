"""FRZ125 on programs as text: frozen modules that nothing uses, and those that only look idle."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

HEAD = """\
import copy
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
    def forward(self, x):
        return self.b(self.a(x))

net = Net()
{frozen}
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    x = torch.randn(2, 4)
    loss = net(x).sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
    {each}
{after}
"""
COPY = "other = copy.deepcopy(net)\nfor p in other.parameters():\n    p.requires_grad = False"


def found(frozen: str = COPY, each: str = "pass", after: str = "") -> list[int]:
    return [line for _, line in codes(HEAD.format(frozen=frozen, each=each, after=after), "FRZ125")]


@pytest.mark.parametrize(
    ("frozen", "line"),
    [
        (COPY, 16),
        ("other = Net()\nother.requires_grad_(False)", 15),
        ("other = Net().eval()\nother.requires_grad_(False)\n", 15),
        ("net.load_state_dict((other := Net()).state_dict())\nother.requires_grad_(False)\n", 0),
        ("def freeze(m):\n    m.requires_grad_(False)\n    return m\nother = freeze(Net())", 15),
    ],
)
def test_idle(frozen: str, line: int) -> None:
    assert found(frozen) == ([line] if line else [])


def test_one_of_two_branches_of_a_sequence() -> None:
    made = "nn.Sequential(nn.Linear(4, 4), nn.Tanh())"
    assert found(f"a, b = {made}, {made}\na.requires_grad_(False)\nnet = nn.Sequential(b, nn.Linear(4, 1))") == [15]


@pytest.mark.parametrize("each", ["loss = other(x)", "with torch.no_grad(): y = other(x)", "y = other.a(x)"])
def test_silent_on_teachers_that_run_forward(each: str) -> None:
    assert found(each=each) == []


@pytest.mark.parametrize(
    "after",
    [
        "torch.save(other, 'net.pt')",
        "torch.save(other.state_dict(), 'net.pt')",
        "net.load_state_dict(other.state_dict())",
        "best = {'net': copy.deepcopy(other)}",
        "drift = [a - b for a, b in zip(net.parameters(), other.parameters())]",
        "compare(net, other)",
        "print(other)",
    ],
)
def test_silent_on_saved_copies(after: str) -> None:
    assert found(after=after) == []


@pytest.mark.parametrize(
    "each",
    [
        "for p, q in zip(net.parameters(), other.parameters()): q.data.mul_(0.9).add_(p.data, alpha=0.1)",
        "other.load_state_dict(net.state_dict())",
        "for (k, v), w in zip(other.state_dict().items(), net.state_dict().values()): v.copy_(w)",
    ],
)
def test_silent_on_ema(each: str) -> None:
    assert found(each=each) == []


def test_silent_on_targets_of_an_agent() -> None:
    frozen = "class Agent: pass\nagent = Agent()\nagent.target = copy.deepcopy(net)\nagent.target.requires_grad_(False)"
    assert found(frozen, each="y = getattr(agent, 'target')(x)") == []
    assert found(frozen) == []


def test_silent_on_modules_in_collections() -> None:
    frozen = "nets = {'a': net, 'b': Net()}\nnets['b'].requires_grad_(False)"
    assert found(frozen, each="y = [nets[k](x) for k in sorted(nets)]") == []


def test_silent_on_other_kinds() -> None:
    assert found("other = nn.Linear(4, 4)\nother.requires_grad_(False)") == []


def test_silent_on_functions_that_others_call() -> None:
    assert codes(
        "from torch import nn\nimport copy\ndef build(net):\n    other = copy.deepcopy(net)\n"
        "    other.requires_grad_(False)\n    return net, other\n", "FRZ125"
    ) == []  # fmt: skip
