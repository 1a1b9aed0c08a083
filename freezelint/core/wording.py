"""Words for messages: what an event or a set of parameters is about, as the user would say it."""

from __future__ import annotations

from collections.abc import Iterable

from .events import Event, GradSet, Selection
from .objects import Kind
from .symbols import Path
from .timeline import Timeline
from .truth import YES


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


def frozen_part(timeline: Timeline, write: GradSet, time: int, path: Path) -> str:
    """What a write froze, in the user's words: "part of" it where some was set free again before `time`."""
    label = part(timeline, [write])
    atoms = timeline.atoms(write.selections, path) if label.startswith("`") else []
    free = any(timeline.requires_grad(atom, time, path).truth is YES for atom in atoms)
    return f"part of {label}" if free else label


def named(timeline: Timeline, event: Event, selections: Iterable[Selection], name: str = "requires_grad") -> str:
    """What an event is about, in backticks: as the user wrote it, unless that is the name of each element of a loop."""
    chosen = list(selections)
    own = subject(event, name)
    roots = {timeline.heap[root].label for root in map(_root, chosen)}
    if "." in own or "[" in own or own in roots or not chosen:
        return f"`{own}`"
    told = parts(timeline, chosen)
    return f"`{own}`" if "[...]" in told else told


def _root(selection: Selection) -> int:
    while isinstance(selection.root, Selection):
        selection = selection.root
    return selection.root


def counted(timeline: Timeline, layers: Iterable[int], noun: str) -> str:
    """How many layers, where that is known: a configuration may say how often a part of a model is repeated."""
    found = list(layers)
    return f"{noun}s" if any(timeline.heap[each].configured for each in found) else count(len(found), noun)


def _step(name: str) -> str:
    """A part of a path as it is written in code; `?` and a number stand for an item that is not known."""
    if name.startswith("?"):
        return "[...]"
    return f"[{name}]" if name.isdigit() else f".{name}"


def name_of(timeline: Timeline, number: int) -> str:
    """An object as the user would write it: the name of the module at the top and the way down from there."""
    way = ""
    seen: set[int] = set()
    while timeline.heap[number].parents and number not in seen:
        seen.add(number)
        edge = timeline.heap[number].parents[-1]
        way = _step(edge.name) + way
        number = edge.parent
    return timeline.heap[number].label + way


def count(number: int, noun: str) -> str:
    """`1 layer`, `20 layers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
