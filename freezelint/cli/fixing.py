"""`freezelint check --fix` and its kin: the options, the patch, and what was mended."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import click
import msgspec

from freezelint.cli.options import Adoption, Command, Showing, gathered
from freezelint.cli.output import complain, show, wants_colour
from freezelint.config import Settings
from freezelint.core.findings import Finding, Report
from freezelint.report.layout import problem_line
from freezelint.report.printable import escape

Check = Callable[[Mapping[str, bytes]], Report]


class FixOptions(msgspec.Struct, frozen=True):
    """What the user wants to be mended, and to see of it."""

    fix: bool
    unsafe_fixes: bool
    diff: bool
    fix_only: bool
    show_fixes: bool

    @property
    def wanted(self) -> bool:
        """Whether anything is to be mended, on disk or in a patch."""
        return self.fix or self.diff or self.fix_only

    @property
    def silent(self) -> bool:
        """Whether what is left is not reported."""
        return self.diff or self.fix_only

    def refuse_contradictions(
        self, adoption: Adoption, showing: Showing, *, formats: Sequence[str], stdin: bool
    ) -> None:
        """Refuse options that make no sense together with fixes."""
        if self.silent and formats:
            raise click.UsageError("--diff and --fix-only show no report: --output-format cannot be given with them")
        if self.wanted and stdin:
            raise click.UsageError("fixes need files, not standard input")
        if self.wanted and showing.watch:
            raise click.UsageError("fixes and --watch exclude each other")
        if self.wanted and adoption.add_ignore:
            raise click.UsageError("fixes and --add-ignore exclude each other")


def fix_options(command: Command) -> Command:
    """The options of `check` that concern fixes, as `fixing`."""
    return gathered(
        "fixing",
        FixOptions,
        click.option("--fix", is_flag=True, help="Apply safe fixes, and report what is left."),
        click.option(
            "--unsafe-fixes", is_flag=True, help="With --fix or --diff: apply fixes that change what trains too."
        ),
        click.option("--diff", is_flag=True, help="Show what --fix would change as a patch, and change nothing."),
        click.option("--fix-only", is_flag=True, help="Like --fix, but report nothing of what is left."),
        click.option("--show-fixes", is_flag=True, help="With --fix or --diff: list what was fixed."),
    )(command)


def fixed(
    paths: Sequence[str], settings: Settings, options: FixOptions, checked: Check, *, quiet: bool
) -> tuple[Report, bool]:
    """Mend the files, or show the patch: what is left to report, and whether there was anything to mend."""
    from freezelint.run.fixing import mend, write

    mended = mend(paths, settings, unsafe=options.unsafe_fixes, checked=checked)
    report = mended.report
    if options.diff:
        from freezelint.report.patch import patch

        for change in mended.changes:
            _show_patch(patch(change.display, change.before, change.after))
    else:
        problems = (*report.problems, *write(mended.changes))
        report = msgspec.structs.replace(report, problems=problems)
    if options.silent:
        for problem in report.problems:
            complain(problem_line(problem))
    if mended.findings and (not quiet or options.show_fixes):
        for line in summary(mended.findings, diff=options.diff, each=options.show_fixes):
            complain(line)
    return report, bool(mended.changes)


def summary(findings: Sequence[Finding], *, diff: bool, each: bool) -> list[str]:
    """What was mended: one line, and with `each` the rules by file."""
    number = len(findings)
    lines = [f"{'would fix' if diff else 'fixed'} {number} finding{'' if number == 1 else 's'}" + ":" * each]
    if each:
        for path in dict.fromkeys(finding.span.path for finding in findings):
            lines.append(f"- {escape(path)}:")
            rules = Counter((one.code, one.name) for one in findings if one.span.path == path)
            lines.extend(f"    {count} x {code} ({name})" for (code, name), count in sorted(rules.items()))
    return lines


def _show_patch(content: bytes) -> None:
    if not wants_colour(sys.stdout):
        show(content)
        return
    from freezelint.report import terminal

    show(terminal.patch(content.decode("utf-8", "replace")))
