"""Lays a report out as lines of styled pieces: the text writer shows them plain, the terminal writer in colour."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from enum import Enum

from freezelint.core.findings import Confidence, Finding, Fix, Note, Problem, Report, Safety, Severity
from freezelint.core.spans import Span
from freezelint.report.excerpt import excerpt
from freezelint.report.printable import escape

EXCERPT_WIDTH = 120
"""How wide a source line may be shown where no terminal sets a limit."""


class Style(Enum):
    """What a piece of text is, so that a terminal can colour it."""

    PLAIN = "plain"
    PLACE = "place"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    GUTTER = "gutter"
    NOTE = "note"
    HELP = "help"
    GOOD = "good"


Piece = tuple[Style, str]
Line = tuple[Piece, ...]

_STYLE_OF = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.INFO: Style.INFO}
_SAFETY = {Safety.SAFE: " (safe fix)", Safety.UNSAFE: " (unsafe fix)", Safety.DISPLAY: ""}


def layout(report: Report, *, width: int | None, summary: bool) -> Iterator[Line]:
    """The lines of a report; `width` None where lines may be as long as they are."""
    for finding in report.findings:
        yield from _finding(finding, report, width)
        yield ()
    if summary:
        yield from _wrapped((), summary_of(report), width, style=_summary_style(report))
        fixable = fixable_of(report)
        if fixable:
            yield from _wrapped((), fixable, width)


def summary_of(report: Report) -> str:
    """What was found, in one sentence."""
    checked = _count(report.files, "file")
    unchecked = len({problem.path for problem in report.problems})
    tail = f"; {_count(unchecked, 'path')} could not be checked" if unchecked else ""
    if not report.findings:
        return f"no mistakes found in {checked}{tail}"
    severities = Counter(finding.severity for finding in report.findings)
    parts = [_count(severities[severity], severity.value) for severity in Severity if severities[severity]]
    outcomes = Counter(finding.verdict.outcome for finding in report.findings if finding.verdict is not None)
    told = ", ".join(f"{number} {outcome.replace('-', ' ')}" for outcome, number in sorted(outcomes.items()))
    tail = f" ({told}){tail}" if told else tail
    return f"found {' and '.join(parts) if len(parts) < 3 else ', '.join(parts)} in {checked}{tail}"


def applicable(finding: Finding) -> Safety | None:
    """How safe the fix is that can be applied to the code; None where there is none."""
    return finding.fix.safety if finding.fix is not None and finding.fix.edits else None


def fixable_of(report: Report) -> str:
    """How many of the findings can be mended, and with which option; nothing where none can."""
    found = Counter(applicable(finding) for finding in report.findings)
    safe, unsafe = found[Safety.SAFE], found[Safety.UNSAFE]
    if not safe and not unsafe:
        return ""
    if not safe:
        return f"{unsafe} fixable with `--fix --unsafe-fixes`"
    return f"[*] {safe} fixable with `--fix`" + (f", {unsafe} more with `--unsafe-fixes`" if unsafe else "")


def problem_line(problem: Problem) -> str:
    """A problem as one line: where, which code, what."""
    kind = "internal error: " if problem.internal else ""
    code = f"{problem.code} " if problem.code else ""
    cell = None if problem.cell is None else f"cell {problem.cell}"
    place = ":".join(str(part) for part in (problem.path, cell, problem.line, problem.column) if part is not None)
    return escape(f"{place}: {code}{kind}{problem.message}")


def file_lines(span: Span, report: Report) -> tuple[int, int] | None:
    """The lines of the file from which to which a place reaches; None in a cell of which that is not known. A line of a
    cell is written on a line of the notebook's JSON, in columns that mean nothing there."""
    if span.cell is None:
        return span.line, span.end_line
    notebook = report.notebooks.get(span.path)
    return None if notebook is None else notebook.in_file(span)


def file_line(problem: Problem) -> int | None:
    """The line of the file where a problem is, as far as it is known."""
    return problem.line if problem.cell is None else problem.file_line


def place_of(span: Span) -> str:
    """`path:line:column`, in a notebook with the cell."""
    cell = f"cell {span.cell}:" if span.cell is not None else ""
    return escape(f"{span.path}:{cell}{span.line}:{span.column}")


