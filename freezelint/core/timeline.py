"""A timeline: the events of one entry point in order, the heap they are about, and questions about any moment.

State is a log of writes, and a question walks it backwards: "does `fc.weight` require a gradient here?" goes back to
the last write that must cover it. A write on the way that only may cover it (its name filter is undecided, its
condition is) leaves the answer open unless it says the same. Nothing is copied per event; a moment is a number.

Questions are about atoms: a `ParameterAtom` is one parameter, or all that is not told apart below an open module; a
module is a heap object.
"""

from __future__ import annotations

from typing import TypeVar

from .containment import Containment, Memo
from .environment import Environment
from .events import Event, GradSet, ModeSet, OptimizerBuilt, ParameterGroupAdded, Selection, Selections, Tainted
from .objects import Heap, HeapObject
from .selecting import Answer, ParameterAtom, Selecting
from .spans import Span
from .symbols import Const, Element, Expr, Path, conjoin, relation, truth_of
from .truth import MAYBE, NO, YES, Truth

__all__ = ["Answer", "ParameterAtom", "Timeline"]

EventT = TypeVar("EventT", bound=Event)
_OPEN_STEPS = 50_000
"""How many steps of walks whose answer is open already go on for the event alone: a program with thousands of
conditional freezes must not take their square."""


