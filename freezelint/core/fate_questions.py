"""Questions about what becomes of a freeze: whether anything used it, what still rests on it, whether it stands."""

from __future__ import annotations

from collections.abc import Iterable

from .events import (
    Backward,
    Event,
    Forward,
    Given,
    GradSet,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    Tainted,
    TensorBackward,
    WeightsWritten,
    Wrapped,
)
from .findings import Note
from .objects import HeapObject, Kind
from .questions import below, covered, in_some_optimizer
from .symbols import Const, Expr, Literal, Path, Value, leaves, relation
from .timeline import ParameterAtom, Timeline
from .truth import Truth, every, some

_USES = (Backward, Forward, Stepped, TensorBackward, Wrapped)
_WORK = (Backward, Stepped, TensorBackward)


def statement(timeline: Timeline, write: GradSet) -> list[GradSet]:
    """All writes that one run of a statement made: a loop over a few known modules writes once for each."""
    return [
        each for each in timeline.of(GradSet)
        if each.span == write.span and each.stack == write.stack and each.value == write.value
    ]  # fmt: skip


def root_of(selection: Selection) -> int:
    """The object at the root of a selection."""
    while isinstance(selection.root, Selection):
        selection = selection.root
    return selection.root


def notes_of(event: Event, beside: Event, message: str) -> tuple[Note, ...]:
    """Notes on an event and on the calls that led to it and not to the other one: a helper may have done both."""
    calls = [span for span in reversed(event.stack) if span not in beside.stack]
    places = [(event.span, message), *((span, "called here") for span in calls)]
    if event.span == beside.span:
        places = [(span, message) for span in calls[:1]] + [(span, "called here") for span in calls[1:]]
    return tuple(Note(span, text) for span, text in places if span != beside.span)


def written_again(timeline: Timeline, event: Event, *, after: int) -> bool:
    """Whether the same statement runs again after a moment, called from wherever: a stage that is entered anew."""
    return any(each.time > after and each.span == event.span for each in timeline.of(type(event)))


def decided_by(
    timeline: Timeline, write: GradSet, atoms: Iterable[ParameterAtom], time: int, path: Path
) -> list[ParameterAtom]:
    """Those of the parameters whose flag just before `time` is what this write made it."""
    return [atom for atom in atoms if timeline.requires_grad(atom, time, path).event is write]


def used_between(timeline: Timeline, start: int, end: int, path: Path) -> bool:
    """Whether anything may have run, been wrapped or been copied between two moments, so that flags that were set
    before the first of them have served."""
    for event in timeline.events:
        if start < event.time < end and isinstance(event, _USES) and relation(event.path, path) is not Truth.NO:
            return True
    return any(item.copied_from is not None and start < item.copied_from[1] <= end for item in timeline.heap)


def values_written(timeline: Timeline, start: int, end: int, atoms: list[ParameterAtom], path: Path) -> bool:
    """Whether values of any of the parameters may be written by hand between two moments."""
    return any(
        start < event.time < end
        and relation(event.path, path) is not Truth.NO
        and any(covered(timeline, event.selections, atom, path) is not Truth.NO for atom in atoms)
        for event in timeline.of(WeightsWritten)
    )


def trained_in_between(timeline: Timeline, start: int, end: int, path: Path) -> bool:
    """Whether gradients were computed or a step was taken between two moments."""
    return any(
        start < event.time < end and isinstance(event, _WORK) and relation(event.path, path) is not Truth.NO
        for event in timeline.events
    )


def training_moment(timeline: Timeline, after: int, path: Path) -> tuple[int, Path]:
    """The first step after a moment, and the path on which both are met; the end where nothing steps."""
    for step in timeline.of(Stepped):
        joined = timeline.together(path, step.path) if step.time > after else None
        if joined is not None:
            return step.time, joined
    return end_of(timeline), path


def end_of(timeline: Timeline) -> int:
    """A moment after everything that happened."""
    newest = max((item.born for item in timeline.heap), default=0)
    edges = max((edge.time for item in timeline.heap for edge in item.edges), default=0)
    return max(newest, edges, timeline.events[-1].time if timeline.events else 0) + 1


def left_out(timeline: Timeline, atom: ParameterAtom, time: int, path: Path) -> bool:
    """Whether there are optimizers before a moment and none of them holds the parameter."""
    built = [event for event in timeline.of(OptimizerBuilt) if event.time < time]
    if not built or any(event.optimizer is None for event in timeline.of(ParameterGroupAdded) if event.time < time):
        return False
    return in_some_optimizer(timeline, atom, time, path) is Truth.NO


