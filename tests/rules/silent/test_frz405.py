"""FRZ405 is silent where gradients are enabled again or a part of the loss has them."""

from __future__ import annotations

import pytest

from tests.rules.silent.programs import codes

_START = """\
import torch
from torch import nn
model, other = nn.Linear(4, 2), nn.Linear(4, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(3, 4), torch.tensor([0, 1, 0])
criterion = nn.CrossEntropyLoss()
"""


def found(body: str) -> list[int]:
    """The lines of FRZ405, counted within `body`."""
    return [line - _START.count("\n") for _, line in codes(_START + body, "FRZ405")]


def test_silent_where_gradients_are_enabled_within() -> None:
    body = """\
@torch.no_grad()
def step():
    with torch.enable_grad():
        loss = criterion(model(x), y)
        loss.backward()
    opt.step()
step()
"""
    assert not found(body)


def test_silent_where_a_part_of_the_loss_has_a_graph() -> None:
    body = """\
with torch.no_grad():
    teacher = other(x)
loss = (model(x) - teacher).pow(2).mean()
loss.backward()
opt.step()
"""
    assert not found(body)


def test_silent_where_backward_alone_runs_without_gradients() -> None:
    body = "loss = criterion(model(x), y)\nwith torch.no_grad():\n    loss.backward()\n    opt.step()\n"
    assert not found(body)


def test_silent_where_the_flag_of_the_loss_is_forced() -> None:
    body = "with torch.no_grad():\n    loss = criterion(model(x), y)\n"
    body += "loss.requires_grad_(True)\nloss.backward()\nopt.step()\n"
    assert not found(body)


def test_silent_on_a_regulariser_outside() -> None:
    body = """\
with torch.no_grad():
    loss = criterion(model(x), y)
loss = loss + model.weight.pow(2).sum()
loss.backward()
opt.step()
"""
    assert not found(body)


@pytest.mark.parametrize(
    "body",
    [
        "with torch.no_grad():\n    loss = criterion(model(x), y)\n    loss.backward()\n    opt.step()\n",
        "@torch.inference_mode()\ndef step():\n    loss = criterion(model(x), y)\n    loss.backward()\n"
        "step()\nopt.step()\n",
        "def loss_of():\n    with torch.no_grad():\n        out = model(x)\n    return criterion(out, y)\n"
        "loss_of().backward()\nopt.step()\n",
        "with torch.set_grad_enabled(False):\n    out = model(x)\n"
        "loss = out.logsumexp(1).mean()\nloss.backward()\nopt.step()\n",
    ],
    ids=["with", "decorator", "helper", "set"],
)
def test_finds_the_context(body: str) -> None:
    words = ("no_grad()", "inference_mode()", "set_grad_enabled(")
    line = next(n for n, text in enumerate(body.split("\n"), 1) if any(word in text for word in words))
    assert found(body) == [line]


def test_silent_on_gradients_that_are_cached_by_hand() -> None:
    body = """\
with torch.no_grad():
    parts = [model(each) for each in x.chunk(2)]
parts = [part.requires_grad_() for part in parts]
torch.cat(parts).sum().backward()
for each, part in zip(x.chunk(2), parts):
    (model(each) * part.grad).sum().backward()
opt.step()
"""
    assert not found(body)
