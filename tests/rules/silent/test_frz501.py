"""FRZ501 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

import pytest

from .programs import codes

PROGRAM = """
import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP

net = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 2))
BEFORE
model = DDP(netOPTIONS)
AFTER
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(9):
    model(torch.randn(4, 4)).sum().backward()
    optimizer.step()
"""
FREEZE, UNFREEZE = "net[0].requires_grad_(False)", "net[0].requires_grad_(True)"


def found(before: str = "", options: str = "", after: str = "") -> list[int]:
    text = PROGRAM.replace("BEFORE", before).replace("OPTIONS", options).replace("AFTER", after)
    return [line for _, line in codes(text, "FRZ501")]


@pytest.mark.parametrize("option", ["find_unused_parameters=True", "static_graph=True"])
def test_silent_on_a_freeze_that_the_wrapper_copes_with(option: str) -> None:
    assert found(options=f", {option}", after=FREEZE) == []
    assert found(options=f", {option.replace('True', 'False')}", after=FREEZE) == [9]
    # An unfreeze it does not cope with.
    assert found(FREEZE, f", {option}", UNFREEZE) == [9]


def test_silent_on_a_freeze_before_the_wrap() -> None:
    assert found(before=FREEZE) == []
    assert found(before=FREEZE, after=FREEZE) == []


def test_silent_on_a_new_wrapper() -> None:
    assert found(FREEZE, after=f"{UNFREEZE}\nmodel = DDP(net)") == []


def test_silent_on_whole_networks() -> None:
    assert found(after="for p in model.parameters():\n    p.requires_grad = False") == []


def test_silent_on_options_that_are_not_known() -> None:
    assert found(options=", **torch.load('options')", after=FREEZE) == []


def test_styles() -> None:
    assert found(after="model.module[0].weight.requires_grad = False") == [9]
    names = "for n, p in model.named_parameters():\n    if n.startswith('module.0'):\n        p.requires_grad_(False)"
    assert found(after=names) == [11]
