"""Every program with known truth is judged rightly: bugs are reported where they are, correct code is left in peace."""

from __future__ import annotations

import re

import pytest

from freezelint_rules import RULES
from tests.programs.programs import GAPS, Program, fault, known_gaps, programs

PROGRAMS = tuple(programs())
KNOWN = known_gaps()
CODES = {rule.code for rule in RULES}
_CASES = [pytest.param(program, id=program.name) for program in PROGRAMS]


@pytest.mark.parametrize("program", _CASES)
def test_program(program: Program) -> None:
    wrong = fault(program)
    if program.name not in KNOWN:
        assert not wrong, wrong
        return
    assert wrong, f"{program.name} is mended: take it off {GAPS.name}"
    pytest.xfail(KNOWN[program.name])


@pytest.mark.parametrize("program", _CASES)
def test_header(program: Program) -> None:
    header = program.header
    assert header["label"] == program.path.name.partition("_")[0]
    assert header["category"] and header["truth"]
    if program.is_bug:
        file, line = program.place
        source = file.read_text(encoding="utf-8").splitlines()
        assert source[line - 1].strip(), "the line is blank"
    if "rule" in header and program.is_bug:
        assert header["rule"] in CODES
    assert set(header) <= {"label", "category", "rule", "line", "truth", "raises"}


def test_all_groups_are_there() -> None:
    labels = [program.header["label"] for program in PROGRAMS]
    assert labels.count("bug") > 50
    assert labels.count("ok") > 50


def test_known_gaps_are_well_kept() -> None:
    names = [program.name for program in PROGRAMS]
    assert [name for name in names if name in KNOWN] == list(KNOWN), "unknown programs, or out of order"
    for name, reason in KNOWN.items():
        assert re.fullmatch(r"[^\n]{10,160}", reason), f"{name}: a reason is one line"
