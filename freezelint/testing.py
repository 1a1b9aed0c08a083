"""Checks the example programs of rules: what their comments expect, and what the analysis finds in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from freezelint.core.findings import Confidence, Finding
from freezelint.core.rules import Rule

_MARK = re.compile(r"#\s*(expect|note):\s*([A-Z]{3}\d{3}(?:\s*,\s*[A-Z]{3}\d{3})*)")


class Expectation(msgspec.Struct, frozen=True, order=True):
    """A mark in an example: `# expect: FRZ101` where a finding stands, `# note: FRZ101` where one of its notes does."""

    path: str
    line: int
    kind: str
    code: str


def expectations(text: str, path: str = "") -> tuple[Expectation, ...]:
    """The marks at the ends of the lines of a program, in order."""
    found: list[Expectation] = []
    for number, line in enumerate(text.split("\n"), 1):
        for mark in _MARK.finditer(line):
            found.extend(Expectation(path, number, mark[1], code.strip()) for code in mark[2].split(","))
    return tuple(found)


def examples(folder: Path) -> Iterator[tuple[str, Path]]:
    """The example programs of a rule's folder: ("bad" or "good", file or folder); `bad.py`, `bad_2.py`, `bad/` ..."""
    for path in sorted(folder.iterdir()):
        kind = re.match(r"(bad|good)(_\w+)?$", path.stem)
        if kind is not None and (path.suffix == ".py" or path.is_dir()):
            yield kind[1], path


def program_files(path: Path) -> list[Path]:
    """The Python files of a program that is one file or a folder."""
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def check_program(path: Path, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """What the rules (all installed ones, where none are given) find in a program: a file, or a folder of files.

    Raises AssertionError where a file cannot be analysed: an example that is not read proves nothing.
    """
    from freezelint.analysis import analyse
    from freezelint.registry import load_rules
    from freezelint.source.files import read_source

    files = [read_source(file, file.as_posix()) for file in program_files(path)]
    result = analyse(files, load_rules() if rules is None else tuple(rules))
    if result.problems:
        raise AssertionError("; ".join(f"{problem.path}: {problem.message}" for problem in result.problems))
    return result.findings


def marks_of(path: Path) -> tuple[Expectation, ...]:
    """All marks of a program."""
    files = program_files(path)
    return tuple(mark for file in files for mark in expectations(file.read_text(encoding="utf-8"), file.as_posix()))


def marks_met(findings: Sequence[Finding]) -> tuple[Expectation, ...]:
    """The findings of a program and their notes in the form of marks, each once, for comparing with `marks_of`."""
    found = set()
    for finding in findings:
        found.add(Expectation(finding.span.path, finding.span.line, "expect", finding.code))
        found.update(Expectation(note.span.path, note.span.line, "note", finding.code) for note in finding.notes)
    return tuple(sorted(found))


def check_example(rule: Rule, kind: str, path: Path, rules: Sequence[Rule] | None = None) -> None:
    """Check one example of a rule, as `examples` yields it. A "bad" one must have a mark of the rule, and what is
    certain in it must be what its marks say; in a "good" one nothing may be found, not even what is only possible.

    `rules` are those that are run beside the rule: all installed ones, where none are given. Raises AssertionError.
    """
    findings = check_program(path, rules)
    shown = "\n".join(f"{each.span.line}: {each.code} {each.confidence.value}: {each.message}" for each in findings)
    if kind == "good":
        assert not findings, shown
        return
    wanted = tuple(sorted(marks_of(path)))
    assert any(mark.code == rule.code and mark.kind == "expect" for mark in wanted), f"{path} has no mark of its rule"
    certain = [finding for finding in findings if finding.confidence is Confidence.CERTAIN]
    assert marks_met(certain) == wanted, shown
