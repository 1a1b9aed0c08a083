"""What `--baseline` and `--diff-base` leave of a report, and how a baseline is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from freezelint.cli.options import Adoption
from freezelint.cli.output import complain
from freezelint.config import Settings
from freezelint.core.findings import Report
from freezelint.report.printable import escape

if TYPE_CHECKING:
    from freezelint.run.baseline import Baseline
    from freezelint.run.changes import Changes

DEFAULT_FILE = "freezelint-baseline.json"
SHOWN = 10
"""How many stale entries are listed one by one."""


def narrowing(adoption: Adoption, settings: Settings, paths: Sequence[str], folder: str) -> Callable[[Report], Report]:
    """What leaves out of a report what the baseline knows and what the change did not add.

    Files and git are asked at once, so that a slip is told before the work.
    """
    file = adoption.baseline or baseline_of(settings)
    known = None if file is None else _baseline(file)
    changes = None if adoption.diff_base is None else _changes(adoption.diff_base, folder)

    def narrowed(report: Report) -> Report:
        if file is not None and known is not None:
            report = _without_known(report, file, known, settings, paths)
        if changes is not None:
            from freezelint.run.changes import only_changed

            report = only_changed(report, changes)
        return report

    return narrowed


def _baseline(file: str) -> Baseline:
    from freezelint.run.baseline import BaselineError, load

    try:
        return load(file)
    except BaselineError as error:
        raise click.UsageError(str(error)) from error


def _changes(revision: str, folder: str) -> Changes:
    from freezelint.run.changes import ChangesError, changes_since

    try:
        return changes_since(revision, folder)
    except ChangesError as error:
        raise click.UsageError(f"--diff-base: {error}") from error


def _without_known(report: Report, file: str, known: Baseline, settings: Settings, paths: Sequence[str]) -> Report:
    from freezelint.run.baseline import compared

    result = compared(report, known, settings, paths)
    for entry in result.stale[:SHOWN]:
        cell = "" if entry.cell is None else f"cell {entry.cell}:"
        complain(f"{escape(file)}: {entry.code} at {escape(entry.path)}:{cell}{entry.line} is no longer found")
    if len(result.stale) > SHOWN:
        complain(f"{escape(file)}: and {len(result.stale) - SHOWN} more")
    if result.stale:
        complain("`freezelint baseline` writes the baseline anew")
    return result.report


def write_baseline(file: str, report: Report, settings: Settings) -> int:
    """Write the findings of a report as a baseline; returns how many they are."""
    from freezelint.run.baseline import dump, entries_of

    entries = entries_of(report, settings)
    try:
        with open(file, "wb") as stream:
            stream.write(dump(entries))
    except OSError as error:
        raise click.ClickException(f"the baseline cannot be written to {file}: {error.strerror}") from error
    return len(entries)


def baseline_of(settings: Settings) -> str | None:
    """The baseline file that the settings name, as a path from here."""
    return None if settings.baseline is None else os.path.relpath(os.path.join(settings.root, settings.baseline))
