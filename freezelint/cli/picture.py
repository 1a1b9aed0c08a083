"""Where pictures go: the screen, a page for the browser, JSON."""

from __future__ import annotations

import sys

import click
import msgspec

from freezelint.cli.output import complain, show, wants_colour, width_of
from freezelint.report.printable import escape


def screen() -> tuple[int | None, bool]:
    """The columns that standard output has, and whether it shows colours."""
    return width_of(sys.stdout), wants_colour(sys.stdout)


def save_page(file: str, page: str) -> None:
    """Write a page to a file, and say so."""
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(page)
    except OSError as error:
        raise click.ClickException(f"the page cannot be written to {file}: {error.strerror}") from error
    complain(f"freezelint: written to {escape(file)}")


def show_json(drawn: msgspec.Struct) -> None:
    """Show a picture as one JSON object."""
    show(msgspec.json.format(msgspec.json.encode(drawn), indent=2) + b"\n")
