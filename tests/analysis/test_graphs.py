"""What a loss reaches and what it was cut off from, as the backward event tells it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from freezelint.analysis.entries import Entries
from freezelint.analysis.grad_modes import RECORDING, GradMode, mode_at, set_mode
from freezelint.analysis.project import Project
from freezelint.core.events import Backward, Checkpointed, GraphEscaped
from freezelint.core.symbols import Literal, Symbol
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.source.files import read_source

_START = """\
import torch
from torch import nn
import torch.nn.functional as F
a, b, c = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2)
x, y = torch.randn(3, 4), torch.tensor([0, 1, 0])
"""


def timeline_of(body: str, folder: Path) -> Timeline:
    """The timeline of a script."""
    path = folder / "script.py"
    path.write_text(_START + dedent(body), encoding="utf-8")
    return next(iter(Entries(Project([read_source(path)])).timelines()))


def last_backward(body: str, folder: Path) -> tuple[set[str], set[tuple[str, str, bool]]]:
    """What the last loss reaches, and what it was cut off from: (module, how, whether it ran so itself)."""
    backward = timeline_of(body, folder).of(Backward)[-1]
    return (
        {use.text for use in backward.reaches},
        {(cut.use.text, cut.how, cut.own) for cut in backward.cuts},
    )


@pytest.mark.parametrize(
    ("body", "reaches", "cuts"),
    [
        ("c(b(a(x))).sum().backward()", {"a", "b", "c"}, set()),
        ("c(a(x).detach()).sum().backward()", {"c"}, {("a", "detach", False)}),
        ("with torch.no_grad():\n    h = a(x)\nc(h).sum().backward()", {"c"}, {("a", "no_grad", True)}),
        (
            "h = a(x)\nwith torch.no_grad():\n    h = b(h)\nc(h).sum().backward()",
            {"c"},
            {("a", "no_grad", False), ("b", "no_grad", True)},
        ),
        (
            "h = a(x)\nc(h + (b(h) - h).detach()).sum().backward()",
            {"a", "c"},
            {("a", "detach", False), ("b", "detach", False)},
        ),
        ("F.mse_loss(a(x), b(x).detach()).backward()", {"a"}, set()),
        ("parts = [a(x), b(x)]\ntorch.cat(parts).sum().backward()", {"a", "b"}, set()),
        ("parts = {'one': a(x)}\nparts['two'] = b(x)\nsum(parts.values()).sum().backward()", {"a", "b"}, set()),
        ("h = torch.zeros(3, 4)\nh[0] = a(x)[0]\nh.sum().backward()", {"a"}, set()),
        ("h, _ = a(x), b(x)\nh.shape[0]\n(b(x).shape[0] * h).sum().backward()", {"a"}, set()),
        ("loss = 0\nfor part in (a, b):\n    loss += part(x).sum()\nloss.backward()", {"part"}, set()),
        ("from elsewhere import mix\nmix(a(x), b(x)).backward()", {"a", "b"}, set()),
        ("torch.set_grad_enabled(False)\nh = a(x)\ntorch.set_grad_enabled(True)\nc(h).sum().backward()", {"c"},
         {("a", "statement", True)}),
    ],
)  # fmt: skip
def test_backward(body: str, reaches: set[str], cuts: set[tuple[str, str, bool]], tmp_path: Path) -> None:
    assert last_backward(body, tmp_path) == (reaches, cuts)


def test_a_sequential_hands_on_what_its_parts_cut(tmp_path: Path) -> None:
    body = """\
    class Cut(nn.Module):
        def forward(self, v):
            return v.detach()
    nn.Sequential(a, Cut(), c)(x).sum().backward()
    """
    reaches, cuts = last_backward(body, tmp_path)
    assert {how for _, how, _ in cuts} == {"detach"}
    assert len(cuts) == 1 and len(reaches) >= 1


def test_a_tensor_given_away_escapes_once(tmp_path: Path) -> None:
    timeline = timeline_of("from elsewhere import keep\nh = a(x)\nkeep(h)\nkeep(h)\n", tmp_path)
    assert [[use.text for use in event.reaches] for event in timeline.of(GraphEscaped)] == [["a"]]


def test_a_part_that_is_not_followed_is_told(tmp_path: Path) -> None:
    assert timeline_of("a(x).sum().backward()", tmp_path).of(Backward)[0].lost is False
    lazy = "loss = torch.stack(unknown).sum() + sum(parts)\nloss.backward()"
    body = "parts = [a(x)]\nparts.remove(b)\nunknown = [b(x)]\n" + lazy
    assert timeline_of(body, tmp_path).of(Backward)[0].lost is True


def test_a_checkpoint_tells_inputs_and_inside(tmp_path: Path) -> None:
    body = (
        "from torch.utils.checkpoint import checkpoint\nh = checkpoint(lambda v: c(b(v)), a(x))\nh.sum().backward()\n"
    )
    (event,) = timeline_of(body, tmp_path).of(Checkpointed)
    assert {use.text for use in event.inputs} == {"a"}
    assert {use.text for use in event.inside} == {"b", "c"}
    assert event.reentrant is Truth.YES
    assert event.open is Truth.NO


def test_the_grad_mode_follows_conditions() -> None:
    flag = Symbol("flag", 1)
    on, off = (Literal(flag, True),), (Literal(flag, False),)
    log = set_mode(RECORDING, GradMode(Truth.NO), on)
    assert mode_at(log, on).enabled is Truth.NO
    assert mode_at(log, off).enabled is Truth.YES
    assert mode_at(log, ()).enabled is Truth.MAYBE
    assert mode_at(set_mode(log, GradMode(Truth.YES), ()), ()).enabled is Truth.YES