def all_below(timeline: Timeline, root: int, atoms: Iterable[ParameterAtom], time: int, path: Path) -> Truth:
    """Whether all of the parameters lie below a module at a moment."""
    return every(timeline.holds_module(root, atom.owner, time, path) for atom in atoms)


def any_below(timeline: Timeline, root: int, atoms: Iterable[ParameterAtom], time: int, path: Path) -> Truth:
    """Whether one of the parameters lies below a module at a moment."""
    return some(timeline.holds_module(root, atom.owner, time, path) for atom in atoms)


def parameters_below(timeline: Timeline, root: int, time: int, path: Path) -> list[ParameterAtom]:
    """The parameters below a module at a moment."""
    return timeline.atoms(below(root, time), path)


def whole_root(selections: Selections) -> int | None:
    """The module all of whose parameters a write is about, whatever tests leave out; None for other writes."""
    match selections:
        case (Selection(of="parameters", root=int() as root, scope="all"),):
            return root
        case _:
            return None


def is_idle(timeline: Timeline, root: int, freeze: GradSet) -> bool:
    """Whether a module is surely used for nothing but its freeze: no attribute holds it, it never runs, no optimizer
    has any of it, nothing writes it, copies it or gets hold of it."""
    if timeline.heap[root].parents or timeline.heap[root].span is None:
        return False
    last = max(write.time for write in timeline.of(GradSet) if write.span == freeze.span)
    for event in timeline.events:
        match event:
            case Forward(module=module):
                touched = _related(timeline, root, module)
            case Wrapped(inner=inner):
                touched = _related(timeline, root, inner)
            case Given(objects=objects, how=how) if how == "call" or event.time > last:
                touched = any(_related(timeline, root, each) for each in objects)
            case Tainted(objects=objects):
                touched = any(_related(timeline, root, each) for each in objects)
            case OptimizerBuilt(groups=groups) | ParameterGroupAdded(groups=groups):
                touched = any(group is None or _mentions(timeline, root, group) for group in groups)
            case WeightsWritten(selections=selections):
                touched = _mentions(timeline, root, selections)
            case _:
                touched = False
        if touched:
            return False
    return not any(
        item.copied_from is not None and _related(timeline, root, item.copied_from[0]) for item in timeline.heap
    )


def _related(timeline: Timeline, root: int, other: int) -> bool:
    """Whether one of two objects is, or may ever have been, a part of the other."""
    return _ever_below(timeline, root, other) or _ever_below(timeline, other, root)


def _ever_below(timeline: Timeline, root: int, item: int) -> bool:
    found, stack = set(), [item]
    while stack:
        current = stack.pop()
        if current == root:
            return True
        if current not in found:
            found.add(current)
            stack.extend(edge.parent for edge in timeline.heap[current].parents)
    return False


def _mentions(timeline: Timeline, root: int, selections: Selections) -> bool:
    return any(_related(timeline, root, root_of(selection)) for selection in selections)


def of_one_kind(timeline: Timeline, one: HeapObject, other: HeapObject, time: int) -> bool:
    """Whether two modules are built alike: one is a copy of the other, or they hold the same layers by the same
    names. Single layers of a library are like all others of their type, which says nothing."""
    if other.kind is not Kind.MODULE:
        return False
    for copy, origin in ((one, other), (other, one)):
        if copy.copied_from is not None and copy.copied_from[0] == origin.id:
            return True
    if one.classes != other.classes or one.parents is other.parents:
        return False
    if one.tree is not None:
        return one.tree == other.tree and bool(one.tree.children)
    shape = _shape(timeline, one, time)
    return len(shape) > 1 and shape == _shape(timeline, other, time)


def _shape(timeline: Timeline, item: HeapObject, time: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, each.classes) for each, name, _ in timeline.modules(item.id, time, ())]


def types_tested(selection: Selection) -> set[str]:
    """The names of the types that a selection picks modules by."""
    found = {
        name for test in selection.tests if _holds_for_some(test) and _tests_type(test.value)
        for leaf in leaves(test.value) if isinstance(leaf, Const)
        for name in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)) if isinstance(name, str)
    }  # fmt: skip
    return found | (types_tested(selection.root) if isinstance(selection.root, Selection) else set())


def _holds_for_some(test: Literal) -> bool:
    """Whether a test picks what it names: `name.find("BatchNorm") != -1` does so by what is not."""
    return test.polarity or (isinstance(test.value, Expr) and test.value.op in ("==", "<", "<="))


def _tests_type(value: Value) -> bool:
    return isinstance(value, Expr) and (
        value.op in ("isinstance", "class_name") or any(_tests_type(arg) for arg in value.args)
    )
