"""`freezelint check PATH...`, which a bare `freezelint PATH...` means as well."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from freezelint.cli.adoption import narrowing
from freezelint.cli.completion import formats_starting_with, rules_starting_with
from freezelint.cli.effort import show_profile, work_of
from freezelint.cli.fixing import FixOptions, fix_options, fixed
from freezelint.cli.ignoring import with_ignores
from freezelint.cli.options import (
    Adoption,
    Effort,
    FailOn,
    Showing,
    adoption_options,
    effort_options,
    refuse_contradictions,
    showing_options,
    standard_input,
)
from freezelint.cli.output import deliver, destinations_of, needs_edits
from freezelint.cli.progress import Bar, shown_bar
from freezelint.cli.watch import watch
from freezelint.config import ConfigurationError, Settings, load_settings
from freezelint.core.findings import Report
from freezelint.registry import RegistryError
from freezelint.report.formats import FORMATS

if TYPE_CHECKING:
    from freezelint.run.check import Work


@click.command(name="check", short_help="Check files and folders (the default command).")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=rules_starting_with,
    help="Only these rules: codes, starts of codes (FRZ1) or names.",
)
@click.option("--ignore", multiple=True, metavar="RULES", shell_complete=rules_starting_with, help="Not these rules.")
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=formats_starting_with,
    help=f"{', '.join(FORMATS)}; with =FILE written there. Repeatable.",
)
@click.option("--possible", is_flag=True, help="Show possible findings too, not only certain ones.")
@click.option("--config", "file", metavar="FILE", type=click.Path(), help="Read the settings from this file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@adoption_options
@showing_options
@effort_options
@fix_options
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
    adoption: Adoption,
    showing: Showing,
    effort: Effort,
    fixing: FixOptions,
) -> None:
    """Check files and folders (the current folder if none is given, standard input where it is -) without running them.

    Exits with 0 where nothing was found, 1 where something was, 2 where something could not be checked.
    """
    if file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    destinations = destinations_of(formats)
    given, unsaved = standard_input(paths or (".",), showing)
    refuse_contradictions(adoption, showing, destinations, stdin=unsaved is not None)
    fixing.refuse_contradictions(adoption, showing, formats=formats, stdin=unsaved is not None)

    def once() -> int:
        settings = settings_for(given, file, isolated=isolated)
        settings = settings.with_command_line(
            select=listed(select) if select else None, ignore=listed(ignore), possible=possible
        )
        started = time.perf_counter()
        work = work_of(effort, settings, cached=unsaved is None)
        narrowed = narrowing(adoption, settings, given, common_folder(given))
        with shown_bar(showing, quiet=quiet) as progress:

            def checked_now(instead: Mapping[str, bytes]) -> Report:
                words = listed(select + ignore)
                return narrowed(
                    checked(given, settings, from_options=words, instead=instead, progress=progress, work=work)
                )

            if fixing.wanted:
                report, found = fixed(given, settings, fixing, checked_now, quiet=quiet)
                if fixing.silent:
                    return 2 if report.problems else int(found and fixing.diff and not exit_zero)
            else:
                report = checked_now(unsaved or {})
                if needs_edits(destinations):
                    with work.stages("work out fixes"):
                        report = _with_edits(report, unsaved, work)
        if adoption.add_ignore:
            report = with_ignores(report, given, settings, quiet=quiet)
        with work.stages("report"):
            deliver(report, destinations, quiet=quiet, statistics=showing.statistics)
        if effort.profile:
            show_profile(work.stages, started)
        return exit_code(report, exit_zero=exit_zero, fail_on=FailOn(showing.fail_on))

    if showing.watch:
        watch(given, once)
        context.exit(0)
    context.exit(once())


def exit_code(report: Report, *, exit_zero: bool, fail_on: FailOn = FailOn.INFO) -> int:
    """0 clean, 1 something severe enough was found, 2 something could not be checked."""
    if report.problems:
        return 2
    return int(fail_on.fails(report) and not exit_zero)


def settings_for(paths: tuple[str, ...], file: str | None, *, isolated: bool) -> Settings:
    """The settings that hold for the paths. Raises `click.UsageError` where they are wrong."""
    try:
        return load_settings(common_folder(paths), file=file, isolated=isolated)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error


def checked(
    paths: tuple[str, ...],
    settings: Settings,
    *,
    from_options: tuple[str, ...],
    instead: Mapping[str, bytes] | None = None,
    progress: Bar | None = None,
    work: Work | None = None,
) -> Report:
    # Only now, so that `--help` and a slip in the options are answered at once.
    from freezelint.run.check import check
    from freezelint.run.selection import UnknownRule

    try:
        return check(paths, settings, instead=instead, progress=progress, work=work)
    except UnknownRule as error:
        # What was not typed stands in the file.
        place = "" if error.selector in from_options else f"{settings.source}: "
        raise click.UsageError(f"{place}{error}") from error
    except RegistryError as error:
        raise click.ClickException(str(error)) from error


def _with_edits(report: Report, unsaved: Mapping[str, bytes] | None, work: Work) -> Report:
    if not report.findings:
        return report
    from freezelint.run.fixing import with_edits

    return with_edits(report, unsaved, work.remembered)


def common_folder(paths: tuple[str, ...]) -> str:
    """The folder that holds all the paths: where the search for the settings starts."""
    folders = []
    for path in paths:
        absolute = os.path.abspath(path.replace("\0", ""))
        folders.append(absolute if os.path.isdir(absolute) else os.path.dirname(absolute))
    return os.path.commonpath(folders)


def listed(options: tuple[str, ...]) -> tuple[str, ...]:
    """The words of options that may be repeated, or hold several separated by commas."""
    return tuple(word.strip() for option in options for word in option.split(",") if word.strip())
