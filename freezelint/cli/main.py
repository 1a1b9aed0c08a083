"""The `freezelint` command: finds the command that is meant, and lets no error out as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from freezelint import __version__
from freezelint.cli.check import check_command
from freezelint.cli.completion import VARIABLE
from freezelint.cli.output import complain, discard

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

TRACEBACK = "FREEZELINT_TRACEBACK"
"""The environment variable that shows the traceback of an internal error."""


COMMANDS = (
    "baseline", "check", "clean", "completion", "confirm", "inspect", "map", "rule", "rules", "server",
)  # fmt: skip
"""Each is `NAME_command` of a module of its own, which is loaded when the command is meant."""


class _DefaultsToCheck(click.Group):
    """A group for which `freezelint PATH` means `freezelint check PATH`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"freezelint.cli.{cmd_name}"), f"{cmd_name}_command")
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {*COMMANDS, *self.get_help_option_names(ctx), "--version"}
        # A shell that completes the first word may be given the name of a command.
        completes_first_word = not args and ctx.resilient_parsing
        if not completes_first_word and (not args or args[0] not in own):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and options, and those options and paths that a bare `freezelint` takes."""
        own = super().shell_complete(ctx, incomplete)
        check = check_command.make_context("check", [], parent=ctx, resilient_parsing=True)
        if incomplete.startswith("-"):
            return own + check_command.shell_complete(check, incomplete)
        (paths,) = (each for each in check_command.params if each.name == "paths")
        return own + paths.shell_complete(check, incomplete)


@click.group(cls=_DefaultsToCheck, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="freezelint")
def freezelint() -> None:
    """Find silent layer-freezing mistakes in PyTorch training code.

    `freezelint PATH...` is short for `freezelint check PATH...`.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 clean, 1 findings, 2 anything that went wrong."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        # Not in click's standalone mode, which exits with 1 where something went wrong.
        given = None if arguments is None else list(arguments)
        code = freezelint.main(args=given, standalone_mode=False, complete_var=VARIABLE)
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "freezelint"
        complain(f"freezelint: {error.format_message()}\nTry `{command} --help`.")
    except click.ClickException as error:
        complain(f"freezelint: {error.format_message()}")
    except (click.Abort, KeyboardInterrupt):
        complain("freezelint: interrupted")
        return 130
    except BrokenPipeError:
        # Click's own output, such as that of --help, went to a pipe that nobody reads.
        discard(sys.stdout)
        return 2
    except Exception as error:  # the last resort: whatever it is, the user gets a line and not a traceback
        if os.environ.get(TRACEBACK):
            raise
        complain(f"freezelint: internal error: {type(error).__name__}: {error} (set {TRACEBACK}=1 for the traceback)")
    return 2
