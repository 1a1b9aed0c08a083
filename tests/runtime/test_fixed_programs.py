"""What was mended runs: the examples of the rules without the mistake, all other programs without a new error."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Safety
from freezelint.core.rules import Rule
from freezelint.run.fixing import mend, write
from freezelint.testing import check_program, examples
from freezelint_rules import RULES
from tests.programs.programs import Program, programs
from tests.runtime.forked import confirm_program

FOLDERS = Path(__file__).parents[2] / "rules" / "freezelint_rules"
CODES = tuple(rule.code for rule in RULES)
_BAD = [
    pytest.param(rule, path, id=f"{rule.code}-{path.stem}")
    for rule in RULES
    if rule.fix in (Safety.SAFE, Safety.UNSAFE)
    for kind, path in examples(FOLDERS / f"{rule.code.lower()}_{rule.name.replace('-', '_')}")
    if kind == "bad"
]
_SAMPLE = 5
"""One program of so many is run in every test run, all of them where `-m confirm` is given."""
_PROGRAMS = [
    pytest.param(program, id=program.name, marks=[pytest.mark.confirm] if number % _SAMPLE else [])
    for number, program in enumerate(each for each in programs() if each.is_bug)
]


def copied(source: Path, folder: Path) -> Path:
    """A copy of a program, a file or a folder."""
    if source.is_dir():
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        return folder / source.name
    return Path(shutil.copy(source, folder))


def mended(path: Path) -> bool:
    """Apply all fixes of all rules; whether that changed anything."""
    folder = path if path.is_dir() else path.parent
    changes = mend([str(path)], Settings(root=str(folder), select=CODES), unsafe=True).changes
    assert write(changes) == ()
    return bool(changes)


def unmendable(findings: tuple[Finding, ...]) -> set[str]:
    """What is found that no fix is offered for."""
    return {finding.message for finding in findings if finding.fix is None}


@pytest.mark.parametrize(("rule", "path"), _BAD)
def test_mended_example_is_clean_under_the_probes(rule: Rule, path: Path, tmp_path: Path) -> None:
    left = unmendable(check_program(path, RULES))
    program = copied(path, tmp_path)
    assert mended(program)
    findings, result = confirm_program(program)
    assert not result.problems
    certain = [each for each in findings if each.confidence is Confidence.CERTAIN and each.message not in left]
    assert certain == []
    assert result.ended == "finished", result.detail


@pytest.mark.parametrize("program", _PROGRAMS)
def test_mended_program_still_runs(program: Program, tmp_path: Path) -> None:
    path = copied(program.path, tmp_path)
    if not mended(path):
        pytest.skip("there is nothing to mend in it")
    _, result = confirm_program(path)
    assert not result.problems
    if result.ended != "finished":
        _, before = confirm_program(program.path)
        assert (result.ended, result.detail) == (before.ended, before.detail)
