"""`freezelint rule CODE`: the page of a rule."""

from __future__ import annotations

import sys

import click

from freezelint.cli.completion import rules_starting_with
from freezelint.cli.output import show, wants_colour, width_of
from freezelint.config import closest
from freezelint.core.rules import Rule
from freezelint.registry import RegistryError, load_rules, page


@click.command(name="rule", short_help="Show the page of a rule.")
@click.argument("code", metavar="CODE", shell_complete=rules_starting_with)
def rule_command(code: str) -> None:
    """Show the page of a rule: what it finds, why that matters, what to write instead."""
    try:
        text = page(_found(code))
    except RegistryError as error:
        raise click.ClickException(str(error)) from error
    if not text.endswith("\n"):
        text += "\n"
    if wants_colour(sys.stdout):
        from freezelint.report.terminal import markdown

        text = markdown(text, width=width_of(sys.stdout))
    show(text)


def _found(code: str) -> Rule:
    rules = load_rules()
    for rule in rules:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    known = [word for rule in rules for word in (rule.code, rule.name)]
    raise click.UsageError(f"unknown rule `{code}`{closest(code, known)}")
