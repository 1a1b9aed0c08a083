"""The programs with known truth: what their headers say, and what freezelint makes of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from freezelint.analysis import analyse
from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Severity
from freezelint.core.rules import Rule
from freezelint.core.spans import Span
from freezelint.run.selection import chosen_rules
from freezelint.source.files import read_source
from freezelint.testing import program_files
from freezelint_rules import RULES

HERE = Path(__file__).parent
GAPS = HERE / "known_gaps.toml"
GROUPS = ("bugs", "ok", "shared", "catalogue", "strangers", "strangers3", "runs")
_FIELD = re.compile(r"# (\w+): *(.*)")


class Program(msgspec.Struct, frozen=True):
    """A program: its name (`bugs/bug_x`), its file or folder, its files, and its header."""

    name: str
    path: Path
    main: Path
    header: dict[str, str]

    @property
    def is_bug(self) -> bool:
        return self.header["label"] == "bug"

    @property
    def place(self) -> tuple[Path, int]:
        """The file and line at which the mistake of a bug should be reported."""
        file, _, line = self.header["line"].rpartition(":")
        return (self.main.parent / file if file else self.main), int(line)


def programs() -> Iterator[Program]:
    """All programs, in order."""
    for group in GROUPS:
        for path in sorted((HERE / group).iterdir()):
            main = path / "main.py" if path.is_dir() else path
            if main.suffix == ".py" and main.is_file():
                yield Program(f"{group}/{path.stem}", path, main, _header(main))


def _header(main: Path) -> dict[str, str]:
    fields = {}
    for line in main.read_text(encoding="utf-8").splitlines():
        field = _FIELD.fullmatch(line)
        if field is None:
            break
        fields[field[1]] = field[2].strip()
    return fields


@cache
def default_rules() -> frozenset[str]:
    """The codes of the rules that are on where nobody selects anything."""
    return frozenset(rule.code for rule in chosen_rules(RULES, Settings(root="")))


def certain_findings(program: Program, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """What freezelint is certain of. Raises AssertionError where a file cannot be analysed."""
    files = [read_source(file) for file in program_files(program.path)]
    result = analyse(files, rules, import_roots=[str(program.main.parent)])
    assert not result.problems, result.problems
    return [finding for finding in result.findings if finding.confidence is Confidence.CERTAIN]


def fault(program: Program) -> str:
    """What is wrong with the findings in a program, in one line; nothing where they are right."""
    found = certain_findings(program)
    by_default = [each for each in found if each.code in default_rules() and each.severity is not Severity.INFO]
    if not program.is_bug:
        return f"false alarm: {_shown(by_default)}" if by_default else ""
    wanted = program.header.get("rule", "")
    candidates = [finding for finding in found if finding.code == wanted] if wanted else by_default
    if any(touches(finding, *program.place) for finding in candidates):
        return ""
    return f"no finding of {wanted or 'any rule'} at line {program.header['line']}, but: {_shown(found) or 'none'}"


def touches(finding: Finding, file: Path, line: int) -> bool:
    """Whether the finding or one of its notes covers the line."""
    spans = (finding.span, *(note.span for note in finding.notes))
    return any(_covers(span, file, line) for span in spans)


def _covers(span: Span, file: Path, line: int) -> bool:
    return span.line <= line <= span.end_line and Path(span.path).resolve() == file.resolve()


def _shown(findings: Sequence[Finding]) -> str:
    return "; ".join(f"{each.code} at {Path(each.span.path).name}:{each.span.line}" for each in findings)


def known_gaps() -> dict[str, str]:
    """The programs that freezelint is known to get wrong, each with the reason."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(GAPS.read_text(encoding="utf-8"))
