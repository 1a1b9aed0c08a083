"""The text format: each finding with its source line, carets and notes, then a summary."""

from __future__ import annotations

from freezelint.core.findings import Report
from freezelint.report.layout import layout


def write(report: Report, *, width: int | None = None, summary: bool = True) -> str:
    """The report as plain text."""
    lines = ("".join(text for _, text in line).rstrip() for line in layout(report, width=width, summary=summary))
    return "".join(line + "\n" for line in lines)
