"""What the analysis knows of a name at a place: for an editor that shows it beside the code.

A name is looked up among the models, parameters and optimizers of all timelines that come by that place, by the words
that the user wrote. The state is the one just before the code of the line runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from freezelint.core.cells import Notebook
from freezelint.core.events import Event, GradSet, ModeSet, OptimizerBuilt, ParameterGroupAdded, Selection
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.parts import Moment, condition, overall, own_atoms, parts, state_of, states
from freezelint.core.pictures import Grads, State
from freezelint.core.spans import Span
from freezelint.core.timeline import Answer, ParameterAtom, Timeline
from freezelint.core.truth import MAYBE, NO, YES
from freezelint.report.picture_words import grads_words, mode_words, optimizer_words, part_label, state_words
from freezelint.report.printable import escape

MOST_PARTS = 8
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[-?\d+\])*")
_DEFINITION = re.compile(r"([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w+)")


class Place(msgspec.Struct, frozen=True):
    """A name in a file: the dotted expression up to the part that was asked about, as `a.b.0`, its columns, the
    function around it by its qualified name, and the class around that."""

    path: str
    line: int
    column: int
    end_column: int
    name: str
    function: str
    cls: str


class Subject(msgspec.Struct, frozen=True):
    """What a name stands for in a timeline: an object, or one parameter of it."""

    object: int
    parameter: str | None = None


def place_of(path: str, text: str, line: int, column: int) -> Place | None:
    """The name at a line and column; None where there is none."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return None
    for match in _DOTTED.finditer(lines[line - 1]):
        if not match.start() < column <= match.end() + 1:
            continue
        # Up to the end of the part under the cursor: of `model.fc.weight` it may be `model.fc`.
        rest = re.compile(r"\w*\]?").match(lines[line - 1], column - 1)
        end = max(rest.end() if rest is not None else 0, match.start() + 1)
        name = re.sub(r"\[(-?\d+)\]", r".\1", lines[line - 1][match.start() : min(end, match.end())]).rstrip(".[")
        function, cls = _around(lines, line)
        return Place(path, line, match.start() + 1, end + 1, name, function, cls)
    return None


def _around(lines: Sequence[str], line: int) -> tuple[str, str]:
    """The qualified name of the function around a line, and the class that it is a method of."""
    names: list[tuple[str, str]] = []
    text = lines[line - 1]
    indent = len(text) - len(text.lstrip())
    for above in reversed(lines[:line]):
        match = _DEFINITION.match(above)
        if match is not None and (len(match[1]) < indent or above is text):
            names.append((match[2], match[3]))
            indent = len(match[1])
        if not indent and match is not None:
            break
    names.reverse()
    cls = next((name for kind, name in reversed(names) if kind == "class"), "")
    function = ".".join(name for _, name in names) if any(kind == "def" for kind, _ in names) else ""
    return function, cls


def knowledge(timelines: Sequence[Timeline], place: Place, notebook: Notebook | None = None) -> str:
    """What is known of the name at the place, as Markdown; "" where it is nothing. Lines of a notebook are told as
    those of its cells."""
    found: dict[str, list[str]] = {}
    where = _Where(place.path, notebook)
    for timeline in timelines:
        moment = _moment(timeline, place)
        if moment is None:
            continue
        for subject in _subjects(timeline, place, moment):
            lines = list(_told(timeline, subject, moment, where))
            if lines:
                found.setdefault("\n".join(lines), []).append(timeline.entry)
    if len(found) < 2:
        return next(iter(found), "")
    return "\n\n".join(f"From `{', '.join(entries[:3])}`:\n\n{words}" for words, entries in found.items())


def _moment(timeline: Timeline, place: Place) -> Moment | None:
    """Just before the code of the line runs for the first time; None where the timeline does not come by."""
    here = [event for event in timeline.events if event.span.path == place.path and event.function == place.function]
    later = next((event for event in here if event.span.line >= place.line), None)
    if later is not None:
        return later.time, later.path
    if here:
        following = next((event.time for event in timeline.events if event.time > here[-1].time), here[-1].time + 1)
        return following, here[-1].path
    if timeline.entry.partition("::")[0] != place.path:
        return None
    return (timeline.events[-1].time + 1, ()) if timeline.events else None


# --- what a name means ------------------------------------------------------------------------------------------------


def _subjects(timeline: Timeline, place: Place, moment: Moment) -> Iterator[Subject]:
    """What the name may stand for there: by the words of the events around it, else by the names of objects."""
    first, *rest = place.name.split(".")
    seen: set[Subject] = set()
    for number in (*_by_event(timeline, place, first), *_by_label(timeline, place, first, moment)):
        subject = _walk(timeline, number, rest, moment)
        if subject is not None and subject not in seen:
            seen.add(subject)
            yield subject
        if seen:
            return


def _by_event(timeline: Timeline, place: Place, name: str) -> Iterator[int]:
    for event in timeline.events:
        if event.span.path == place.path and event.function == place.function and event.text == name:
            yield from _objects(event)


def _by_label(timeline: Timeline, place: Place, name: str, moment: Moment) -> Iterator[int]:
    for item in reversed(timeline.heap.objects):
        if item.born > moment[0] or item.kind not in (Kind.MODULE, Kind.PARAMETER, Kind.OPTIMIZER):
            continue
        if (name == "self" and place.cls and item.cls == place.cls) or item.label == name:
            yield item.id


