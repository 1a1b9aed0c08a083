"""What `--baseline` and `--diff-base` leave of a report, and how a baseline is written."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from freezelint.cli.options import Adoption
from freezelint.cli.output import complain
from freezelint.config import Settings
from freezelint.core.findings import Report
from freezelint.report.printable import escape

DEFAULT_FILE = "freezelint-baseline.json"
SHOWN = 10
"""How many stale entries are listed one by one."""


def narrowed(report: Report, adoption: Adoption, settings: Settings, paths: Sequence[str], folder: str) -> Report:
    """The report without what the baseline knows, and without what the change did not add."""
    file = adoption.baseline or baseline_of(settings)
    if file is not None:
        report = _without_known(report, file, settings, paths)
    if adoption.diff_base is not None:
        from freezelint.run.changes import ChangesError, changes_since, only_changed

        try:
            report = only_changed(report, changes_since(adoption.diff_base, folder))
        except ChangesError as error:
            raise click.UsageError(f"--diff-base: {error}") from error
    return report


def _without_known(report: Report, file: str, settings: Settings, paths: Sequence[str]) -> Report:
    from freezelint.run.baseline import BaselineError, compared, load

    try:
        result = compared(report, load(file), settings, paths)
    except BaselineError as error:
        raise click.UsageError(str(error)) from error
    for entry in result.stale[:SHOWN]:
        complain(f"{escape(file)}: {entry.code} at {escape(entry.path)}:{entry.line} is no longer found")
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