def source_of(report: Report, span: Span) -> str | None:
    """The text that the lines of the span count in; None where the report does not have it."""
    notebook = report.notebooks.get(span.path)
    if span.cell is None or notebook is None:
        return report.sources.get(span.path)
    cell = notebook.numbered(span.cell)
    return None if cell is None else cell.text


def message_of(finding: Finding) -> str:
    """The message on one line, marked where it is not certain."""
    doubt = " (possible)" if finding.confidence is Confidence.POSSIBLE else ""
    return escape(finding.message) + doubt


def _count(number: int, noun: str) -> str:
    # "info" is no noun to be counted, and "1 info" reads well enough.
    return f"{number} {noun}" if number == 1 or noun == "info" else f"{number} {noun}s"


def _summary_style(report: Report) -> Style:
    if any(finding.severity is Severity.ERROR for finding in report.findings) or report.problems:
        return Style.ERROR
    return Style.WARNING if report.findings else Style.GOOD


def _finding(finding: Finding, report: Report, width: int | None) -> Iterator[Line]:
    style = _STYLE_OF[finding.severity]
    head = ((Style.PLACE, place_of(finding.span) + ": "), (style, finding.code), (Style.PLAIN, " "))
    mark = " [*]" if applicable(finding) is Safety.SAFE else ""
    yield from _wrapped(head, f"{finding.name} {message_of(finding)}{mark}", width)
    yield from _source(report, finding.span, width, style)
    for note in finding.notes:
        yield from _note(note, finding, report, width)
    if finding.verdict is not None:
        yield from _verdict(finding, width)
    if finding.fix is not None:
        yield from _help(finding.fix, width)


def _note(note: Note, finding: Finding, report: Report, width: int | None) -> Iterator[Line]:
    # In the finding's own file the line number beside the source says enough.
    elsewhere = note.span.path != finding.span.path or note.span.cell != finding.span.cell
    place = f"{place_of(note.span)}: " if elsewhere or note.span.path not in report.sources else ""
    yield from _wrapped(((Style.NOTE, "  note: "),), place + escape(note.message), width)
    yield from _source(report, note.span, width, Style.NOTE)


def _verdict(finding: Finding, width: int | None) -> Iterator[Line]:
    verdict = finding.verdict
    assert verdict is not None
    style = Style.GOOD if verdict.outcome == "refuted" else Style.NOTE
    only = " (only the run shows it)" if finding.origin == "run" else ""
    outcome = verdict.outcome.replace("-", " ").upper()
    yield from _wrapped(((style, f"  run: {outcome}: "),), escape(verdict.summary) + only, width)


def _help(fix: Fix, width: int | None) -> Iterator[Line]:
    safety = _SAFETY[fix.safety] if fix.edits else ""
    yield from _wrapped(((Style.HELP, "  help: "),), escape(fix.title) + safety, width)


def _source(report: Report, span: Span, width: int | None, style: Style) -> Iterator[Line]:
    number = str(span.line)
    gutter = f"{number:>5} | "
    source = source_of(report, span)
    if source is None:
        return
    shown = excerpt(source, span, (width or EXCERPT_WIDTH) - len(gutter))
    if shown is None:
        return
    yield ((Style.GUTTER, gutter), (Style.PLAIN, shown.text))
    yield ((Style.GUTTER, " " * (len(gutter) - 2) + "| "), (style, " " * shown.indent + "^" * shown.carets))


def _wrapped(head: Line, text: str, width: int | None, *, style: Style = Style.PLAIN) -> Iterator[Line]:
    """The head and the text on one line, or on several where there is a width to keep."""
    used = sum(len(piece) for _, piece in head)
    if width is None or used + len(text) <= width:
        yield (*head, (style, text))
        return
    if used > width // 2:
        # Little room is left beside such a head: the text goes below it.
        yield head
        yield from (((style, line),) for line in _filled(text, width, "    "))
        return
    first, *rest = _filled(text, width, "x" * used)
    # The head takes the place of as many letters.
    yield (*head, (style, first[used:]))
    yield from (((style, line),) for line in rest)


def _filled(text: str, width: int, start: str) -> list[str]:
    return textwrap.wrap(text, width=width, initial_indent=start, subsequent_indent="    ", break_on_hyphens=False)
