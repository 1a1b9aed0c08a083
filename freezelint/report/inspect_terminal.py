"""A real model on a terminal: its tree with what is trainable, in which mode, how large, in which group."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from freezelint.core.pictures import Inspection, Layer, Mode
from freezelint.report import inspect_words as words
from freezelint.report.map_terminal import OF_GRADS, console_for, written
from freezelint.report.printable import escape

LEVELS = 2
"""So many levels of the tree are shown, and below them only what is not all in one state."""


def write(found: Inspection, *, width: int | None, colour: bool, levels: int = LEVELS) -> str:
    """The model as text, with colours where they are wanted."""
    console = console_for(width, colour=colour)
    console.print(Text(f"{escape(found.label)}: {words.total(found)}", "bold"))
    rows = list(words.rows(found.model, levels))
    shapes = any(row.layer.shape for row in rows)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    table.add_column("module", overflow="fold", header_style="dim")
    table.add_column("gradients", overflow="fold", header_style="dim")
    table.add_column("mode", header_style="dim")
    table.add_column("params", justify="right", header_style="dim", no_wrap=True)
    for heading, wanted in (("group", bool(found.groups)), ("output", shapes)):
        if wanted:
            table.add_column(heading, overflow="fold", header_style="dim")
    for row in rows:
        layer = row.layer
        cells = [_name(row), Text(words.grads(layer), OF_GRADS[layer.grads]), _mode(layer)]
        cells.append(Text(words.count(layer.parameters) if layer.parameters else ""))
        cells += [Text(words.groups(layer))] if found.groups else []
        cells += [Text(escape(layer.shape))] if shapes else []
        table.add_row(*cells)
    console.print(table)
    if found.optimizer:
        console.print(Text(escape(found.optimizer), "bold"))
    for number, group in enumerate(found.groups):
        console.print(Text(f"  {words.group(number, group)}"))
    if found.missed:
        console.print(Text(f"  {words.missed(found)}", "yellow"))
    return written(console)


def _name(row: words.Row) -> Text:
    layer = row.layer
    shared = " (shared)" if layer.shared else ""
    return Text.assemble(
        "  " * row.depth, (words.label(layer), "bold" if layer.children else ""), words.times(layer),
        (f" {escape(layer.cls)}{shared}", "dim"),
    )  # fmt: skip


def _mode(layer: Layer) -> Text:
    match layer.mode:
        case Mode.UNKNOWN:
            return Text("")
        case Mode.MIXED:
            return Text("mixed", "yellow")
        case _:
            return Text(layer.mode.value)
