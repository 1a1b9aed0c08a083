"""FRZ207: what it must not report, and the forms in which it must."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

_NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        return self.head(self.body(x).relu())

def loss_of(model):
    return model(torch.randn(2, 4)).pow(2).mean()

model = Net()
"""


def found(text: str) -> list[tuple[str, int]]:
    """The findings of the rule, by the line in `text`."""
    return [(code, line - _NET.count("\n")) for code, line in codes(_NET + text, "FRZ207")]


_TRAIN = """
for _ in range(9):
    optimizer.zero_grad()
    loss_of(model).backward()
    optimizer.step()
"""


def test_silent_on_lists_that_serve_something_else() -> None:
    text = """
head = list(model.head.parameters())
optimizer = torch.optim.SGD(model.body.parameters(), lr=0.1)
"""
    assert found(text + _TRAIN) == [("FRZ207", 2)]
    for use in (
        "for p in head:\n    p.requires_grad = False\n",
        "print(sum(p.numel() for p in head))\n",
        "torch.nn.utils.clip_grad_norm_(head, 1.0)\n",
        "register(head)\n",
        "model.groups = head\n",
        "optimizer.add_param_group({'params': head})\n",
        "other = torch.optim.Adam(head)\n",
    ):
        assert found(text + use + _TRAIN) == [], use


def test_silent_on_lists_of_what_is_held_anyway() -> None:
    text = """
biases = [p for n, p in model.named_parameters() if n.endswith("bias")]
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
"""
    assert found(text + _TRAIN) == []


def test_silent_on_lists_that_are_joined() -> None:
    text = """
decay, rest = [], []
for name, p in model.named_parameters():
    (rest if name.endswith("bias") else decay).append(p)
optimizer = torch.optim.SGD(JOINED, lr=0.1)
"""
    assert found(text.replace("JOINED", "decay + rest") + _TRAIN) == []
    assert found(text.replace("JOINED", "[*decay, *rest]") + _TRAIN) == []


def test_silent_on_groups_under_conditions() -> None:
    text = """
import sys
def groups(model, both):
    head = {"params": list(model.head.parameters())}
    body = {"params": list(model.body.parameters())}
    return [head, body] if both else [head]
optimizer = torch.optim.SGD(groups(model, len(sys.argv) > 1), lr=0.1)
"""
    assert found(text + _TRAIN) == []


def test_silent_on_a_second_model() -> None:
    text = """
def train(model, critic):
    params = list(critic.parameters())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return optimizer
"""
    assert found(text) == []


@pytest.mark.parametrize(
    "split",
    [
        "head, body = list(model.head.parameters()), list(model.body.parameters())",
        "head = [p for p in model.head.parameters() if p.requires_grad]; body = [*model.body.parameters()]",
        "head = tuple(model.head.parameters()); body = model.body.parameters()",
        "head = {'params': [*model.head.parameters()], 'lr': 0.1}; body = model.body.parameters()",
        "body, head = [], []\nfor n, p in model.named_parameters():\n    (head if 'head' in n else body).append(p)",
        "body, head = [], []\nfor n, p in model.named_parameters():\n"
        "    if 'head' in n:\n        head.append(p)\n    else:\n        body.append(p)",
    ],
)
def test_forms(split: str) -> None:
    text = f"\n{split}\noptimizer = torch.optim.SGD(body, lr=0.1)\n"
    assert [code for code, _ in found(text + _TRAIN)] == ["FRZ207"]


def test_silent_on_a_model_that_the_caller_may_have_frozen() -> None:
    text = """
def optimizer_for(net, lr):
    slow, fast = [], []
    for name, p in net.named_parameters():
        if "body" in name:
            slow.append(p)
        else:
            fast.append(p)
    return torch.optim.Adam([{"params": fast, "lr": lr}])
"""
    assert found(text) == []
    assert found(text + "optimizer = optimizer_for(model, 0.1)" + _TRAIN) == [("FRZ207", 3)]
