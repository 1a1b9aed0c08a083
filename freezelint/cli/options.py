"""Options that belong together, each group gathered into one value, so that a command gets few things."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from enum import Enum
from functools import wraps
from typing import Any, TypeVar

import click
import msgspec

from freezelint.cli.output import Destination
from freezelint.core.findings import Report, Severity
from freezelint.discovery import display_path

Command = TypeVar("Command", bound=Callable[..., Any])


class FailOn(Enum):
    """From which severity on findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def fails(self, report: Report) -> bool:
        """Whether the report has a finding that is severe enough."""
        order = list(Severity)
        if self is FailOn.NEVER:
            return False
        return any(order.index(finding.severity) <= order.index(Severity(self.value)) for finding in report.findings)


class Adoption(msgspec.Struct, frozen=True):
    """How a project with findings starts: what is known, what is new, what is to be excused."""

    baseline: str | None
    diff_base: str | None
    add_ignore: bool


class Showing(msgspec.Struct, frozen=True):
    """What becomes of the findings besides being reported."""

    fail_on: str
    statistics: bool
    watch: bool
    progress: bool
    stdin_filename: str | None


class Effort(msgspec.Struct, frozen=True):
    """How the work is done, which makes no difference to what is found."""

    cache: bool
    cache_dir: str | None
    jobs: int | None
    profile: bool


def standard_input(paths: tuple[str, ...], showing: Showing) -> tuple[tuple[str, ...], dict[str, bytes] | None]:
    """The paths to check, and for the path `-` what stands in for the file: the bytes of standard input."""
    if "-" not in paths:
        if showing.stdin_filename is not None:
            raise click.UsageError("--stdin-filename needs the path -, which stands for standard input")
        return paths, None
    if len(paths) > 1:
        raise click.UsageError("standard input (-) cannot be checked together with other paths")
    name = showing.stdin_filename or "<stdin>"
    path = os.path.normpath(os.path.join(os.getcwd(), name))
    if os.path.isdir(path):
        raise click.UsageError(f"--stdin-filename {name} is a folder")
    return (name,), {display_path(path, os.getcwd()): sys.stdin.buffer.read()}


def refuse_contradictions(
    adoption: Adoption, showing: Showing, destinations: Iterable[Destination], *, stdin: bool
) -> None:
    """Refuse options that make no sense together."""
    on_disk = {"--add-ignore": adoption.add_ignore, "--diff-base": adoption.diff_base, "--watch": showing.watch}
    for option, value in on_disk.items():
        if stdin and value:
            raise click.UsageError(f"{option} needs files, not standard input")
    if adoption.add_ignore and showing.watch:
        raise click.UsageError("--add-ignore and --watch exclude each other")
    if showing.statistics and any(each.file is None and each.format not in ("text", "json") for each in destinations):
        raise click.UsageError("--statistics are shown as text or json: give the other format a file, FORMAT=FILE")


def gathered(name: str, group: type[Any], *options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """A decorator that adds options to a command and hands their values over as one struct called `name`."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def call(*arguments: Any, **values: Any) -> Any:
            values[name] = group(**{field: values.pop(field) for field in group.__struct_fields__})
            return command(*arguments, **values)

        for option in reversed(options):
            call = option(call)
        return call  # type: ignore[return-value]

    return decorate


def adoption_options(command: Command) -> Command:
    """`--baseline`, `--diff-base` and `--add-ignore`, as `adoption`."""
    return gathered(
        "adoption",
        Adoption,
        click.option(
            "--baseline", metavar="FILE", type=click.Path(),
            help="Leave out the findings in this file, which `freezelint baseline` writes.",
        ),
        click.option(
            "--diff-base", metavar="REV",
            help="Show only what was added since this git revision: findings on changed lines, or with a note on one.",
        ),
        click.option(
            "--add-ignore", is_flag=True, help="Write a comment `# freezelint: ignore[...]` for each finding."
        ),
    )(command)  # fmt: skip


def showing_options(command: Command) -> Command:
    """`--fail-on`, `--statistics`, `--watch`, `--progress` and `--stdin-filename`, as `showing`."""
    return gathered(
        "showing",
        Showing,
        click.option(
            "--fail-on", type=click.Choice([level.value for level in FailOn]), default=FailOn.INFO.value,
            help="The least severity that makes the exit code 1; never: none does. [default: info]",
        ),
        click.option("--statistics", is_flag=True, help="Show how often each rule was broken, not each finding."),
        click.option("--watch", is_flag=True, help="Check again whenever a file changes, until interrupted."),
        click.option("--progress/--no-progress", default=True, help="A progress bar for long work on a terminal."),
        click.option(
            "--stdin-filename", metavar="FILE", type=click.Path(),
            help="The file that standard input, the path -, is checked as.",
        ),
    )(command)  # fmt: skip


def effort_options(command: Command) -> Command:
    """`--no-cache`, `--cache-dir`, `--jobs` and `--profile`, as `effort`."""
    return gathered(
        "effort",
        Effort,
        click.option("--cache/--no-cache", default=True, help="Use what earlier runs left in the cache. [default: do]"),
        click.option(
            "--cache-dir", metavar="FOLDER", type=click.Path(),
            help="The folder of the cache. [default: .freezelint_cache in the project]",
        ),
        click.option(
            "-j", "--jobs", metavar="N", type=click.IntRange(min=1),
            help="Work in so many processes. [default: one for small work, else one for each core]",
        ),
        click.option("--profile", is_flag=True, help="Show where the time went, on standard error."),
    )(command)  # fmt: skip
