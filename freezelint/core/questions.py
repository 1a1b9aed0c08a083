"""Questions that several rules ask of a timeline: who freezes what, what trains, which frozen layers still change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from .condition_questions import rests_on_type as rests_on_type
from .events import (
    Event,
    Forward,
    GradSet,
    ModeSet,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    WeightsWritten,
    Wrapped,
)
from .loop_questions import in_pass as in_pass
from .loop_questions import repeats as repeats
from .objects import HeapObject
from .rules import Mistake
from .setting_questions import concerns as concerns
from .setting_questions import statistics_stopped as statistics_stopped
from .setting_questions import stops_statistics as stops_statistics
from .spans import Span
from .symbols import Element, Expr, Path, Value, conjoin, leaves, literals, relation, truth_of
from .timeline import ParameterAtom, Timeline
from .truth import Truth, every, some
from .wording import count as count
from .wording import counted as counted
from .wording import frozen_part as frozen_part
from .wording import name_of as name_of
from .wording import named as named
from .wording import part as part
from .wording import parts as parts
from .wording import subject as subject

# --- writes of the flag ------------------------------------------------------------------------------------------


class Write(msgspec.Struct, frozen=True):
    """A write of `requires_grad`, the conditions under which it sets the wanted value, and how well that is known."""

    event: GradSet
    path: Path
    truth: Truth


def freezes(timeline: Timeline) -> Iterator[Write]:
    """The writes that may set `requires_grad` to False."""
    return _writes(timeline, wanted=False)


def thaws(timeline: Timeline) -> Iterator[Write]:
    """The writes that may set `requires_grad` to True."""
    return _writes(timeline, wanted=True)


def _writes(timeline: Timeline, *, wanted: bool) -> Iterator[Write]:
    for event in timeline.of(GradSet):
        truth = truth_of(event.value, event.path)
        if truth is Truth.of(wanted):
            yield Write(event, event.path, Truth.YES)
        elif truth is Truth.MAYBE and not any(isinstance(leaf, Element) for leaf in leaves(event.value)):
            # `requires_grad = flag`: looked at in the world in which the flag says so. The flag may be another one
            # for each element, which is why this alone is never certain.
            path = conjoin(event.path, literals(event.value, wanted))
            if path is not None:
                yield Write(event, path, Truth.MAYBE)


def thawed_later(timeline: Timeline, atoms: Iterable[ParameterAtom], time: int, path: Path) -> GradSet | None:
    """The first write after `time` that may make one of the parameters require a gradient."""
    wanted = list(atoms)
    for write in thaws(timeline):
        if write.event.time > time and reaches(timeline, write, wanted, path):
            return write.event
    return None


def reaches(timeline: Timeline, write: Write, atoms: Iterable[ParameterAtom], path: Path) -> bool:
    """Whether the write may touch one of the parameters where `path` holds."""
    if relation(write.path, path) is Truth.NO:
        return False
    return any(covered(timeline, write.event.selections, atom, path) is not Truth.NO for atom in atoms)


def toggled(timeline: Timeline, write: GradSet, atoms: list[ParameterAtom], path: Path) -> Truth:
    """Whether what the write freezes is also trained: YES where it is switched back and forth, MAYBE where it is
    unfrozen some time later."""
    if trained_between(timeline, atoms, write, path):
        return Truth.YES
    later = Truth.NO
    for thaw in thaws(timeline):
        if thaw.event.time <= write.time or not reaches(timeline, thaw, atoms, path):
            continue
        if _repeated(timeline, write, after=thaw.event.time):
            return Truth.YES
        later = Truth.MAYBE
    return later


def trained_between(timeline: Timeline, atoms: list[ParameterAtom], write: GradSet, path: Path) -> bool:
    """Whether the parameters were unfrozen on purpose and an optimizer stepped before the write froze them."""
    steps = [step.time for step in timeline.of(Stepped)]
    for thaw in thaws(timeline):
        if any(thaw.event.time < step < write.time for step in steps) and reaches(timeline, thaw, atoms, path):
            return True
    return False


def _repeated(timeline: Timeline, write: GradSet, *, after: int) -> bool:
    return any(
        event.time > after and event.span == write.span and event.stack == write.stack for event in timeline.of(GradSet)
    )


# --- parameters --------------------------------------------------------------------------------------------------


def below(root: int | Selection, time: int) -> Selections:
    """All parameters below a module, or below each module of a selection."""
    return (Selection(of="parameters", root=root, scope="all", at=time),)


def chosen_by(timeline: Timeline, selections: Selections, path: Path) -> list[ParameterAtom]:
    """The parameters that the selections may hold, each as one for which the tests of its selection hold."""
    found: dict[ParameterAtom, None] = {}
    for selection in selections:
        for atom in timeline.atoms((selection,), path):
            found[ParameterAtom(atom.owner, atom.name, selection.tests)] = None
    return list(found)


def covered(timeline: Timeline, selections: Selections, atom: ParameterAtom, path: Path) -> Truth:
    """Whether one of the selections holds the parameter."""
    return timeline.covers_any(selections, atom, path)


def trainable(timeline: Timeline, atoms: Iterable[ParameterAtom], time: int, path: Path) -> Truth:
    """YES where each of the parameters requires a gradient, NO where none does (also where there is none)."""
    flags = {timeline.requires_grad(atom, time, path).truth for atom in atoms}
    if flags == {Truth.YES}:
        return Truth.YES
    return Truth.NO if flags <= {Truth.NO} else Truth.MAYBE


def frozen(timeline: Timeline, atoms: Iterable[ParameterAtom], time: int, path: Path) -> Truth:
    """YES where none of the parameters requires a gradient, NO where one does."""
    return every(~timeline.requires_grad(atom, time, path).truth for atom in atoms)


def set_beside(timeline: Timeline, event: Event, value: Value, atoms: list[ParameterAtom]) -> bool:
    """Whether the program really gives the parameters the value that a statement without effect was to give them:
    they have it already, or get it before anything trains."""
    wanted = truth_of(value, event.path)
    now = {timeline.requires_grad(atom, event.time, event.path).truth for atom in atoms}
    if now == {wanted} and wanted is not Truth.MAYBE:
        return True
    limit = next((step.time for step in timeline.of(Stepped) if step.time > event.time), None)
    left = set(atoms)
    for write in timeline.of(GradSet):
        if write.span == event.span:
            continue  # the same statement, should what it sets be no module after all
        near = write.function == event.function and write.stack == event.stack
        if not near and (write.time < event.time or (limit is not None and write.time > limit)):
            continue
        path = timeline.together(event.path, write.path)
        if path is None or (write.value != value and truth_of(write.value, path) is not wanted):
            continue
        left -= {atom for atom in left if covered(timeline, write.selections, atom, path) is not Truth.NO}
        if not left:
            return True
    return False


def tests_flag(selection: Selection) -> bool:
    """Whether a selection is of what required a gradient (or not) when it was made."""
    if any(_mentions(test.value, "requires_grad") for test in selection.tests):
        return True
    return isinstance(selection.root, Selection) and tests_flag(selection.root)


def without_tests(selection: Selection) -> Selection:
    """The selection with the tests of the flag taken out."""
    root = without_tests(selection.root) if isinstance(selection.root, Selection) else selection.root
    tests = tuple(test for test in selection.tests if not _mentions(test.value, "requires_grad"))
    return msgspec.structs.replace(selection, root=root, tests=tests)


def _mentions(value: Value, op: str) -> bool:
    return isinstance(value, Expr) and (value.op == op or any(_mentions(arg, op) for arg in value.args))


# --- optimizers --------------------------------------------------------------------------------------------------


def groups_of(timeline: Timeline, optimizer: int, time: int, path: Path) -> tuple[Selections | None, ...]:
    """The parameter groups that the optimizer may have just before `time`; None for one that is not known."""
    found: list[Selections | None] = []
    events: list[OptimizerBuilt | ParameterGroupAdded] = [*timeline.of(OptimizerBuilt)]
    events.extend(timeline.of(ParameterGroupAdded))
    for event in events:
        if event.time < time and event.optimizer in (optimizer, None) and relation(event.path, path) is not Truth.NO:
            found.extend(event.groups)
    return tuple(found)


def in_some_optimizer(timeline: Timeline, atom: ParameterAtom, time: int, path: Path) -> Truth:
    """Whether any optimizer of the timeline holds the parameter just before `time`."""
    numbers = dict.fromkeys(built.optimizer for built in timeline.of(OptimizerBuilt) if built.time < time)
    return some(timeline.held(number, atom, time, path).truth for number in numbers)


def first_step(
    timeline: Timeline, after: int, *paths: Path, optimizer: int | None = None
) -> tuple[Stepped, Path] | None:
    """The first optimizer step after a moment that can meet the given paths (of this optimizer or an unknown one,
    where one is given), and the paths joined."""
    for step in timeline.of(Stepped):
        if step.time <= after or (optimizer is not None and step.optimizer not in (optimizer, None)):
            continue
        joined = timeline.together(*paths, step.path)
        if joined is not None:
            return step, joined
    return None


# --- layers that change without gradients ------------------------------------------------------------------------

_MANY = 3000


def layers(timeline: Timeline, root: int, time: int, path: Path, kind: str) -> list[tuple[HeapObject, Truth]]:
    """The layers below `root` that are of a kind ("norm": with running statistics, "dropout": random in train mode),
    and whether each is one and stands there."""
    for item, _, _ in timeline.modules(root, time, path):
        if item.tree is not None and not item.expanded:
            holds = item.tree.holds_norm if kind == "norm" else item.tree.holds_dropout
            if holds:
                timeline.heap.expand_below(item, _MANY)
    found: list[tuple[HeapObject, Truth]] = []
    for item, _, stands in timeline.modules(root, time, path):
        truth = stands & (item.norm if kind == "norm" else item.dropout)
        if truth is not Truth.NO:
            found.append((item, truth))
    return found


def inside(timeline: Timeline, forward: Forward) -> int:
    """A moment inside a forward call, after what its own code says of modes: a part may put itself in eval there."""
    stack = (*forward.stack, forward.span)
    moment = forward.time
    for event in timeline.of(ModeSet):
        if event.time > moment and event.stack[: len(stack)] == stack and not _later(timeline, forward, event):
            moment = event.time + 1
    return moment


def _later(timeline: Timeline, forward: Forward, event: ModeSet) -> bool:
    """Whether the mode call belongs to a later call of the same place."""
    return any(
        forward.time < each.time < event.time and each.span == forward.span and each.stack == forward.stack
        for each in timeline.of(Forward)
    )


def guarded(timeline: Timeline, item: HeapObject, time: int, path: Path) -> list[ParameterAtom]:
    """The parameters whose flags tell whether a layer is part of what is frozen: its own, or those of the nearest
    module above it that has some."""
    level = [item.id]
    for _ in range(8):
        atoms = [atom for number in level for atom in timeline.atoms(below(number, time), path)]
        if atoms:
            return atoms
        edges = [edge for number in level for edge in timeline.heap[number].parents]
        level = [edge.parent for edge in edges if edge.alive(time, path) is not Truth.NO]
    return []


def _may_be_by(timeline: Timeline, atom: ParameterAtom, write: Write, time: int, path: Path) -> bool:
    answer = timeline.requires_grad(atom, time, path)
    if answer.event is not None or answer.truth is not Truth.MAYBE:
        return answer.event is write.event
    return covered(timeline, write.event.selections, atom, path) is not Truth.NO


def followed(timeline: Timeline, atoms: list[ParameterAtom], time: int, path: Path) -> bool:
    """Whether the program writes the parameters itself while it trains: a momentum encoder, whose statistics follow."""
    for event in timeline.of(WeightsWritten):
        if event.time > time and any(covered(timeline, event.selections, atom, path) is not Truth.NO for atom in atoms):
            return True
    return False


def twin(timeline: Timeline, write: GradSet) -> bool:
    """Whether what is frozen may be the moving average of a network that trains: a copy of it, or a part of the same
    module that is built alike and only runs without gradients. Its statistics are meant to follow."""
    for selection in write.selections:
        if isinstance(selection.root, Selection):
            continue
        item = timeline.heap[selection.root]
        if item.copied_from is not None:
            origin, moment = item.copied_from
            return any(
                in_some_optimizer(timeline, atom, timeline.events[-1].time + 1, write.path) is Truth.YES
                for atom in timeline.atoms(below(origin, moment), write.path)
            )
        runs = {forward.grad for forward in timeline.of(Forward) if forward.module == item.id}
        if runs == {Truth.NO} and _built_alike(timeline, item, write.time):
            return True
    return False


def _built_alike(timeline: Timeline, item: HeapObject, time: int) -> bool:
    shape = _shape(timeline, item, time)
    return bool(shape) and any(
        other.child != item.id and _shape(timeline, timeline.heap[other.child], time) == shape
        for edge in item.parents
        if timeline.heap[edge.parent].is_module is Truth.YES
        for other in timeline.heap[edge.parent].edges
    )


def _shape(timeline: Timeline, item: HeapObject, time: int) -> list[str]:
    found = timeline.modules(item.id, time, ())
    return [f"{name} {each.cls}" for each, name, _ in found] if len(found) > 1 else []


class Active(msgspec.Struct, frozen=True):
    """A layer of a frozen part that runs in train mode while something is trained."""

    layer: int
    write: GradSet
    forward: Forward
    step: Stepped
    mode: ModeSet | None
    truth: Truth


def active_layers(timeline: Timeline, kind: str) -> Iterator[Active]:
    """The layers of frozen parts that run in train mode during training, each once per freezing write. Left out is
    what is trained at other times, what was put in train mode alone, and what had been put in eval as a part."""
    writes = list(freezes(timeline))
    seen: set[tuple[Span, int]] = set()
    reach: dict[int, set[int]] = {}
    for forward in timeline.of(Forward) if writes else ():
        found = run_by(timeline, forward, kind, forward.path) if not forward.within else []
        for item, _ in found:
            near = {atom.owner for atom in guarded(timeline, item, forward.time, forward.path)}
            for write in writes:
                if write.event.time > forward.time or (write.event.span, item.id) in seen:
                    continue
                if write.event.time not in reach:
                    atoms = timeline.atoms(write.event.selections, write.path)
                    reach[write.event.time] = {atom.owner for atom in atoms}
                active = _active(timeline, item, write, forward, kind) if near & reach[write.event.time] else None
                if active is not None:
                    seen.add((write.event.span, item.id))
                    yield active


def run_by(timeline: Timeline, forward: Forward, kind: str, path: Path) -> list[tuple[HeapObject, Truth]]:
    """The layers of a kind that a forward runs."""
    found = layers(timeline, forward.module, forward.time, path, kind)
    for skipped in forward.skips:
        found = [
            each for each in found
            if timeline.holds_module(skipped, each[0].id, forward.time, forward.path) is not Truth.YES
        ]  # fmt: skip
    return found


def _active(timeline: Timeline, item: HeapObject, write: Write, forward: Forward, kind: str) -> Active | None:
    met = first_step(timeline, forward.time, write.path, forward.path)
    if met is None:
        return None
    step, path = met
    atoms = guarded(timeline, item, forward.time, path)
    if not any(_may_be_by(timeline, atom, write, forward.time, path) for atom in atoms):
        return None
    if followed(timeline, atoms, step.time, path):
        return None
    if kind == "norm" and statistics_stopped(timeline, item.id, forward.time, path):
        return None
    moment = inside(timeline, forward)
    mode = timeline.training(item.id, moment, path)
    truth = write.truth & mode.truth & (item.norm if kind == "norm" else item.dropout)
    truth = truth & timeline.holds_module(forward.module, item.id, forward.time, path)
    truth = truth & frozen(timeline, atoms, forward.time, path)
    event = mode.event if isinstance(mode.event, ModeSet) else None
    if truth is Truth.NO or (event is not None and chosen(event, item)):
        return None
    if part_eval(timeline, item, event, moment, path) is not None or _above_by_hand(timeline, item, moment, path):
        return None
    truth = truth & ~toggled(timeline, write.event, atoms, path)
    if truth is Truth.NO:
        return None
    return Active(item.id, write.event, forward, step, event, truth)


def _above_by_hand(timeline: Timeline, item: HeapObject, time: int, path: Path) -> bool:
    """Whether the flag of a module above was set to False by hand, which was meant for what is below it as well:
    FRZ306 tells that."""
    return any(
        event.how == "flag" and not event.own and event.root not in (None, item.id) and event.time < time
        and timeline.holds_module(event.root, item.id, time, path) is not Truth.NO
        and timeline.training(event.root, time, path).event is event
        and truth_of(event.value, path) is Truth.NO
        for event in timeline.of(ModeSet) if event.root is not None
    )  # fmt: skip


def chosen(event: ModeSet, item: HeapObject) -> bool:
    """Whether the mode was set on this very kind of layer, not on a part that happens to hold it."""
    return event.root == item.id or any(_selective(selection, item) for selection in event.selections)


def _selective(selection: Selection, item: HeapObject) -> bool:
    if isinstance(selection.root, Selection):
        return bool(selection.tests) or _selective(selection.root, item)
    return bool(selection.tests) or selection.root == item.id


def part_eval(timeline: Timeline, item: HeapObject, undone_by: ModeSet | None, time: int, path: Path) -> ModeSet | None:
    """The last call before `time` that put a part with this layer in eval mode, where `undone_by` then put a larger
    part in train mode."""
    if undone_by is None:
        return None
    for event in reversed(timeline.of(ModeSet)):
        if event.time >= min(time, undone_by.time) or truth_of(event.value, path) is not Truth.NO:
            continue
        if relation(event.path, path) is Truth.NO or not is_part(timeline, event, undone_by, path):
            continue
        if some(timeline.covers_module(each, item.id, path) for each in event.selections) is not Truth.NO:
            return event
    return None


def undone_by(timeline: Timeline, event: ModeSet, item: HeapObject, time: int, path: Path) -> ModeSet | None:
    """The call that put a layer back in train mode, where `event` had put a part with it in eval mode and nothing but
    calls on the whole happened to its mode since; None where it is in eval mode, or not for certain in train mode."""
    now = timeline.training(item.id, time, path)
    undoing = now.event
    if now.truth is not Truth.YES or not isinstance(undoing, ModeSet) or undoing.time < event.time:
        return None
    if not is_part(timeline, event, undoing, path):
        return None
    before: Event = undoing
    while before.time > event.time:
        earlier = timeline.training(item.id, before.time, path).event
        if earlier is event:
            return undoing
        if not isinstance(earlier, ModeSet) or not is_part(timeline, event, earlier, path):
            return None
        before = earlier
    return None


def is_part(timeline: Timeline, event: ModeSet, whole: ModeSet, path: Path) -> bool:
    """Whether one mode call concerns a real part of what the other concerns."""
    if event.root is None:
        return True
    if whole.root is None:
        return False
    part, root = unwrapped(timeline, event.root), unwrapped(timeline, whole.root)
    if part == root:
        item = timeline.heap[part]
        return any(_selective(selection, item) for selection in event.selections if selection.tests)
    return timeline.holds_module(root, part, whole.time, path) is not Truth.NO


def unwrapped(timeline: Timeline, module: int) -> int:
    """The module inside DDP, compile and other wrappers."""
    inner = {event.outer: event.inner for event in timeline.of(Wrapped)}
    seen = set()
    while module in inner and module not in seen:
        seen.add(module)
        module = inner[module]
    return module


def best(mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    """One mistake for each place, the best known: a loop shows the same statement more than once."""
    found: dict[Span, Mistake] = {}
    for mistake in mistakes:
        known = found.get(mistake.span)
        if known is None or mistake.truth.value > known.truth.value:
            found[mistake.span] = mistake
    yield from found.values()
