"""FRZ404 is silent where the grad mode is restored, follows a condition, or nothing trains under it."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

_START = """\
import sys
import torch
from torch import nn
model = nn.Linear(4, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
"""
_TRAIN = """
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(3, 4)), torch.tensor([0, 1, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
"""


def found(body: str) -> list[tuple[str, int]]:
    """Findings of the rules about losses without a graph; lines counted from the start of `body`."""
    before = _START.count("\n")
    return [(code, line - before) for code, line in codes(_START + body, "FRZ404", "FRZ405")]


def test_silent_on_inference_scripts() -> None:
    assert not found("torch.set_grad_enabled(False)\nprint(model(torch.randn(3, 4)))\n")


def test_silent_on_phase_toggles() -> None:
    body = """\
for phase in ("train", "val"):
    torch.set_grad_enabled(phase == "train")
    loss = model(torch.randn(3, 4)).mean()
    if phase == "train":
        opt.zero_grad()
        loss.backward()
        opt.step()
"""
    assert not found(body)


def test_silent_on_phases_that_are_not_known() -> None:
    body = """\
def run(train):
    torch.set_grad_enabled(train)
    loss = model(torch.randn(3, 4)).mean()
    if train:
        opt.zero_grad()
        loss.backward()
        opt.step()
for name in sys.argv:
    run(name == "train")
"""
    assert not found(body)


def test_silent_where_only_another_branch_switches_off() -> None:
    body = "if '--test' in sys.argv:\n    torch.set_grad_enabled(False)\n"
    body += "    print(model(torch.ones(1, 4)))\n    sys.exit()\n"
    assert not found(body + _TRAIN)
    assert not found("if '--test' in sys.argv:\n    torch.set_grad_enabled(False)\nelse:\n" + _indented(_TRAIN))


@pytest.mark.parametrize(
    "body",
    [
        "torch.set_grad_enabled(False)\nmodel(torch.ones(1, 4))\ntorch.set_grad_enabled(True)\n",
        "before = torch.is_grad_enabled()\ntorch.set_grad_enabled(False)\ntorch.set_grad_enabled(before)\n",
        "quiet = torch.no_grad()\nquiet.__enter__()\nquiet.__exit__(None, None, None)\n",
        "with torch.no_grad():\n    torch.set_grad_enabled(False)\n",
    ],
    ids=["again", "saved", "left", "inside"],
)
def test_silent_where_it_is_restored(body: str) -> None:
    assert not found(body + _TRAIN)


@pytest.mark.parametrize(
    "body",
    [
        "torch.set_grad_enabled(False)\n",
        "torch.no_grad().__enter__()\n",
        "torch.autograd.set_grad_enabled(mode=False)\n",
        "quiet = torch.inference_mode()\nquiet.__enter__()\n",
        "def prepare():\n    torch.set_grad_enabled(False)\nprepare()\n",
    ],
    ids=["statement", "entered", "autograd", "stored", "helper"],
)
def test_finds_the_mode_left_off(body: str) -> None:
    line = next(
        n for n, text in enumerate(body.split("\n"), 1) if "(False)" in text or "=False" in text or "enter" in text
    )
    assert found(body + _TRAIN) == [("FRZ404", line)]


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.split("\n") if line)
