"""Iterators that are made and never run: what a `map(...)` or a generator expression would have done to flags."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import Event, GradSet, LazyFreeze, Loop
from freezelint.core.spans import Span
from freezelint.core.symbols import Path, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from .text import render
from .values import Collection

if TYPE_CHECKING:
    from .frames import Frame
    from .interpreter import Interpreter


class Waiting(msgspec.Struct, frozen=True, eq=False):
    """A lazy iterator that was bound to a name, and the circumstances under which that happened."""

    iterator: Collection
    span: Span
    text: str
    time: int
    path: Path
    stack: tuple[Span, ...]
    functions: list[str]
    loops: tuple[Loop, ...]


def dropped(interp: Interpreter, value: Any, node: ir.Expression, frame: Frame) -> None:
    """A statement whose value is a lazy iterator: nothing can run it any more."""
    if isinstance(value, Collection) and value.pending is not None:
        _record(interp, _waiting(interp, value, node, frame))


def bound(interp: Interpreter, value: Any, node: ir.Expression, frame: Frame) -> None:
    """A name is bound to a lazy iterator: whether anything reads the name shows later."""
    if isinstance(value, Collection) and value.pending is not None and not value.seen:
        interp.world.waiting.append(_waiting(interp, value, node, frame))


def finish(interp: Interpreter) -> None:
    """At the end of a timeline: the iterators that were bound to a name which nothing reads."""
    for waiting in interp.world.waiting:
        if waiting.iterator.pending is not None and not waiting.iterator.seen:
            _record(interp, waiting)


def _waiting(interp: Interpreter, value: Collection, node: ir.Expression, frame: Frame) -> Waiting:
    world = interp.world
    here = interp.span(node.at, frame)
    made = value.made or here
    inside = made.path == here.path and here.line <= made.line <= here.end_line
    stack = world.stack if inside else (*world.stack, here)  # a helper made it, and its caller lets it go
    return Waiting(value, made, render(node), world.tick(), world.path, stack, world.functions, world.loops)


def _record(interp: Interpreter, waiting: Waiting) -> None:
    """Run the iterator to see what it would set, take that back, and record that it does not happen."""
    world = interp.world
    first = len(world.events)
    saved = (world.path, world.stack, world.functions, world.loops)
    world.path, world.stack = waiting.path, waiting.stack
    world.functions, world.loops = waiting.functions, waiting.loops
    try:
        make = waiting.iterator.pending
        if make is not None:
            make()
        writes = [event for event in world.events[first:] if isinstance(event, GradSet) and event.how != "library"]
        del world.events[first:]
        world.heap.version += 1
        for write in writes:
            if truth_of(write.value, write.path) is not Truth.MAYBE or write.selections:
                _emit(interp, waiting, write)
                break
    finally:
        world.path, world.stack, world.functions, world.loops = saved


def _emit(interp: Interpreter, waiting: Waiting, write: GradSet) -> None:
    world = interp.world
    event = LazyFreeze(
        time=waiting.time, span=waiting.span, path=world.event_path(), stack=world.stack, text=waiting.text,
        function=world.functions[-1], loops=world.loops, how=waiting.iterator.origin, selections=write.selections,
        value=write.value,
    )  # fmt: skip
    insort(world.events, event, key=_time)
    world.heap.version += 1


def _time(event: Event) -> int:
    return event.time
