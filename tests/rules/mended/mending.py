"""Programs that are mended in tests: what changes in them, and that they are the better for it."""

from __future__ import annotations

import difflib
import runpy
from pathlib import Path
from typing import Any

import pytest

from freezelint.config import Settings
from freezelint.core.findings import Report
from freezelint.run.check import check
from freezelint.run.fixing import mend, write

NET = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.backbone(x))


def batch():
    return torch.randn(4, 8), torch.tensor([0, 1, 2, 0])


"""
"""What most programs start with."""

STEPS = """\
for _ in range(3):
    x, y = batch()
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
"""What most programs end with: `model` is trained by `optimizer`."""


def mended(folder: Path, code: str, program: str | dict[str, str]) -> list[str]:
    """Write a program of one file or several, apply the fixes of one rule, and give the lines that changed, as `-old`
    and `+new`. Fails where the rule still offers a fix, a second time changes something, or another certain finding
    appears."""
    texts = {"main.py": program} if isinstance(program, str) else program
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    everything, one = Settings(root=str(folder), select=("FRZ", code)), Settings(root=str(folder), select=(code,))
    before = codes(check([str(folder)], everything))
    assert code in before, f"{code} finds nothing: {before}"
    first = mend([str(folder)], one, unsafe=True)
    assert write(first.changes) == ()
    if not first.changes:
        return []
    assert mend([str(folder)], one, unsafe=True).changes == ()
    assert code not in codes(first.report)
    assert codes(check([str(folder)], everything)) <= before - {code}
    return [
        line
        for change in first.changes
        for line in difflib.unified_diff(
            change.before.decode().splitlines(), change.after.decode().splitlines(), n=0, lineterm=""
        )
        if not line.startswith(("---", "+++", "@@"))
    ]


def run(program: Path) -> dict[str, Any]:
    """What the names of a program stand for in the end; skips the test where a library is not installed."""
    pytest.importorskip("torch")
    from tests.support import torchvision_shim  # noqa: F401  # before what imports torchvision

    if "from peft " in program.read_text(encoding="utf-8"):
        pytest.importorskip("peft")
    return runpy.run_path(str(program))


def codes(report: Report) -> set[str]:
    """The codes of what was found."""
    assert report.problems == ()
    return {finding.code for finding in report.findings}
