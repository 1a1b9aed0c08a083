"""Writes suppression comments for findings, so that a project can adopt freezelint as it is."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Collection, Iterable, Sequence

import msgspec

from freezelint.config import Settings
from freezelint.core.findings import Edit, Finding, Problem, Report
from freezelint.core.spans import Span
from freezelint.discovery import discover
from freezelint.fix.apply import CannotApply, edited
from freezelint.fix.writing import write_whole
from freezelint.run.suppression import apply_comments, by_path
from freezelint.source.comment_edits import with_codes
from freezelint.source.comments import logical_lines, suppressions
from freezelint.source.files import UnreadableSource, read_bytes, source_of


class Added(msgspec.Struct, frozen=True):
    """What is left to report, how many comments were written or extended, and in how many files."""

    report: Report
    comments: int
    files: int


def add_ignores(report: Report, paths: Sequence[str], settings: Settings) -> Added:
    """Write `# freezelint: ignore[CODE]` for each finding in the checked files.

    Each file is written whole or not at all, and only where the code stays the same and the comments silence what they
    were written for. Findings for which that cannot be done stay in the report, with a problem for their file.
    """
    found = discover(
        paths, cwd=os.getcwd(), root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
    )
    located = {file.display: file.path for file in found.files}
    excused: set[str] = set()
    problems, comments = list(report.problems), 0
    for path, findings in by_path(report.findings).items():
        if path not in located:
            continue
        try:
            edits = _excused(path, located[path], findings)
        except (CannotApply, UnreadableSource, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            problems.append(Problem(path=path, message=f"no comment was added: {reason[:1].lower()}{reason[1:]}"))
            continue
        excused.add(path)
        comments += len(edits)
    kept = tuple(finding for finding in report.findings if finding.span.path not in excused)
    return Added(msgspec.structs.replace(report, findings=kept, problems=tuple(problems)), comments, len(excused))


def _excused(path: str, file: str, findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """Write the comments into one file; the edits that were made."""
    data = read_bytes(file)
    text = source_of(data, path).text
    edits = ignore_edits(path, text, findings)
    new = edited(data, edits)
    if not _is_right(text, source_of(new, path).text, findings):
        raise CannotApply("there is no place for it")
    write_whole(file, new, expected=data)
    return edits


def ignore_edits(path: str, text: str, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits that silence the findings: codes for comments that are there, else comments behind statements."""
    lines = text.split("\n")
    statements = logical_lines(text)
    wanted: dict[tuple[int, int], dict[str, None]] = {}
    for finding in sorted(findings, key=lambda each: (each.span.line, each.code)):
        line = finding.span.line
        place = next((each for each in statements if each[0] <= line <= each[1]), (line, line))
        wanted.setdefault(place, {})[finding.code] = None
    known = suppressions(text)
    edits = []
    for (first, last), codes in wanted.items():
        there = [each for each in known if each.kind == "line" and (each.first_line, each.last_line) == (first, last)]
        extended = next((edit for each in there if (edit := with_codes(text, each, tuple(codes)))), None)
        if extended is not None:
            span = Span(path, extended.line, extended.column, extended.end_line, extended.end_column)
            edits.append(Edit(span, extended.text))
            continue
        # The end of the last line of a statement is never within a string or before a joined line.
        end = len(lines[last - 1].rstrip()) + 1
        comment = f"  # freezelint: ignore[{', '.join(codes)}]"
        edits.append(Edit(Span(path, last, end, last, len(lines[last - 1]) + 1), comment))
    return tuple(sorted(edits, key=lambda edit: (edit.span.line, edit.span.column)))


def _is_right(before: str, after: str, findings: Collection[Finding]) -> bool:
    """Whether the comments silence the findings, and nothing but comments has changed."""
    if apply_comments(findings, suppressions(after)).kept:
        return False
    trees = _tree(before), _tree(after)
    return trees[0] == trees[1]


def _tree(text: str) -> str | None:
    """The code without its comments; None where this version of Python cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
