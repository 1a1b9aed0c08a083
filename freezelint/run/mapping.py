"""The map of a program: for each entry point what happens to its models in order, and in which state that leaves them.

Nothing is run: the timelines are those that the rules read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from freezelint.config import Settings
from freezelint.core.events import (
    AttributeSet,
    Backward,
    Event,
    FlagCompared,
    Forward,
    FrameworkReset,
    GradModeUnused,
    GradSet,
    LazyFreeze,
    MethodUncalled,
    MisnamedCall,
    ModeSet,
    ModuleReplaced,
    OptimizerBuilt,
    ParameterGroupAdded,
    ParameterReplaced,
    Selection,
    StateLoaded,
    Stepped,
    Tainted,
    Wrapped,
)
from freezelint.core.objects import Kind
from freezelint.core.parts import Moment, condition, parts, states
from freezelint.core.pictures import EntryMap, Map, MapEvent, ModelHistory, State
from freezelint.core.questions import unwrapped
from freezelint.core.spans import Span
from freezelint.core.symbols import truth_of
from freezelint.core.timeline import Timeline
from freezelint.core.truth import MAYBE, NO, YES
from freezelint.discovery import discover, with_unsaved
from freezelint.run.check import import_roots
from freezelint.run.environment import environment_of
from freezelint.run.reading import read_files
from freezelint.source.files import SourceFile, UnreadableSource, read_source

MOST_EVENTS = 80
"""So many events of an entry point are shown at most: a picture of more is none."""
MOST_STATES = 8_000
"""So many states of single modules are asked for, of an entry point, before events are left out."""

_FLAGS = frozenset({"requires_grad", "trainable", "frozen", "requires_gradient", "require_grad"})


def draw(paths: Sequence[str], settings: Settings, *, instead: Mapping[str, bytes] | None = None) -> Map:
    """The map of the entry points of the files at and below the paths. `instead` as for `check`."""
    cwd = os.getcwd()
    found = discover(
        paths, cwd=cwd, root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
    )
    found = with_unsaved(found, instead or {}, cwd=cwd)
    reading = read_files(found.files, instead)
    problems = (*found.problems, *reading.problems)
    if not reading.training:
        return Map((), problems, len(found.files))
    from freezelint.analysis import timelines

    lines = Lines(reading.training)
    drawn = (
        entry_map(timeline, lines)
        for timeline in timelines(
            reading.training, import_roots=import_roots(paths, settings, cwd), environment=environment_of(settings)
        )
    )
    return Map(tuple(entry for entry in drawn if entry is not None), problems, len(found.files))


class Lines:
    """Lines of source by place, and places in notebooks as cells."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self._files: dict[str, SourceFile | None] = {file.path: file for file in files}
        self._lines: dict[str, list[str]] = {}

    def code(self, span: Span) -> str:
        """The line at which the span starts, without its indentation."""
        if span.path not in self._lines:
            file = self._file(span.path)
            self._lines[span.path] = [] if file is None else file.text.split("\n")
        lines = self._lines[span.path]
        return lines[span.line - 1].strip() if 0 < span.line <= len(lines) else ""

    def placed(self, span: Span) -> Span:
        """The place as people know it: of a notebook, in its cell."""
        file = self._file(span.path)
        return span if file is None or file.notebook is None else file.notebook.in_cell(span)

    def _file(self, path: str) -> SourceFile | None:
        if path not in self._files:
            try:
                self._files[path] = read_source(path)
            except UnreadableSource:
                self._files[path] = None
        return self._files[path]


class _Shown(msgspec.Struct, frozen=True):
    """An event that is worth showing, and how."""

    event: Event
    kind: str
    effect: bool = True


def entry_map(timeline: Timeline, lines: Lines) -> EntryMap | None:
    """The picture of one entry point; None where nothing in it is about freezing."""
    events = _first_rounds(timeline, _merged(_shown(timeline)))
    if not any(isinstance(each.event, _TELLING) and not _by_framework(each.event) for each in events):
        return None
    roots = _roots(timeline, [each.event for each in events])
    room = MOST_STATES // max(1, sum(_size(timeline, root) for root in roots))
    events = events[: max(10, min(MOST_EVENTS, room))]
    moments = [_after(timeline, each.event) for each in events]
    models = [
        ModelHistory(timeline.heap[root].label or "model", timeline.heap[root].cls, found)
        for root in roots
        if (found := parts(timeline, root, moments))
    ]
    if not models:
        return None
    path, _, name = timeline.entry.partition("::")
    return EntryMap(path, name, tuple(_event(each, lines) for each in events), tuple(models))


_TELLING = (GradSet, ModeSet, OptimizerBuilt, ParameterGroupAdded, AttributeSet, FrameworkReset)


def _by_framework(event: Event) -> bool:
    return bool(getattr(event, "framework", False))


def _event(shown: _Shown, lines: Lines) -> MapEvent:
    event = shown.event
    return MapEvent(
        kind=shown.kind,
        span=lines.placed(event.span),
        code=lines.code(event.span),
        function=event.function,
        condition=condition(event.path) or ("a condition" if event.path else ""),
        later=any(loop.again for loop in event.loops),
        effect=shown.effect,
    )


def _after(timeline: Timeline, event: Event) -> Moment:
    """The moment just after an event, given that it happens."""
    following = next((each.time for each in timeline.events if each.time > event.time), None)
    return (event.time + 1 if following is None else following, event.path)


# --- which events ---------------------------------------------------------------------------------------------------


def _shown(timeline: Timeline) -> Iterator[_Shown]:
    for event in timeline.events:
        found = _KINDS.get(type(event))
        if found is not None and (shown := found(event)) is not None:
            yield shown


