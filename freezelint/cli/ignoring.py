"""`--add-ignore`: writes a comment for each finding."""

from __future__ import annotations

from collections.abc import Sequence

from freezelint.cli.output import complain
from freezelint.config import Settings
from freezelint.core.findings import Report


def with_ignores(report: Report, paths: Sequence[str], settings: Settings, *, quiet: bool) -> Report:
    """Write a comment for each finding of the report; what is left are the findings that got none."""
    # Only now: it brings modules that no other check needs.
    from freezelint.run.ignoring import add_ignores

    added = add_ignores(report, paths, settings)
    if not quiet and added.comments:
        complain(
            f"freezelint: {_count(len(report.findings) - len(added.report.findings), 'finding')} excused by "
            f"{_count(added.comments, 'comment')} in {_count(added.files, 'file')}"
        )
    return added.report


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
