"""What the server keeps of what is open: nothing is analysed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import freezelint.analysis
from freezelint.core.spans import Span
from freezelint.core.timeline import Timeline
from freezelint.server.documents import OpenFile, Workspace, open_file

TEXT = "from torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad_(False)\n"


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files were analysed, each time that a hover asks for it."""
    counted: list[int] = []
    timelines = freezelint.analysis.timelines

    def counting(files: Sequence[Any], **more: Any) -> Iterator[Timeline]:
        counted.append(len(files))
        return timelines(files, **more)

    monkeypatch.setattr(freezelint.analysis, "timelines", counting)
    return counted


def opened(folder: Path, text: str, name: str = "a.py") -> OpenFile:
    return open_file(str(folder / name), text, f"file://{folder}/{name}")


def hover(workspace: Workspace, file: OpenFile, *others: OpenFile) -> str:
    found = workspace.hover(file, others, Span(file.display, 4, 2, 4, 2))
    return found[0] if found is not None else ""


def test_a_hover_after_a_check_analyses_nothing(tmp_path: Path, analysed: list[int]) -> None:
    workspace, file = Workspace(), opened(tmp_path, TEXT)
    workspace.check(file, ())
    assert "Linear" in hover(workspace, file) and analysed == []
    changed = opened(tmp_path, TEXT + "\n")
    assert "Linear" in hover(workspace, changed) and analysed == [1]
    assert "Linear" in hover(workspace, changed) and analysed == [1]
    # The text that was checked first is not at hand any more.
    assert "Linear" in hover(workspace, file) and analysed == [1, 1]


def test_files_that_are_checked_together_are_known_together(tmp_path: Path, analysed: list[int]) -> None:
    workspace, file, other = Workspace(), opened(tmp_path, TEXT), opened(tmp_path, TEXT, "b.py")
    workspace.check(file, (other,))
    assert "Linear" in hover(workspace, file, other) and "Linear" in hover(workspace, other, file)
    assert analysed == []
    assert "Linear" in hover(workspace, file) and analysed == [1]


def test_what_the_check_did_not_analyse_is_analysed_once(tmp_path: Path, analysed: list[int]) -> None:
    """A file that cannot have a mistake is not analysed for one."""
    workspace, file = Workspace(), opened(tmp_path, "from torch import nn\n\n\nmodel = nn.Linear(2, 2)\n")
    workspace.check(file, ())
    for _ in range(2):
        hover(workspace, file)
        assert analysed == [1]
