"""Words for messages: what an event or a set of parameters is about, as the user would say it."""

from __future__ import annotations

from collections.abc import Iterable

from .events import Event, GradSet, Selection
from .objects import Kind
from .timeline import Timeline


def subject(event: Event, name: str = "requires_grad") -> str:
    """The object that an event is about, as the user wrote it, without the attribute `name`."""
    return event.text.removesuffix(f".{name}") or "it"


def part(timeline: Timeline, writes: Iterable[GradSet]) -> str:
    """What the writes are about, in the user's words: "`model.backbone`", "part of `model`", "`a` and 1 more"."""
    return parts(timeline, (each for write in writes for each in write.selections))


def parts(timeline: Timeline, selections: Iterable[Selection]) -> str:
    """The same for selections."""
    names: dict[str, None] = {}
    for selection in selections:
        root, whole = selection.root, selection.scope == "all" and not selection.tests
        while isinstance(root, Selection):
            whole = whole and not root.tests and root.scope in ("all", "self")
            root = root.root
        label = f"`{name_of(timeline, root)}`"
        whole = whole or timeline.heap[root].kind is Kind.PARAMETER
        names[label if whole else f"part of {label}"] = None
    if not names:
        return "`it`"
    first, *more = names
    return f"{first} and {len(more)} more" if more else first


def name_of(timeline: Timeline, number: int) -> str:
    """An object as the user would write it: the name of the module at the top and the way down from there."""
    way = ""
    seen: set[int] = set()
    while timeline.heap[number].parents and number not in seen:
        seen.add(number)
        edge = timeline.heap[number].parents[-1]
        way = (f"[{edge.name}]" if edge.name.isdigit() else f".{edge.name}") + way
        number = edge.parent
    return timeline.heap[number].label + way


def count(number: int, noun: str) -> str:
    """`1 layer`, `20 layers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
