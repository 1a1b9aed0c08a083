"""FRZ502 stays silent on what is no mistake, and finds it in other styles."""

from __future__ import annotations

from .programs import codes

PROGRAM = """
import torch
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP, fully_shard

net = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 2))
BEFORE
WRAP
AFTER
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(9):
    model(torch.randn(4, 4)).sum().backward()
    optimizer.step()
"""
FREEZE = "net[0].requires_grad_(False)"


def found(before: str = "", wrap: str = "model = FSDP(net)", after: str = "") -> list[int]:
    text = PROGRAM.replace("BEFORE", before).replace("WRAP", wrap).replace("AFTER", after)
    return [line for _, line in codes(text, "FRZ502")]


def test_silent_on_use_orig_params() -> None:
    assert found(FREEZE, "model = FSDP(net, use_orig_params=True)") == []
    assert found(FREEZE, "model = FSDP(net, use_orig_params=False)") == [8]
    assert found("", "model = FSDP(net, use_orig_params=True)", FREEZE) == []


def test_silent_on_fsdp2() -> None:
    assert found(FREEZE, "model = fully_shard(net)") == []
    assert found("", "model = fully_shard(net)", FREEZE) == []


def test_silent_on_units_of_their_own() -> None:
    assert found(f"{FREEZE}\nnet[0] = FSDP(net[0])") == []
    assert found(FREEZE, "model = FSDP(net, auto_wrap_policy=policy)") == []
    assert found("net.requires_grad_(False)") == []


def test_silent_on_units_frozen_as_a_whole() -> None:
    assert found(after="model.requires_grad_(False)") == []


def test_styles() -> None:
    assert found("for p in net[0].parameters():\n    p.requires_grad = False") == [9]
    assert found(
        "", "def wrap(m):\n    return FSDP(m)\n\nmodel = wrap(net)", "model.module[0].requires_grad_(False)"
    ) == [12]
