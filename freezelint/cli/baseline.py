"""`freezelint baseline PATH...`: writes down what is found now, so that only what is new is reported later."""

from __future__ import annotations

import click

from freezelint.cli.adoption import DEFAULT_FILE, baseline_of, write_baseline
from freezelint.cli.check import checked, listed, settings_for
from freezelint.cli.completion import rules_starting_with
from freezelint.cli.output import complain
from freezelint.report.layout import problem_line
from freezelint.report.printable import escape


@click.command(name="baseline", short_help="Write down the findings of today, for --baseline.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help=f"The file to write. [default: that of the settings, or {DEFAULT_FILE}]",
)
@click.option("--select", multiple=True, metavar="RULES", shell_complete=rules_starting_with, help="Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULES", shell_complete=rules_starting_with, help="Not these rules.")
@click.option("--possible", is_flag=True, help="Write down possible findings too.")
@click.option("--config", "file", metavar="FILE", type=click.Path(), help="Read the settings from this file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what was written.")
@click.pass_context
def baseline_command(
    context: click.Context,
    paths: tuple[str, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    possible: bool,
    file: str | None,
    isolated: bool,
    quiet: bool,
) -> None:
    """Write the findings of files and folders to a file, which `freezelint check --baseline FILE` leaves out.

    Exits with 0 where it was written, 2 where something could not be checked.
    """
    if file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    given = paths or (".",)
    settings = settings_for(given, file, isolated=isolated).with_command_line(
        select=listed(select) if select else None, ignore=listed(ignore), possible=possible
    )
    report = checked(given, settings, from_options=listed(select + ignore))
    target = output or baseline_of(settings) or DEFAULT_FILE
    number = write_baseline(target, report, settings)
    for problem in report.problems:
        complain(problem_line(problem))
    if not quiet:
        complain(f"freezelint: {number} {'finding' if number == 1 else 'findings'} written to {escape(target)}")
    context.exit(2 if report.problems else 0)
