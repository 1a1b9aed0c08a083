"""Words that several formats share: what a run said of a finding, and where each of its notes stands."""

from __future__ import annotations

from freezelint.core.findings import Finding, Note, Verdict
from freezelint.report.layout import place_of
from freezelint.report.printable import escape


def verdict_of(verdict: Verdict) -> str:
    """The verdict in one line: the outcome, then what was measured."""
    steps = f" ({verdict.steps} step{'' if verdict.steps == 1 else 's'})" if verdict.steps else ""
    return escape(f"{verdict.outcome}: {verdict.summary}{steps}")


def note_of(note: Note) -> str:
    """The note in one line, its place first."""
    return f"{place_of(note.span)}: {escape(note.message)}"


def details_of(finding: Finding) -> list[str]:
    """All that a format without source lines tells below the message, one line each."""
    lines = [f"note: {note_of(note)}" for note in finding.notes]
    if finding.fix is not None:
        lines.append(f"help: {escape(finding.fix.title)}")
    if finding.verdict is not None:
        lines.append(f"run: {verdict_of(finding.verdict)}")
    return lines
