"""The map of a program on a terminal: what happens, line by line, and what becomes of the parts of the models."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from freezelint.core.pictures import EntryMap, Grads, Map, MapEvent, Mode, ModelHistory, State
from freezelint.report.picture_words import (
    changes_at,
    event_words,
    grads_words,
    mode_words,
    optimizer_words,
    part_label,
    place_in,
)
from freezelint.report.printable import escape

NARROWEST = 40
WIDTH = 100
"""Where no terminal sets a limit."""

OF_GRADS = {
    Grads.TRAINABLE: "green", Grads.FROZEN: "blue", Grads.MIXED: "magenta", Grads.UNKNOWN: "yellow", Grads.NONE: "dim",
}  # fmt: skip
_OF_KIND = {
    "freeze": "bold blue", "unfreeze": "bold green", "optimizer": "bold magenta", "add group": "bold magenta",
    "train mode": "bold cyan", "eval mode": "bold cyan",
}  # fmt: skip


def write(drawn: Map, *, width: int | None, colour: bool) -> str:
    """The map as text, with colours where they are wanted."""
    console = console_for(width, colour=colour)
    if not drawn.entries:
        console.print("nothing here freezes, trains or optimises a model")
    for number, entry in enumerate(drawn.entries):
        if number:
            console.print()
        for piece in _entry(entry, console.width):
            console.print(piece)
    return written(console)


def console_for(width: int | None, *, colour: bool) -> Console:
    """A console that writes into a string."""
    return Console(
        file=StringIO(), width=max(NARROWEST, width or WIDTH), force_terminal=colour, no_color=not colour,
        color_system="standard" if colour else None, highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip


def written(console: Console) -> str:
    """What was written, without blanks at the ends of lines."""
    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _entry(entry: EntryMap, width: int) -> Iterator[Text | Table]:
    yield Text(escape(f"{entry.path}: {entry.name}" if entry.name else entry.path), "bold underline")
    for number, event in enumerate(entry.events):
        yield from _event(entry, event, width)
        changes = Table.grid(padding=0)
        for model in entry.models:
            for change in changes_at(model, number):
                several = len(entry.models) > 1 and change.label != escape(model.label)
                name = f"{escape(model.label)}: {change.label}" if several else change.label
                changes.add_row(
                    Text("     > ", "dim"), Text.assemble(name, ": ", (change.words, _colour(change.state)))
                )
        if changes.rows:
            yield changes
    yield Text("at the end", "bold")
    for model in entry.models:
        yield _table(model)


def _event(entry: EntryMap, event: MapEvent, width: int) -> Iterator[Text]:
    place = place_in(event.span, entry.path)
    style = _OF_KIND.get(event.kind, "bold") if event.effect else "bold red"
    yield Text.assemble((f"{place:>4} ", "dim"), (event.kind, style), ("  " + event_words(event), "dim"))
    code = escape(event.code)
    room = width - 6
    yield Text(f"     {code if len(code) <= room else code[: room - 3] + '...'}")


def _colour(state: State | None) -> str:
    return "dim" if state is None else OF_GRADS[state.grads]


def _table(model: ModelHistory) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    kind = f" ({model.cls})" if model.cls and model.cls != model.label else ""
    table.add_column(escape(model.label + kind), overflow="fold", ratio=2, header_style="bold")
    for heading in ("gradients", "mode", "optimizer"):
        table.add_column(heading, overflow="fold", header_style="dim")
    for part in model.parts:
        state = part.states[-1]
        if state is None:
            continue
        table.add_row(
            part_label(part.names, model.label),
            Text(grads_words(state), _colour(state)),
            Text(mode_words(state), "" if state.mode in (Mode.TRAIN, Mode.EVAL) else "yellow"),
            optimizer_words(state).replace("in ", "", 1) if len(state.optimizers) == 1 else optimizer_words(state),
        )
    return table
