"""FRZ211: what it must not report, and the forms in which it must."""

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
    return [(code, line - _NET.count("\n")) for code, line in codes(_NET + text, "FRZ211")]


_LOOP = """
for _ in range(9):
    optimizer.zero_grad()
    loss_of(model).backward()
    optimizer.step()
"""


def test_silent_where_another_optimizer_holds_it() -> None:
    text = """
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
slow = torch.optim.SGD(model.body.parameters(), lr=0.001)
"""
    assert found(text + _LOOP + "    slow.step()\n") == []
    assert found(text.replace("slow", "# slow") + _LOOP) == [("FRZ211", 2)]


def test_silent_on_what_runs_under_no_grad() -> None:
    text = """
teacher = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(9):
    x = torch.randn(2, 4)
    CONTEXT
        wanted = teacher(x)
    optimizer.zero_grad()
    (model(x) - wanted).pow(2).mean().backward()
    optimizer.step()
"""
    assert found(text.replace("CONTEXT", "with torch.no_grad():")) == []
    assert found(text.replace("CONTEXT", "with torch.inference_mode():")) == []
    assert found(text.replace("CONTEXT", "if True:")) == [("FRZ211", 3)]


def test_silent_on_gans() -> None:
    text = """
critic = Net()
first, second = torch.optim.Adam(model.parameters()), torch.optim.Adam(critic.parameters())
for _ in range(9):
    first.zero_grad()
    critic(model.body(torch.randn(2, 4))).mean().backward()
    first.step()
    second.zero_grad()
    loss_of(critic).backward()
    second.step()
"""
    assert found(text) == []


def test_silent_where_it_is_frozen() -> None:
    text = "\nmodel.body.requires_grad_(False)\noptimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)\n"
    assert found(text + _LOOP) == []


def test_silent_on_a_group_that_joins_later() -> None:
    text = """
optimizer = torch.optim.SGD(model.head.parameters(), lr=0.1)
for epoch in range(9):
    if epoch == 3:
        optimizer.add_param_group({"params": model.body.parameters()})
    loss_of(model).backward()
    optimizer.step()
"""
    assert found(text) == []


def test_silent_where_the_optimizer_is_not_known() -> None:
    assert found("\noptimizer = torch.optim.SGD(pick(model), lr=0.1)\n" + _LOOP) == []


@pytest.mark.parametrize(
    "held",
    [
        "model.head.parameters()",
        "[p for n, p in model.named_parameters() if 'head' in n]",
        "[{'params': model.head.parameters()}]",
        "filter(lambda p: p.shape[0] == 1, model.head.parameters())",
    ],
)
def test_forms(held: str) -> None:
    assert [code for code, _ in found(f"\noptimizer = torch.optim.SGD({held}, lr=0.1)\n" + _LOOP)] == ["FRZ211"]
