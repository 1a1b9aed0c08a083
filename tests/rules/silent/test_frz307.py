"""FRZ307 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

import pytest

from .programs import codes

START = """
import copy
import torch
from torch import nn

body, head = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8)), nn.Linear(8, 2)
net = nn.Sequential(body, head)
teacher = copy.deepcopy(net)
teacher.requires_grad_(False)
body.requires_grad_(False)
masks = {n: torch.ones_like(p) for n, p in net.named_parameters()}
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
for epoch in range(9):
    net.train()
    body.eval()
    net(torch.randn(4, 4)).sum().backward()
    optimizer.step()
"""


def found(body: str) -> list[int]:
    return [line - START.count("\n") for _, line in codes(START + body, "FRZ307")]


def loop(statement: str, over: str = "net.parameters()") -> str:
    return f"    with torch.no_grad():\n        for p in {over}:\n            {statement}\n"


@pytest.mark.parametrize("statement", ["p.mul_(0.9)", "p.data.clamp_(-1, 1)", "p *= 0.9", "p.data *= 0.9", "p.zero_()"])
def test_writes_of_all_parameters(statement: str) -> None:
    assert found(loop(statement)) == [3]


def test_silent_on_loops_that_leave_out_what_is_frozen() -> None:
    assert found(loop("p.mul_(0.9)", "head.parameters()")) == []
    assert found(loop("p.mul_(0.9)", "[q for q in net.parameters() if q.requires_grad]")) == []
    assert found(loop("if p.grad is not None:\n                p.mul_(0.9)")) == []


def test_silent_on_what_is_frozen_as_a_whole() -> None:
    assert found(loop("p.mul_(0.9)", "teacher.parameters()")) == []


def test_silent_on_averages_and_masks() -> None:
    pairs = "    for p, q in zip(net.parameters(), teacher.parameters()):\n"
    assert found(f"{pairs}        p.data.mul_(0.9).add_(q.data, alpha=0.1)\n") == []
    assert found(f"{pairs}        p.data *= 0.9\n        p.data += 0.1 * q.data\n") == []
    assert found("    for n, p in net.named_parameters():\n        p.data.mul_(masks[n])\n") == []


def test_silent_before_training() -> None:
    early = START.replace("optimizer =", "for p in net.parameters():\n    p.data.mul_(0.5)\noptimizer =")
    assert codes(early, "FRZ307") == []


def test_update_bn() -> None:
    swa = (
        "from torch.optim import swa_utils\naverage = swa_utils.AveragedModel(net)\nswa_utils.update_bn([], average)\n"
    )
    assert found(swa) == [3]
    assert codes(START.replace("    body.eval()\n", "") + swa, "FRZ307") == []


@pytest.mark.parametrize(
    ("made", "frozen"),
    [
        ("nn.Embedding(9, 4, max_norm=1.0)", True),
        ("nn.Embedding(9, 4, None, 1.0)", True),
        ("nn.EmbeddingBag(9, 4, max_norm=1.0)", True),
        ("nn.Embedding(9, 4)", False),
        ("nn.Embedding(9, 4, max_norm=None)", False),
    ],
)
def test_max_norm(made: str, frozen: bool) -> None:
    program = f"""import torch
from torch import nn
table = {made}
FREEZE
head = nn.Linear(4, 2)
optimizer = torch.optim.SGD(head.parameters(), lr=0.1)
head(table(torch.tensor([[1, 2]]))).sum().backward()
optimizer.step()
"""
    expected = [("FRZ307", 3)] if frozen else []
    assert codes(program.replace("FREEZE", "table.requires_grad_(False)"), "FRZ307") == expected
    assert codes(program.replace("FREEZE", ""), "FRZ307") == []
