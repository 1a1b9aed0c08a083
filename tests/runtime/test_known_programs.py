"""The programs with known truth, run under the probes: mistakes are confirmed where they are, correct ones are clean.

Every eighth program is run by default, all of them with `-m confirm`; `python -m tests.runtime.test_known_programs`
prints the rate and what was missed.
"""

from __future__ import annotations

import pytest

from freezelint.core.findings import Confidence, Finding, Severity
from tests.programs.programs import Program, default_rules, known_gaps, programs, touches
from tests.runtime.forked import confirm_program

_EVERY = 8
ALL = list(programs())


def confirmed(program: Program) -> list[Finding]:
    """What a user would be shown as confirmed."""
    findings, result = confirm_program(program.path)
    assert not result.problems, result.problems
    certain = [each for each in findings if each.confidence is Confidence.CERTAIN]
    return [each for each in certain if each.verdict is not None and each.verdict.outcome == "confirmed"]


def fault(program: Program) -> str:
    """What is wrong with what the run confirmed, in one line; nothing where it is right."""
    found = confirmed(program)
    told = "; ".join(f"{each.code} at {each.span.path}:{each.span.line}" for each in found) or "nothing"
    if not program.is_bug:
        shown = [e for e in found if e.code in default_rules() and e.severity is not Severity.INFO]
        return f"confirmed in a correct program: {told}" if shown else ""
    wanted = program.header.get("rule", "")
    hits = [each for each in found if touches(each, *program.place) and wanted in ("", each.code)]
    return "" if hits else f"{wanted} at line {program.header['line']} is not confirmed, but {told}"


def check(program: Program) -> None:
    if program.is_bug and program.name in known_gaps() and not program.name.startswith("runs/"):
        return  # what is not found cannot be confirmed, unless the run alone shows it: `runs` has such programs
    assert not fault(program)


@pytest.mark.parametrize("program", [pytest.param(each, id=each.name) for each in ALL[::_EVERY]])
def test_some_programs(program: Program) -> None:
    check(program)


@pytest.mark.confirm
@pytest.mark.parametrize("program", [pytest.param(each, id=each.name) for each in ALL])
def test_all_programs(program: Program) -> None:
    check(program)


def main() -> None:
    """Print how many mistakes are confirmed."""
    bugs = [each for each in ALL if each.is_bug]
    faults = {each.name: text for each in ALL if (text := fault(each))}
    missed = sum(each.name in faults for each in bugs)
    print(f"{len(bugs) - missed} of {len(bugs)} mistakes confirmed at their lines")
    print(f"{len(faults) - missed} of {len(ALL) - len(bugs)} correct programs with a confirmed finding")
    for name, text in faults.items():
        print(f"{name}: {text}")


if __name__ == "__main__":
    main()
