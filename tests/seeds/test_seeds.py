"""What the tutorials teach and warn of is judged as the marks in the programs say, by all rules together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from freezelint.core.findings import Confidence
from freezelint.testing import check_program, marks_met, marks_of
from freezelint_rules import RULES

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
_MISSING = re.compile(r"# missing: (FRZ\d{3})")


def missing(path: Path) -> set[tuple[int, str]]:
    """The findings that ought to be there and are not, as far as is known: (line, code)."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return {(number, mark[1]) for number, line in enumerate(lines, 1) for mark in _MISSING.finditer(line)}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path: Path) -> None:
    certain = [each for each in check_program(path, RULES) if each.confidence is Confidence.CERTAIN]
    shown = "\n".join(f"{each.span.line}: {each.code}: {each.message}" for each in certain)
    met, wanted = set(marks_met(certain)), set(marks_of(path))
    found = {(mark.line, mark.code) for mark in met if mark.kind == "expect"}
    mended = found & missing(path)
    assert not mended, f"found now, make it `# expect`: {mended}"
    assert found == {(mark.line, mark.code) for mark in wanted if mark.kind == "expect"}, shown
    # Not every note is marked, but what is marked must be there.
    assert wanted <= met, shown


def test_there_are_programs_of_both_kinds() -> None:
    marked = [bool(marks_of(path) or missing(path)) for path in PROGRAMS]
    assert min(marked.count(True), marked.count(False)) >= 10
