"""The text format in colour, for a terminal. The only writer that needs rich."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from freezelint.core.findings import Report
from freezelint.report.layout import Style, layout
from freezelint.report.printable import escape

_COLOURS = {
    Style.PLAIN: "",
    Style.PLACE: "bold",
    Style.ERROR: "bold red",
    Style.WARNING: "bold yellow",
    Style.INFO: "bold blue",
    Style.GUTTER: "dim",
    Style.NOTE: "cyan",
    Style.HELP: "green",
    Style.GOOD: "green",
}

_OF_PATCH = {"+": "green", "-": "red", "@": "cyan"}


def write(report: Report, *, width: int | None = None, summary: bool = True) -> str:
    """The report as text with colours."""
    console = _console(width)
    for line in layout(report, width=width, summary=summary):
        text = Text(no_wrap=True, overflow="ignore", end="\n")
        for style, piece in line:
            text.append(piece, _COLOURS[style])
        # The layout has wrapped and cut already: rich must leave the lines alone.
        console.print(text, soft_wrap=True, crop=False)
    return _written(console)


def markdown(text: str, *, width: int | None) -> str:
    """A page in Markdown, as a terminal shows it."""
    console = _console(width)
    console.print(Markdown(text))
    return _written(console)


def patch(text: str) -> str:
    """A unified diff in the colours that people know."""
    console = _console(None)
    for number, line in enumerate(text.removesuffix("\n").split("\n")):
        head = number < 2 and line.startswith(("---", "+++"))
        colour = "bold" if head else _OF_PATCH.get(line[:1], "")
        # Tabs stay; whatever else could move the cursor is shown as an escape.
        shown = "\t".join(escape(part) for part in line.split("\t"))
        console.print(Text(shown, colour, no_wrap=True, overflow="ignore", tab_size=8), soft_wrap=True, crop=False)
    return _written(console)


def _console(width: int | None) -> Console:
    # Whether colour is wanted was decided before; rich would look at its own stream and at the environment again.
    return Console(
        file=StringIO(), width=width or 80, force_terminal=True, color_system="standard", no_color=False,
        highlight=False, legacy_windows=False,
    )  # fmt: skip


def _written(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()
