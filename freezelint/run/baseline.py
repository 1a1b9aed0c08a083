"""The baseline: findings that were there when freezelint was adopted, kept in a file and left out of reports."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from freezelint import __version__
from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Report
from freezelint.core.spans import Span
from freezelint.run.fingerprint import content_of, digest, name_in_project
from freezelint.source.files import UnreadableSource, read_bytes

FORMAT = 1
"""The version of the file's format."""


class Entry(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """A known finding. `path` counts from the top of the project; `line`, `cell` and `message` are for people only.

    `content` names the code that it stands on, `within` the definitions around it.
    """

    path: str
    line: int
    code: str
    message: str
    confidence: Confidence
    fingerprint: str
    content: str
    within: str
    cell: int | None = None


class Baseline(msgspec.Struct, frozen=True):
    """The content of a baseline file."""

    format: int
    version: str
    findings: tuple[Entry, ...]


class Compared(msgspec.Struct, frozen=True):
    """What is new, how many findings were known, and the entries that were looked for and are gone."""

    report: Report
    known: int
    stale: tuple[Entry, ...]


class BaselineError(Exception):
    """The baseline file cannot be used: the message names it."""


def entries_of(report: Report, settings: Settings) -> tuple[Entry, ...]:
    """An entry for each finding of the report."""
    return tuple(sorted((_entry(finding, report, settings) for finding in report.findings), key=_order))


def dump(entries: Sequence[Entry]) -> bytes:
    """The text of a baseline file, the same for the same findings, each on lines of its own for the sake of diffs."""
    baseline = Baseline(format=FORMAT, version=__version__, findings=tuple(entries))
    return msgspec.json.format(msgspec.json.encode(baseline), indent=2) + b"\n"


def load(file: str) -> Baseline:
    """Read a baseline file; raises `BaselineError`."""
    try:
        data = read_bytes(file)
    except UnreadableSource as error:
        reason = error.message.partition(": ")[2] or error.message
        raise BaselineError(f"the baseline {file} cannot be read: {reason}") from error
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version > FORMAT:
            raise BaselineError(f"the baseline {file} was written by a newer version of freezelint")
        return msgspec.json.decode(data, type=Baseline)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BaselineError(f"{file} is no baseline of freezelint: {error}") from error


class _Version(msgspec.Struct):
    format: int


def compared(report: Report, baseline: Baseline, settings: Settings, paths: Iterable[str]) -> Compared:
    """Leave out what the baseline knows.

    An entry excuses one finding: first one of the same code in the same definition of the same file, then one
    elsewhere in the file, then one in another file, for code that was moved. `paths` are those that were checked.
    """
    new = {number: _entry(finding, report, settings) for number, finding in enumerate(report.findings)}
    left = dict(enumerate(baseline.findings))
    for key in _KEYS:
        waiting: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, entry in left.items():
            waiting[key(entry)].append(number)
        for number, entry in list(new.items()):
            if candidates := waiting[key(entry)]:
                del left[candidates.pop(0)], new[number]
    kept = tuple(finding for number, finding in enumerate(report.findings) if number in new)
    return Compared(
        report=msgspec.structs.replace(report, findings=kept),
        known=len(report.findings) - len(kept),
        stale=tuple(sorted(_stale(left.values(), report, settings, paths), key=_order)),
    )


_KEYS: tuple[Callable[[Entry], tuple[str, ...]], ...] = (
    lambda entry: (entry.code, entry.path, entry.content, entry.within),
    lambda entry: (entry.code, entry.path, entry.content),
    lambda entry: (entry.code, entry.content),
)


def _stale(left: Iterable[Entry], report: Report, settings: Settings, paths: Iterable[str]) -> Iterable[Entry]:
    """The entries that would have been found if they were still there."""
    cwd = os.getcwd()
    tops = [name_in_project(path, root=settings.root, cwd=cwd) for path in paths]
    broken = {name_in_project(problem.path, root=settings.root, cwd=cwd) for problem in report.problems}
    on = {rule.code for rule in report.rules}
    for entry in left:
        checked = any(top in (".", entry.path) or entry.path.startswith(top + "/") for top in tops)
        asked = (not on or entry.code in on) and (settings.possible or entry.confidence is Confidence.CERTAIN)
        if checked and asked and entry.path not in broken:
            yield entry


def _entry(finding: Finding, report: Report, settings: Settings) -> Entry:
    source = report.sources.get(finding.span.path, "")
    notebook = report.notebooks.get(finding.span.path)
    place = finding.span if notebook is None else notebook.in_cell(finding.span)
    return Entry(
        path=name_in_project(finding.span.path, root=settings.root, cwd=os.getcwd()),
        line=place.line,
        code=finding.code,
        message=finding.message,
        confidence=finding.confidence,
        fingerprint=finding.fingerprint,
        content=digest(finding.code, content_of(finding.span, source)),
        within=_within(source, finding.span),
        cell=place.cell,
    )


def _order(entry: Entry) -> tuple[str, int, int, str, str]:
    return entry.path, entry.cell or 0, entry.line, entry.code, entry.fingerprint


_DEFINITION = re.compile(r"([ \t]*)(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")


def _within(source: str, span: Span) -> str:
    """The names of the definitions around the span, outermost first, as far as indentation tells."""
    lines = source.split("\n")[: span.line]
    names: list[str] = []
    indent = len(lines[-1]) - len(lines[-1].lstrip()) if lines else 0
    for line in reversed(lines[:-1]):
        match = _DEFINITION.match(line)
        if match is not None and len(match[1]) < indent:
            names.append(match[2])
            indent = len(match[1])
        if not indent:
            break
    return ".".join(reversed(names))