def _objects(event: Event) -> Iterator[int]:
    match event:
        case GradSet(selections=selections) | ModeSet(selections=selections):
            for selection in selections:
                if not selection.tests and not isinstance(selection.root, Selection) and selection.scope != "children":
                    yield selection.root
        case _:
            number = getattr(event, "module", None)
            if isinstance(number, int):
                yield number


def _walk(timeline: Timeline, number: int, names: Sequence[str], moment: Moment) -> Subject | None:
    item = timeline.heap[number]
    for index, name in enumerate(names):
        edge = next(
            (each for each in reversed(item.edges) if each.name == name and each.alive(*moment) is not NO), None
        )
        if edge is None:
            last = index == len(names) - 1
            return Subject(item.id, name) if last and name in item.parameters else None
        item = timeline.heap[edge.child]
    return Subject(item.id)


# --- what is known of it ----------------------------------------------------------------------------------------------


class _Where:
    """Words for lines, as seen from a file."""

    def __init__(self, path: str, notebook: Notebook | None) -> None:
        self._path = path
        self._notebook = notebook

    def __call__(self, span: Span) -> str:
        """`line 3`, `line 3 of cell 2`, `line 3 of helpers.py`."""
        if span.path != self._path:
            return f"line {span.line} of `{escape(span.path)}`"
        placed = span if self._notebook is None else self._notebook.in_cell(span)
        return f"line {placed.line}" + ("" if placed.cell is None else f" of cell {placed.cell}")


def _told(timeline: Timeline, subject: Subject, moment: Moment, where: _Where) -> Iterator[str]:
    item = timeline.heap[subject.object]
    if item.kind is Kind.OPTIMIZER:
        yield from _optimizer(timeline, item, moment, where)
    elif subject.parameter is not None or item.kind is Kind.PARAMETER:
        yield from _parameter(timeline, item, subject.parameter or "", moment, where)
    elif item.kind is Kind.MODULE or item.is_module is YES:
        yield from _module(timeline, item, moment, where)


def _module(timeline: Timeline, item: HeapObject, moment: Moment, where: _Where) -> Iterator[str]:
    whole = overall(state for _, state in states(timeline, item.id, *moment))
    if whole is None:
        return
    yield f"**{item.cls or 'module'}**: {_sentence(whole)}"
    yield ""
    if whole.grads is Grads.FROZEN or whole.grads is Grads.TRAINABLE:
        atom = next((atom for each, _, _ in timeline.modules(item.id, *moment)
                     for atom in own_atoms(timeline, each, *moment)), None)  # fmt: skip
        if atom is not None:
            yield from _since(timeline.requires_grad(atom, *moment), grads_words(whole), where)
    yield from _since(timeline.training(item.id, *moment), mode_words(whole) + " mode", where)
    found = parts(timeline, item.id, [moment])
    if len(found) > 1:
        for part in found[:MOST_PARTS]:
            state = part.states[0]
            if state is not None:
                yield f"- `{part_label(part.names, 'itself')}`: {state_words(state)}"
        if len(found) > MOST_PARTS:
            yield f"- and {len(found) - MOST_PARTS} more parts"


def _parameter(timeline: Timeline, item: HeapObject, name: str, moment: Moment, where: _Where) -> Iterator[str]:
    atom = ParameterAtom(item.id, name)
    state = state_of(timeline, item, [atom], *moment)
    words = ", ".join(each for each in (grads_words(state), optimizer_words(state) or "in no optimizer") if each)
    yield f"**parameter**: {words}"
    yield ""
    yield from _since(timeline.requires_grad(atom, *moment), grads_words(state), where)


def _optimizer(timeline: Timeline, item: HeapObject, moment: Moment, where: _Where) -> Iterator[str]:
    yield f"**{item.cls or 'optimizer'}**"
    yield ""
    for event in timeline.events:
        match event:
            case OptimizerBuilt(optimizer=item.id) if event.time < moment[0]:
                yield f"- built in {where(event.span)}"
            case ParameterGroupAdded(optimizer=item.id) if event.time < moment[0]:
                yield f"- group added in {where(event.span)}"
            case _:
                pass
    tops = [each for each in timeline.heap if each.kind is Kind.MODULE and not each.parents and each.born < moment[0]]
    for top in tops:
        for part in parts(timeline, top.id, [moment]):
            state = part.states[0]
            held = [each for each in state.optimizers if each.optimizer == item.label] if state is not None else []
            if state is not None and held:
                doubt = "" if held[0].sure else "perhaps "
                yield f"- holds {doubt}`{part_label(part.names, top.label)}` ({grads_words(state)})"


def _sentence(state: State) -> str:
    held = optimizer_words(state) or ("in no optimizer" if state.grads is not Grads.NONE else "")
    return ", ".join(each for each in (grads_words(state), f"{mode_words(state)} mode", held) if each)


def _since(answer: Answer, words: str, where: _Where) -> Iterator[str]:
    event = answer.event
    if event is None or answer.truth is MAYBE:
        return
    test = condition(event.path)
    inside = f" in `{event.function}`" if event.function else ""
    yield f"- {words} since {where(event.span)}{inside}" + (f", if {test}" if test else "")
