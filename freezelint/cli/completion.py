"""`freezelint completion SHELL`: the script that lets a shell complete commands, options and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from freezelint.cli.output import show

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "_FREEZELINT_COMPLETE"
"""The environment variable by which such a script asks for completions."""
SHELLS = ("bash", "zsh", "fish")


@click.command(name="completion", short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print the script that completes freezelint's commands, options and rules in bash, zsh or fish.

    \b
    bash: eval "$(freezelint completion bash)"      in ~/.bashrc
    zsh:  eval "$(freezelint completion zsh)"       in ~/.zshrc, after compinit
    fish: freezelint completion fish > ~/.config/fish/completions/freezelint.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"completion for {shell} is not available")
    root = context.find_root().command
    # Filled in here and not by `source()`, which asks for bash itself to look at its version.
    completion = kind(root, {}, "freezelint", VARIABLE)
    show(completion.source_template % completion.source_vars())


def rules_starting_with(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes and names of rules that go on from what was typed, after the last comma."""
    from click.shell_completion import CompletionItem

    from freezelint.registry import load_rules

    before, comma, word = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{text}", help=rule.summary)
        for rule in load_rules()
        for text in (rule.code, rule.name)
        if text.lower().startswith(word.lower())
    ]


def formats_starting_with(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of report formats that go on from what was typed."""
    from click.shell_completion import CompletionItem

    from freezelint.report.formats import FORMATS

    return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]
