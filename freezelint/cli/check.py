"""`freezelint check PATH...`, which a bare `freezelint PATH...` means as well."""

from __future__ import annotations

import os
from pathlib import Path

import click

from freezelint.cli.output import deliver, destinations_of
from freezelint.config import ConfigurationError, Settings, load_settings
from freezelint.core.findings import Report
from freezelint.registry import RegistryError


@click.command(name="check", short_help="Check files and folders (the default command).")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules: codes, starts of codes (FRZ1) or names."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="text, concise, json or github; with =FILE written there. Repeatable.",
)
@click.option("--possible", is_flag=True, help="Show possible findings too, not only certain ones.")
@click.option("--config", "file", metavar="FILE", help="Read the settings from this file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even where something was found.")
@click.option("-q", "--quiet", is_flag=True, help="Show the findings only, no summary.")
@click.pass_context
def check_command(
    context: click.Context,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    formats: tuple[str, ...],
    possible: bool,
    file: str | None,
    isolated: bool,
    exit_zero: bool,
    quiet: bool,
) -> None:
    """Check files and folders (the current folder if none is given) without running them.

    Exits with 0 where nothing was found, 1 where something was, 2 where something could not be checked.
    """
    if file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    destinations = destinations_of(formats)
    given = paths or (".",)
    settings = settings_for(given, file, isolated=isolated)
    settings = settings.with_command_line(
        select=listed(select) if select else None, ignore=listed(ignore), possible=possible
    )
    report = _checked(given, settings, from_options=listed(select + ignore))
    deliver(report, destinations, quiet=quiet)
    context.exit(exit_code(report, exit_zero=exit_zero))


def exit_code(report: Report, *, exit_zero: bool) -> int:
    """0 clean, 1 something was found, 2 something could not be checked."""
    if report.problems:
        return 2
    return 1 if report.findings and not exit_zero else 0


def settings_for(paths: tuple[str, ...], file: str | None, *, isolated: bool) -> Settings:
    """The settings that hold for the paths. Raises `click.UsageError` where they are wrong."""
    try:
        return load_settings(_common_folder(paths), file=None if file is None else Path(file), isolated=isolated)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error


def _checked(paths: tuple[str, ...], settings: Settings, *, from_options: tuple[str, ...]) -> Report:
    # Only now, so that `--help` and a slip in the options are answered at once.
    from freezelint.run.check import check
    from freezelint.run.selection import UnknownRule

    try:
        return check(paths, settings)
    except UnknownRule as error:
        # What was not typed stands in the file.
        place = "" if error.selector in from_options else f"{settings.source}: "
        raise click.UsageError(f"{place}{error}") from error
    except RegistryError as error:
        raise click.ClickException(str(error)) from error


def _common_folder(paths: tuple[str, ...]) -> Path:
    """The folder that holds all the paths: where the search for the settings starts."""
    folders = []
    for path in paths:
        absolute = os.path.abspath(path.replace("\0", ""))
        folders.append(absolute if os.path.isdir(absolute) else os.path.dirname(absolute))
    return Path(os.path.commonpath(folders))


def listed(options: tuple[str, ...]) -> tuple[str, ...]:
    """The words of options that may be repeated, or hold several separated by commas."""
    return tuple(word.strip() for option in options for word in option.split(",") if word.strip())