def _grad_set(event: Event) -> _Shown:
    assert isinstance(event, GradSet)
    truth = truth_of(event.value, event.path)
    return _Shown(event, {YES: "unfreeze", NO: "freeze", MAYBE: "set flags"}[truth])


def _mode_set(event: Event) -> _Shown:
    assert isinstance(event, ModeSet)
    truth = truth_of(event.value, event.path)
    return _Shown(event, {YES: "train mode", NO: "eval mode", MAYBE: "set mode"}[truth])


def _attribute_set(event: Event) -> _Shown | None:
    assert isinstance(event, AttributeSet)
    plain = event.kind in ("module", "collection", "optimizer", "copy") and event.name in _FLAGS
    return _Shown(event, "sets an attribute", effect=False) if plain and not event.deliberate else None


def _forward(event: Event) -> _Shown | None:
    assert isinstance(event, Forward)
    return None if event.within else _Shown(event, "forward")


def _always(kind: str, *, effect: bool = True) -> Callable[[Event], _Shown]:
    return lambda event: _Shown(event, kind, effect)


_KINDS: Mapping[type[Event], Callable[[Event], _Shown | None]] = {
    GradSet: _grad_set,
    ModeSet: _mode_set,
    AttributeSet: _attribute_set,
    Forward: _forward,
    OptimizerBuilt: _always("optimizer"),
    ParameterGroupAdded: _always("add group"),
    ModuleReplaced: _always("replace module"),
    ParameterReplaced: _always("new parameter"),
    Wrapped: _always("wrap"),
    StateLoaded: _always("load weights"),
    Backward: _always("backward"),
    Stepped: _always("step"),
    FrameworkReset: _always("framework"),
    Tainted: _always("unknown code"),
    FlagCompared: _always("compares only", effect=False),
    MisnamedCall: _always("no such method", effect=False),
    MethodUncalled: _always("not called", effect=False),
    LazyFreeze: _always("never runs", effect=False),
    GradModeUnused: _always("never entered", effect=False),
}


def _merged(shown: Iterable[_Shown]) -> list[_Shown]:
    """One statement that does the same several times in a row, as a loop over blocks does, is shown once."""
    result: list[_Shown] = []
    for each in shown:
        last = result[-1] if result else None
        if last is not None and (last.kind, last.event.span, last.event.loops[-1:]) == (
            each.kind, each.event.span, each.event.loops[-1:]
        ):  # fmt: skip
            result[-1] = each
        else:
            result.append(each)
    return result


def _first_rounds(timeline: Timeline, shown: Sequence[_Shown]) -> list[_Shown]:
    """The events without those of later rounds that leave the models as the same one did in an earlier round, and
    without unknown code that changes nothing."""
    roots = _roots(timeline, [each.event for each in shown])
    kept: list[_Shown] = []
    last: dict[tuple[str, Span], Moment] = {}
    room = MOST_STATES // max(1, sum(_size(timeline, root) for root in roots))
    for each in shown:
        key, moment = (each.kind, each.event.span), _after(timeline, each.event)
        other = last.get(key) if any(loop.again for loop in each.event.loops) else None
        if isinstance(each.event, Tainted):
            other = (each.event.time, each.event.path)
        if other is not None:
            # A picture has an end: what is not compared any more is taken to be as before.
            room -= 2
            if room < 0 or _snapshot(timeline, roots, other) == _snapshot(timeline, roots, moment):
                continue
        last[key] = moment
        kept.append(each)
        if len(kept) > MOST_EVENTS:
            break
    return kept


def _size(timeline: Timeline, root: int) -> int:
    """How many modules a model has at the end."""
    end = timeline.events[-1].time + 1 if timeline.events else 0
    return len(timeline.modules(root, end, ()))


_Snapshot = dict[tuple[int, str], State]


def _snapshot(timeline: Timeline, roots: Sequence[int], moment: Moment) -> _Snapshot:
    """The states of all modules at a moment, as far as they can be compared."""
    return {(root, name): state for root in roots for name, state in states(timeline, root, *moment)}


# --- which models -----------------------------------------------------------------------------------------------------


def _roots(timeline: Timeline, events: Iterable[Event]) -> list[int]:
    """The models that the events are about, in the order in which they were made: those that no other one holds."""
    found: dict[int, None] = {}
    for event in events:
        for number in _objects(event):
            for top in _tops(timeline, unwrapped(timeline, number)):
                if timeline.heap[top].kind is Kind.MODULE or timeline.heap[top].is_module is YES:
                    found.setdefault(top)
    return sorted(found, key=lambda number: timeline.heap[number].born)


def _tops(timeline: Timeline, number: int) -> set[int]:
    """The objects that the object stood below at any time and that stood below nothing but wrappers."""
    tops, stack, seen = set(), [number], set()
    wrappers = {event.outer for event in timeline.of(Wrapped)}
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        parents = [
            edge.parent for edge in timeline.heap[current].parents
            if edge.parent not in wrappers and timeline.heap[edge.parent].is_module is not NO
        ]  # fmt: skip
        stack.extend(parents)
        if not parents:
            tops.add(current)
    return tops


def _objects(event: Event) -> Iterator[int]:
    match event:
        case GradSet(selections=selections) | ModeSet(selections=selections):
            yield from map(_root, selections)
        case OptimizerBuilt(groups=groups) | ParameterGroupAdded(groups=groups):
            yield from (_root(selection) for group in groups for selection in group or ())
        case Forward(module=module):
            yield module
        case ModuleReplaced(parent=parent):
            yield parent
        case _:
            pass


def _root(selection: Selection) -> int:
    root = selection.root
    while isinstance(root, Selection):
        root = root.root
    return root
