"""`freezelint confirm`: runs training code under probes and says which findings it confirms."""

from __future__ import annotations

import os
import sys

import click

from freezelint.cli.check import listed, settings_for
from freezelint.cli.output import complain, deliver, destinations_of
from freezelint.config import Settings
from freezelint.core.findings import Report
from freezelint.registry import RegistryError


class _WithProgram(click.Command):
    """A command that leaves what follows `--` (or `--pytest`) to the program."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own, program = list(args), []
        for mark in ("--", "--pytest"):
            if mark in args:
                cut = args.index(mark) + 1
                own, program = args[:cut], args[cut:]
                break
        if own[-1:] == ["--"]:
            own.pop()
        if mark == "--pytest" and program[:1] == ["--"]:
            del program[0]
        ctx.meta["program"] = tuple(program)
        return super().parse_args(ctx, own)


@click.command(
    cls=_WithProgram, name="confirm", short_help="Run training code and confirm or refute what was found in it."
)
@click.option("-m", "module", metavar="MODULE", help="Run a module as `python -m` does.")
@click.option("--pytest", "pytest", is_flag=True, help="Run pytest with the arguments that follow.")
@click.option("--model", "factory", metavar="MODULE:FACTORY",
              help="Run nothing: replay on this model what the given files or folders do.")  # fmt: skip
@click.option("--input", "shape", metavar="SHAPE", default="",
              help="With --model, the shape of its input (2,3,224,224); guessed where not given.")  # fmt: skip
@click.option("--steps", type=click.IntRange(min=0), default=20, show_default=True, metavar="N",
              help="Stop once an optimizer has taken this many steps; 0 for never.")  # fmt: skip
@click.option("--batches", type=click.IntRange(min=1), metavar="K",
              help="Let each pass over a DataLoader give this many batches at most.")  # fmt: skip
@click.option("--hard", is_flag=True, help="Stop without running `finally` blocks and exit handlers.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="End the run after this time.")  # fmt: skip
@click.option("--only-confirmed", is_flag=True, help="Exit 1 only where a finding is confirmed.")
@click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules: codes, starts of codes (FRZ1) or names."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
@click.option("--output-format", "formats", multiple=True, metavar="FORMAT[=FILE]",
              help="As of check; what is not written to a file goes to standard error.")  # fmt: skip
@click.option("--possible", is_flag=True, help="Show possible findings that the run does not confirm, too.")
@click.option("--config", "file", metavar="FILE", help="Read the settings from this file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even where something was found.")
@click.option("-q", "--quiet", is_flag=True, help="Show the findings only, no summary.")
@click.argument("program", nargs=-1, metavar="[SCRIPT | NOTEBOOK | MODULE:FUNCTION] [-- ARGS]")
@click.pass_context
def confirm_command(
    context: click.Context,
    module: str | None,
    pytest: bool,
    factory: str | None,
    shape: str,
    steps: int,
    batches: int | None,
    hard: bool,
    timeout: float | None,
    only_confirmed: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    formats: tuple[str, ...],
    possible: bool,
    file: str | None,
    isolated: bool,
    exit_zero: bool,
    quiet: bool,
    program: tuple[str, ...],
) -> None:
    """Run training code under probes for a few steps and give each finding in the files that it loads a verdict:
    CONFIRMED, REFUTED, NOT REACHED or UNDECIDED, with what was measured.

    The program's own arguments follow `--`, those of pytest `--pytest`. Exits with 1 where a finding stands that
    the run does not refute, 2 where the program fails or something could not be checked.
    """
    from freezelint.run.confirm import Options, Target, confirm
    from freezelint.run.selection import UnknownRule

    if file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    destinations = destinations_of(formats)
    if factory is not None:
        kind, name, rest = _replayed(factory, shape, program, other=module is not None or pytest)
        start = rest[1:]
    elif shape:
        raise click.UsageError("--input needs --model")
    else:
        kind, name, rest = _target(module, program, context.meta["program"], pytest=pytest)
        start = (name,) if kind in ("script", "notebook") else (os.curdir,)
    settings: Settings = settings_for(start, file, isolated=isolated)
    settings = settings.with_command_line(
        select=listed(select) if select else None, ignore=listed(ignore), possible=possible
    )
    options = Options(steps=steps or None, batches=batches, hard=hard, timeout=timeout)
    try:
        found = confirm(Target(kind, name, rest), settings, options)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from error
    except RegistryError as error:
        raise click.ClickException(str(error)) from error
    deliver(found.report, destinations, quiet=quiet, stream=sys.stderr)
    if not quiet:
        complain(found.told)
    context.exit(_exit_code(found.report, found.failed, only_confirmed=only_confirmed, exit_zero=exit_zero))


def _replayed(
    factory: str, shape: str, paths: tuple[str, ...], *, other: bool
) -> tuple[str, str, tuple[str, ...]]:  # fmt: skip
    """What to replay: the factory, the shape of the input, and the files."""
    if other:
        raise click.UsageError("--model excludes -m and --pytest")
    if ":" not in factory:
        raise click.UsageError("--model takes MODULE:FACTORY")
    missing = [path for path in paths if not os.path.exists(path)]
    if missing or not paths:
        raise click.UsageError(f"there is no file {missing[0]}" if missing else "no file to replay is given")
    return "model", factory, (shape, *paths)


def _target(
    module: str | None, given: tuple[str, ...], after: tuple[str, ...], *, pytest: bool
) -> tuple[str, str, tuple[str, ...]]:
    """What to run: the kind, the name, and the program's own arguments."""
    if module is not None and pytest:
        raise click.UsageError("-m and --pytest exclude each other")
    if module is not None:
        return "module", module, (*given, *after)
    if pytest:
        return "pytest", "pytest", (*given, *after)
    if not given:
        raise click.UsageError("no program is given: a script, a notebook, module:function, -m MODULE or --pytest")
    name, *more = given
    kind = "script"
    if name.endswith(".ipynb"):
        kind = "notebook"
    elif ":" in name and not os.path.exists(name):
        kind = "function"
    if kind != "function" and not os.path.isfile(name):
        raise click.UsageError(f"there is no file {name}")
    return kind, name, (*more, *after)


def _exit_code(report: Report, failed: bool, *, only_confirmed: bool, exit_zero: bool) -> int:
    outcomes = [finding.verdict.outcome for finding in report.findings if finding.verdict is not None]
    if any(problem.internal for problem in report.problems):
        return 2
    standing = outcomes.count("confirmed") if only_confirmed else sum(each != "refuted" for each in outcomes)
    if standing:
        return 0 if exit_zero else 1
    return 2 if failed or report.problems else 0
