"""Every program with known truth can be mended as far as its fixes go, and is the better for it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from freezelint.config import Settings
from freezelint.core.findings import Finding, Report
from freezelint.run.check import check
from freezelint.run.fixing import Mended, mend, write
from freezelint_rules import RULES
from tests.programs.programs import Program, programs

REVEALED = {"bugs/bug_hf_frozen_module_attr_1": {"FRZ303"}, "strangers/bug_compare_not_assign_style_1": {"FRZ201"}}
"""A freeze that is mended is a freeze at last, and may be a wrong one: here, and for what no fix is known there."""
_CASES = [pytest.param(program, id=program.name) for program in programs()]


class Repair(msgspec.Struct):
    """A copy of a program that was mended twice: what was found in it, and what was done each time."""

    original: tuple[Finding, ...]
    first: Mended
    second: Mended


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mended")


def mended(program: Program, workshop: Path) -> Repair:
    folder = workshop / program.name.replace("/", "_")
    if program.path.is_dir():
        shutil.copytree(program.path, folder, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        folder.mkdir()
        shutil.copy(program.path, folder)
    settings = Settings(root=str(folder), select=tuple(rule.code for rule in RULES))
    reports: list[Report] = []

    def checked(instead: Mapping[str, bytes]) -> Report:
        reports.append(check([str(folder)], settings, instead=instead))
        return reports[-1]

    first = mend([str(folder)], settings, unsafe=True, checked=checked)
    assert write(first.changes) == ()
    second = mend([str(folder)], settings, unsafe=True) if first.changes else first
    return Repair(reports[0].findings, first, second)


@pytest.mark.parametrize("program", _CASES)
def test_mended(program: Program, workshop: Path) -> None:
    repair = mended(program, workshop)
    for change in repair.first.changes:
        ast.parse(change.after)
    assert not repair.first.changes or repair.second.changes == (), "a second time finds more to mend"
    gone, left = counted(repair.first.findings), counted(repair.first.report.findings)
    original = counted(repair.original)
    new = {code for code in left if left[code] > original[code]}
    assert new == REVEALED.get(program.name, set())
    for code in gone.keys() - new:
        assert left[code] <= max(0, original[code] - gone[code]), code


def counted(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def test_no_name_is_written_that_is_not_there(workshop: Path) -> None:
    """Runs after the others, over what they mended: ruff knows names that are bound nowhere."""
    if not any(workshop.iterdir()):
        pytest.skip("nothing was mended in this run")
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select",
        "F821,F823,E9",
        "--output-format",
        "concise",
    ]
    result = subprocess.run([*command, str(workshop)], capture_output=True, text=True, check=False)
    assert "All checks passed" in result.stdout, result.stdout
