"""`freezelint rules`: the list of rules."""

from __future__ import annotations

from collections.abc import Sequence

import click
import msgspec

from freezelint.cli.output import show
from freezelint.core.findings import Safety, Severity
from freezelint.core.rules import Rule
from freezelint.registry import RegistryError, load_rules
from freezelint.run.selection import on_by_default


class Listed(msgspec.Struct, frozen=True):
    """A rule as the list tells of it."""

    code: str
    name: str
    summary: str
    severity: Severity
    default: bool
    fix: Safety | None
    confirmed_by: str


@click.command(name="rules", short_help="List the rules.")
@click.option(
    "--output-format", "output_format", type=click.Choice(["text", "json"]), default="text", help="text or json."
)
def rules_command(output_format: str) -> None:
    """List the rules that are installed."""
    try:
        rules = load_rules()
    except RegistryError as error:
        raise click.ClickException(str(error)) from error
    show(as_json(rules) if output_format == "json" else as_text(rules))


def as_json(rules: Sequence[Rule]) -> bytes:
    """The rules as a JSON list."""
    listed = [Listed(**{field: getattr(rule, field) for field in Listed.__struct_fields__}) for rule in rules]
    return msgspec.json.format(msgspec.json.encode(listed), indent=2) + b"\n"


def as_text(rules: Sequence[Rule]) -> str:
    """One line for each rule."""
    width = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        off = "" if on_by_default(rule) else " (off unless selected)"
        lines.append(f"{rule.code}  {rule.severity.value:<7}  {rule.name:<{width}}  {rule.summary}{off}\n")
    return "".join(lines)