class Timeline:
    """The events of one entry point, its heap, and the questions that rules ask.

    `entry` names the entry point (a file's module level, a function, the life of a class); `open_end` where code that
    is not known may go on with the objects afterwards; `environment` is what is known of where it runs.
    """

    def __init__(
        self,
        entry: str,
        heap: Heap,
        events: list[Event],
        *,
        open_end: bool,
        environment: Environment | None = None,
    ) -> None:
        self.entry = entry
        self.environment = environment or Environment()
        self.heap = heap
        self.events = events
        self.open_end = open_end
        self._memo = Memo(heap, events)
        self._containment = Containment(heap, self._memo)
        self._selecting = Selecting(self._containment, self)
        self._open_steps = _OPEN_STEPS

    # --- events ---------------------------------------------------------------------------------------------------

    def of(self, kind: type[EventT]) -> list[EventT]:
        """The events of one kind, in order."""
        logs = self._memo.fresh()
        found = logs.get(kind)
        if found is None:
            found = logs[kind] = [event for event in self.events if isinstance(event, kind)]
        return found  # type: ignore[return-value]

    def stack_of(self, span: Span) -> tuple[Span, ...]:
        """The calls that led to the first event at a place, outermost first."""
        return next((event.stack for event in self.events if event.span == span), ())

    # --- containment and selections ---------------------------------------------------------------------------------

    def below(self, root: int, item: int, time: int, path: Path) -> tuple[tuple[str, Truth], ...]:
        """Every way from `root` down to `item` at `time`: the dotted name and whether it stands. ("", YES) for
        the root itself."""
        return self._containment.below(root, item, time, path)

    def holds_module(self, root: int, item: int, time: int, path: Path) -> Truth:
        """Whether `item` lies below `root` (or is it)."""
        return self._containment.holds_module(root, item, time, path)

    def modules(self, root: int, time: int, path: Path) -> list[tuple[HeapObject, str, Truth]]:
        """The module objects at and below `root`, in order, with their dotted names."""
        return self._containment.modules(root, time, path)

    def parameter_names(self, root: int, time: int, path: Path) -> tuple[str, ...] | None:
        """All parameter names below `root` in order, or None where not all are known."""
        return self._containment.parameter_names(root, time, path)

    def covers(self, selection: Selection, atom: ParameterAtom, path: Path) -> Truth:
        """Whether the selection holds the parameter."""
        return self._selecting.covers(selection, atom, path)

    def covers_any(self, selections: Selections, atom: ParameterAtom, path: Path) -> Truth:
        """Whether one of the selections holds the parameter."""
        return self._covered(selections, atom, path)

    def covers_name(self, selection: Selection, atom: ParameterAtom, path: Path) -> Truth:
        """The same by this very name, whatever other names a tied parameter has."""
        return self._selecting.covers_name(selection, atom, path)

    def covers_module(self, selection: Selection, module: int, path: Path) -> Truth:
        """Whether a selection of modules holds the module."""
        return self._selecting.covers_module(selection, module, path)

    def atoms(self, selections: Selections, path: Path) -> list[ParameterAtom]:
        """The parameters that the selections may hold, as atoms; those ruled out are left out."""
        return self._selecting.atoms(selections, path)

    # --- state ----------------------------------------------------------------------------------------------------

    def requires_grad(self, atom: ParameterAtom, time: int, path: Path) -> Answer:
        """Whether the parameter requires a gradient just before `time`, where `path` holds."""
        cache = self._memo.fresh()
        key = ("grad", atom, time, path)
        found = cache.get(key)
        if found is None:
            found = cache[key] = self._requires_grad(atom, time, path)
        return found  # type: ignore[return-value]

    def _requires_grad(self, atom: ParameterAtom, time: int, path: Path) -> Answer:
        if self.heap.ties:
            atom = self._source(atom, path, time)
        owner = self.heap[atom.owner]
        open_values: set[Truth] = set()
        for write in reversed(self._grad_writes()):
            if write.time >= time:
                continue
            if write.time < owner.born:
                break
            if isinstance(write, Tainted):
                if self._tainted(write, atom.owner, path) is not NO:
                    open_values.add(MAYBE)
                continue
            covered = relation(write.path, path)
            if covered is NO:
                continue
            covered = covered & self._covered(write.selections, atom, path)
            if covered is NO:
                continue
            value = self._written(write, atom, path)
            if covered is YES:
                return Answer(value, write) if open_values <= {value} else Answer(MAYBE)
            open_values.add(value)
            if self._stays_open(open_values):
                return Answer(MAYBE)
        if owner.copied_from is not None:
            origin, moment = owner.copied_from
            first = self.requires_grad(ParameterAtom(origin, atom.name, atom.literals), moment, path)
        else:
            first = Answer(owner.requires_grad)
        return first if open_values <= {first.truth} else Answer(MAYBE)

    def _source(self, atom: ParameterAtom, path: Path, time: int) -> ParameterAtom:
        """The name that a tied parameter had first, whose history is its own."""
        member = (atom.owner, atom.name or "")
        first = self.heap.first_name(member, path, time)
        return atom if first == member else ParameterAtom(*first)

    def _stays_open(self, open_values: set[Truth]) -> bool:
        """Whether nothing further back can decide it, and no more steps are left to look for the event that leaves it
        open."""
        if len(open_values) == 1 and MAYBE not in open_values:
            return False
        self._open_steps -= 1
        return len(open_values) > 1 or self._open_steps < 0

    def _written(self, write: GradSet, atom: ParameterAtom, path: Path) -> Truth:
        """What a write makes of the flag; one that restores saved flags makes of it what it was then."""
        match write.value:
            case Expr(op="requires_grad", args=(Element(role="parameter"), Const(value=int() as then))) if (
                then < write.time
            ):
                return self.requires_grad(atom, then, path).truth
            case _:
                return truth_of(write.value, path)

    def _covered(self, selections: Selections, atom: ParameterAtom, path: Path) -> Truth:
        return self._selecting.covers_any(selections, atom, path)

    def _tainted(self, event: Tainted, item: int, path: Path) -> Truth:
        result = NO
        for root in event.objects:
            result = result | self.holds_module(root, item, event.time, path)
        if result is NO or relation(event.path, path) is NO:
            return NO
        return MAYBE

    def _grad_writes(self) -> list[GradSet | Tainted]:
        logs = self._memo.fresh()
        found = logs.get(_GradWrite)
        if found is None:
            found = logs[_GradWrite] = [e for e in self.events if isinstance(e, (GradSet, Tainted))]
        return found  # type: ignore[return-value]

    def training(self, module: int, time: int, path: Path) -> Answer:
        """Whether the module is in train mode just before `time`, where `path` holds."""
        cache = self._memo.fresh()
        key = ("mode", module, time, path)
        found = cache.get(key)
        if found is None:
            found = cache[key] = self._training(module, time, path)
        return found  # type: ignore[return-value]

    def _training(self, module: int, time: int, path: Path) -> Answer:
        item = self.heap[module]
        open_values: set[Truth] = set()
        for write in reversed(self._mode_writes()):
            if write.time >= time:
                continue
            if write.time < item.born:
                break
            if isinstance(write, Tainted):
                if self._tainted(write, module, path) is not NO:
                    open_values.add(MAYBE)
                continue
            covered = relation(write.path, path)
            if covered is NO:
                continue
            inside = NO
            for selection in write.selections:
                inside = inside | self.covers_module(selection, module, path)
            covered = covered & inside
            if covered is NO:
                continue
            value = truth_of(write.value, path)
            if covered is YES:
                return Answer(value, write) if open_values <= {value} else Answer(MAYBE)
            open_values.add(value)
            if self._stays_open(open_values):
                return Answer(MAYBE)
        if item.copied_from is not None:
            first = self.training(item.copied_from[0], item.copied_from[1], path)
        else:
            first = Answer(item.training)
        return first if open_values <= {first.truth} else Answer(MAYBE)

    def _mode_writes(self) -> list[ModeSet | Tainted]:
        logs = self._memo.fresh()
        found = logs.get(_ModeWrite)
        if found is None:
            found = logs[_ModeWrite] = [e for e in self.events if isinstance(e, (ModeSet, Tainted))]
        return found  # type: ignore[return-value]

    def held(self, optimizer: int, atom: ParameterAtom, time: int, path: Path) -> Answer:
        """Whether the optimizer holds the parameter just before `time`, where `path` holds."""
        result = Answer(NO)
        if self.heap.ties:
            atom = self._source(atom, path, time)
        for event in self._groups_of(optimizer):
            if event.time >= time:
                break
            reached = relation(event.path, path)
            for group in event.groups if reached is not NO else ():
                inside = MAYBE if group is None else self._covered(group, atom, path)
                if event.optimizer is None:
                    inside = inside & MAYBE
                inside = inside & reached
                if inside.value > result.truth.value:
                    result = Answer(inside, event)
        if result.truth is MAYBE and self._held_by_parts(optimizer, atom, time, path):
            return Answer(YES, result.event)
        return result

    def _held_by_parts(self, optimizer: int, atom: ParameterAtom, time: int, path: Path) -> bool:
        """Whether one of several groups surely holds the parameter, whichever: the two halves of a split."""
        groups = [
            group
            for event in self._groups_of(optimizer)
            if event.time < time and event.optimizer is not None and relation(event.path, path) is YES
            for group in event.groups
        ]
        together = tuple(selection for group in groups for selection in group or ())
        return len(groups) > 1 and self._covered(together, atom, path) is YES

    def _groups_of(self, optimizer: int) -> list[OptimizerBuilt | ParameterGroupAdded]:
        """What gave an optimizer its parameters, in order, or may have: a group added to an unknown one."""
        logs = self._memo.fresh()
        key = ("groups", optimizer)
        found = logs.get(key)
        if found is None:
            found = logs[key] = [
                event for event in self.events
                if isinstance(event, (OptimizerBuilt, ParameterGroupAdded))
                and (event.optimizer == optimizer
                     or (isinstance(event, ParameterGroupAdded) and event.optimizer is None))
            ]  # fmt: skip
        return found  # type: ignore[return-value]

    def together(self, *paths: Path) -> Path | None:
        """The conjunction of the paths, or None where they exclude each other."""
        result: Path = ()
        for path in paths:
            joined = conjoin(result, path)
            if joined is None:
                return None
            result = joined
        return result


class _GradWrite:
    """Key of the log of writes that concern requires_grad."""


class _ModeWrite:
    """Key of the log of writes that concern the mode."""
