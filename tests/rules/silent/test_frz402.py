"""FRZ402 is silent where the part trains at times or cannot train at all, and an error only where it is meant to."""

from __future__ import annotations

from pathlib import Path

import pytest

from freezelint.config import Settings
from freezelint.core.findings import Severity
from freezelint.run.selection import chosen_rules
from freezelint.testing import check_program
from freezelint_rules import RULES
from tests.rules.silent.programs import codes

_PROGRAM = """\
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        with {context}:
            h = self.tower(x)
        return self.head(h){also}


model = Model()
{freeze}
opt = torch.optim.SGD({held}, lr=0.1)
for epoch in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(3, 4)), torch.tensor([0, 1, 0]))
    opt.zero_grad()
    loss.backward()
    opt.step()
"""


def program(
    *, context: str = "torch.no_grad()", also: str = "", freeze: str = "", held: str = "model.parameters()"
) -> str:
    """The program with a tower under a context."""
    return _PROGRAM.format(context=context, also=also, freeze=freeze, held=held)


def severities(text: str, folder: Path, *, select: tuple[str, ...] | None = None) -> list[Severity]:
    """The severities of FRZ402 in a program, by the rules that the settings choose."""
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    rules = chosen_rules(RULES, Settings(root="", select=select))
    return [each.severity for each in check_program(path, rules) if each.code == "FRZ402"]


def test_silent_on_parts_that_run_with_gradients_elsewhere() -> None:
    assert not codes(program(also=" + self.head(self.tower(x))"), "FRZ402", "FRZ401")


def test_silent_on_modes_that_are_not_known() -> None:
    assert not codes(program(context="torch.set_grad_enabled(epoch > 0)"), "FRZ402", "FRZ401")


def test_silent_on_frozen_parts() -> None:
    assert not codes(program(freeze="model.tower.requires_grad_(False)"), "FRZ402", "FRZ401")


def test_silent_on_parts_that_no_optimizer_holds() -> None:
    assert not codes(program(held="model.head.parameters()"), "FRZ402", "FRZ401")


def test_silent_on_moving_averages_by_load_state_dict() -> None:
    late = "    model.tower.load_state_dict(model.tower.state_dict())\n"
    assert not codes(program() + late, "FRZ402", "FRZ401")


@pytest.mark.parametrize("context", ["torch.no_grad()", "torch.inference_mode()", "torch.set_grad_enabled(False)"])
def test_finds_the_part(context: str) -> None:
    assert codes(program(context=context), "FRZ402", "FRZ401") == [("FRZ402", 13)]


def test_info_where_it_was_merely_not_frozen(tmp_path: Path) -> None:
    assert severities(program(), tmp_path) == []
    assert severities(program(), tmp_path, select=("FRZ4",)) == []
    assert severities(program(), tmp_path, select=("FRZ402",)) == [Severity.INFO]


@pytest.mark.parametrize(
    "text",
    [
        program(
            freeze="model.requires_grad_(False)\nmodel.tower.requires_grad_(True)\nmodel.head.requires_grad_(True)"
        ),
        program(freeze="for p in model.tower.parameters():\n    p.requires_grad = True"),
        program(held="[{'params': model.tower.parameters(), 'lr': 0.01}, {'params': model.head.parameters()}]"),
        program(freeze="import sys\nif '--tune' in sys.argv:\n    model.tower.requires_grad_(True)"),
    ],
    ids=["method", "loop", "group", "option"],
)
def test_error_where_it_is_to_train(text: str, tmp_path: Path) -> None:
    assert severities(text, tmp_path) == [Severity.ERROR]
