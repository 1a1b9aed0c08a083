"""A timeline: the events of one entry point in order, the heap they are about, and questions about any moment.

State is a log of writes, and a question walks it backwards: "does `fc.weight` require a gradient here?" goes back to
the last write that must cover it. A write on the way that only may cover it (its name filter is undecided, its
condition is) leaves the answer open unless it says the same. Nothing is copied per event; a moment is a number.

Questions are about atoms: a `ParameterAtom` is one parameter, or all that is not told apart below an open module; a
module is a heap object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from .events import (
    Event,
    GradSet,
    ModeSet,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Tainted,
)
from .objects import Heap, HeapObject, Kind
from .spans import Span
from .symbols import (
    Const,
    Element,
    Expr,
    Path,
    Value,
    conjoin,
    relation,
    substitute,
    truth_of,
)
from .truth import Truth

EventT = TypeVar("EventT", bound=Event)


class ParameterAtom(msgspec.Struct, frozen=True):
    """A parameter: attribute `name` of object `owner`. A parameter that is an object itself has the name "".

    A name of None means the parameters of `owner` that are not told apart (an open module, or a known one that the
    program treats as a whole); `literals` narrows them to those for which tests of a loop hold.
    """

    owner: int
    name: str | None
    literals: Path = ()


class Answer(msgspec.Struct, frozen=True):
    """A truth, and the event that decided it (None: the state it was made in, or undecided)."""

    truth: Truth
    event: Event | None = None


_DEEP = 24


class Timeline:
    """The events of one entry point, its heap, and the questions that rules ask.

    `entry` names the entry point (a file's module level, a function, the life of a class); `open_end` where code that
    is not known may go on with the objects afterwards.
    """

    def __init__(self, entry: str, heap: Heap, events: list[Event], *, open_end: bool) -> None:
        self.entry = entry
        self.heap = heap
        self.events = events
        self.open_end = open_end
        self._cache: dict[object, object] = {}
        self._version = (-1, -1)
        self._by_type: dict[type, list[Event]] = {}

    # --- events ---------------------------------------------------------------------------------------------------

    def of(self, kind: type[EventT]) -> list[EventT]:
        """The events of one kind, in order."""
        self._refresh()
        found = self._by_type.get(kind)
        if found is None:
            found = self._by_type[kind] = [event for event in self.events if isinstance(event, kind)]
        return found  # type: ignore[return-value]

    def stack_of(self, span: Span) -> tuple[Span, ...]:
        """The calls that led to the first event at a place, outermost first."""
        return next((event.stack for event in self.events if event.span == span), ())

    def _refresh(self) -> None:
        version = (len(self.events), self.heap.version)
        if version != self._version:
            self._version = version
            self._cache.clear()
            self._by_type.clear()

    # --- containment ----------------------------------------------------------------------------------------------

    def below(self, root: int, item: int, time: int, path: Path) -> tuple[tuple[str, Truth], ...]:
        """Every way from `root` down to `item` at `time`: the dotted name and whether it stands. ("", YES) for
        the root itself."""
        self._refresh()
        key = ("below", root, item, time, path)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = tuple(self._ways(root, item, time, path, 0, frozenset()))
        return found  # type: ignore[return-value]

    def _ways(
        self, root: int, item: int, time: int, path: Path, depth: int, seen: frozenset[int]
    ) -> Iterator[tuple[str, Truth]]:
        if item == root:
            yield "", Truth.YES
            return
        if depth > _DEEP or item in seen:
            return
        seen = seen | {item}
        for edge in self.heap[item].parents:
            alive = edge.alive(time, path)
            if alive is Truth.NO:
                continue
            for name, truth in self._ways(root, edge.parent, time, path, depth + 1, seen):
                yield (f"{name}.{edge.name}" if name else edge.name), truth & alive

    def holds_module(self, root: int, item: int, time: int, path: Path) -> Truth:
        """Whether `item` lies below `root` (or is it)."""
        result = Truth.NO
        for _, truth in self.below(root, item, time, path):
            result = result | truth
        return result

    def modules(self, root: int, time: int, path: Path) -> list[tuple[HeapObject, str, Truth]]:
        """The module objects at and below `root`, in order, with their dotted names."""
        self._refresh()
        key = ("modules", root, time, path)
        found = self._cache.get(key)
        if found is None:
            result: list[tuple[HeapObject, str, Truth]] = []
            self._collect(self.heap[root], "", Truth.YES, time, path, result, set())
            found = self._cache[key] = result
        return found  # type: ignore[return-value]

    def _collect(
        self,
        item: HeapObject,
        name: str,
        truth: Truth,
        time: int,
        path: Path,
        into: list[tuple[HeapObject, str, Truth]],
        seen: set[int],
    ) -> None:
        if item.id in seen or len(into) > 5000:
            return
        seen.add(item.id)
        into.append((item, name, truth))
        for edge in item.edges:
            child = self.heap[edge.child]
            if child.kind is not Kind.MODULE and child.is_module is not Truth.YES:
                continue
            alive = edge.alive(time, path)
            if alive is not Truth.NO:
                dotted = f"{name}.{edge.name}" if name else edge.name
                self._collect(child, dotted, truth & alive, time, path, into, seen)

    def parameter_names(self, root: int, time: int, path: Path) -> tuple[str, ...] | None:
        """All parameter names below `root` in order, or None where not all are known."""
        self._refresh()
        key = ("names", root, time, path)
        if key in self._cache:
            return self._cache[key]  # type: ignore[return-value]
        names: list[str] | None = []
        for item, name, truth in self.modules(root, time, path):
            if item.open or not item.expanded or truth is not Truth.YES:
                names = None
                break
            own = [*item.parameters]
            for edge in item.edges:
                if self.heap[edge.child].kind is Kind.PARAMETER and edge.alive(time, path) is not Truth.NO:
                    own.append(edge.name)
            names.extend(f"{name}.{each}" if name else each for each in own)
        result = None if names is None else tuple(names)
        self._cache[key] = result
        return result

    # --- selections -----------------------------------------------------------------------------------------------

    def covers(self, selection: Selection, atom: ParameterAtom, path: Path) -> Truth:
        """Whether the selection holds the parameter."""
        for left_out in selection.but:
            if self.holds_module(left_out, atom.owner, selection.at, path) is Truth.YES:
                return Truth.NO
        if isinstance(selection.root, Selection):
            return self._covers_nested(selection, selection.root, atom, path)
        return selection.truth & self._covers_below(selection, selection.root, atom, path)

    def _covers_nested(self, selection: Selection, outer: Selection, atom: ParameterAtom, path: Path) -> Truth:
        result = Truth.NO
        for module in self._ancestors(atom.owner, selection.at, path):
            inner = self._covers_below(selection, module, atom, path)
            if inner is not Truth.NO:
                result = result | (inner & self.covers_module(outer, module, path))
            if result is Truth.YES:
                break
        return selection.truth & result

    def _ancestors(self, item: int, time: int, path: Path) -> list[int]:
        found, stack = [], [item]
        while stack:
            current = stack.pop()
            if current in found:
                continue
            found.append(current)
            stack.extend(edge.parent for edge in self.heap[current].parents if edge.alive(time, path) is not Truth.NO)
        return found

    def _covers_below(self, selection: Selection, root: int, atom: ParameterAtom, path: Path) -> Truth:
        result = Truth.NO
        for way, truth in self.below(root, atom.owner, selection.at, path):
            name = way if not atom.name else (f"{way}.{atom.name}" if way else atom.name)
            match selection.scope:
                case "all":
                    inside = Truth.YES
                case "own":
                    inside = self._is_own(atom, way, root)
                case "named":
                    inside = Truth.of(name == selection.name and atom.name is not None)
                case "self":
                    inside = Truth.of(not name)
                case _:
                    inside = Truth.MAYBE
            inside = inside & truth
            if inside is not Truth.NO and selection.tests:
                inside = inside & self._passes(selection, root, atom, None if atom.name is None else name, path)
            result = result | inside
            if result is Truth.YES:
                break
        return result

    def _is_own(self, atom: ParameterAtom, way: str, root: int) -> Truth:
        if atom.name is None:
            return Truth.MAYBE if not way else Truth.NO
        if atom.name == "":
            return Truth.of("." not in way)
        return Truth.of(not way)

    def _passes(self, selection: Selection, root: int, atom: ParameterAtom, name: str | None, path: Path) -> Truth:
        result = Truth.YES
        for test in selection.tests:
            if test in atom.literals:
                continue
            value = self._decide(test.value, selection, root, name, atom, None, path)
            truth = truth_of(value, atom.literals)
            if truth is Truth.MAYBE:
                truth = truth_of(value, path)
            result = result & (truth if test.polarity else ~truth)
            if result is Truth.NO:
                break
        return result

    def covers_module(self, selection: Selection, module: int, path: Path) -> Truth:
        """Whether a selection of modules holds the module."""
        for left_out in selection.but:
            if self.holds_module(left_out, module, selection.at, path) is Truth.YES:
                return Truth.NO
        if isinstance(selection.root, Selection):
            result = Truth.NO
            for outer in self._ancestors(module, selection.at, path):
                inner = self._module_below(selection, outer, module, path)
                if inner is not Truth.NO:
                    result = result | (inner & self.covers_module(selection.root, outer, path))
            return selection.truth & result
        return selection.truth & self._module_below(selection, selection.root, module, path)

    def _module_below(self, selection: Selection, root: int, module: int, path: Path) -> Truth:
        result = Truth.NO
        for name, truth in self.below(root, module, selection.at, path):
            match selection.scope:
                case "all":
                    inside = Truth.YES
                case "children":
                    inside = Truth.of(bool(name) and "." not in name)
                case "self":
                    inside = Truth.of(not name)
                case "named":
                    inside = Truth.of(name == selection.name)
                case _:
                    inside = Truth.MAYBE
            inside = inside & truth
            for test in selection.tests if inside is not Truth.NO else ():
                value = self._decide(test.value, selection, root, name, None, module, path)
                decided = truth_of(value, path)
                inside = inside & (decided if test.polarity else ~decided)
            result = result | inside
        return result

    def _decide(
        self,
        value: Value,
        selection: Selection,
        root: int,
        name: str | None,
        atom: ParameterAtom | None,
        module: int | None,
        path: Path,
    ) -> Value:
        """A test with the element put in: a constant where it is decided."""
        owner = self.heap[atom.owner if atom is not None else module or 0]

        def replace(part: Value) -> Value | None:
            match part:
                case Element(role="name"):
                    return Const(name) if name is not None else None
                case Element(role="index"):
                    return self._index(root, name, atom is None, selection.at, path)
                case Expr(op="isinstance", args=(Element(role="module"), Const(value=tuple() as wanted))):
                    return _instance(owner, wanted)
                case Expr(op="class_name", args=(Element(role="module"),)):
                    return Const(owner.cls) if owner.classes and not owner.open else None
                case Expr(op="requires_grad", args=(Element(role="parameter"), Const(value=int() as then))) if (
                    atom is not None
                ):
                    truth = self.requires_grad(atom, then, path).truth
                    return None if truth is Truth.MAYBE else Const(truth is Truth.YES)
                case Expr(op="training", args=(Element(role="module"), Const(value=int() as then))) if (
                    module is not None
                ):
                    truth = self.training(module, then, path).truth
                    return None if truth is Truth.MAYBE else Const(truth is Truth.YES)
                case Expr(op="within", args=(Element(role="index"), Const(value=tuple() as bounds))):
                    return self._within(root, name, bounds, atom is None, selection.at, path)
                case _:
                    return None

        return substitute(value, replace)

    def _order(self, root: int, modules: bool, time: int, path: Path) -> tuple[str, ...] | None:
        if not modules:
            return self.parameter_names(root, time, path)
        item = self.heap[root]
        if item.open:
            return None
        return tuple(edge.name for edge in item.edges if edge.alive(time, path) is Truth.YES)

    def _index(self, root: int, name: str | None, modules: bool, time: int, path: Path) -> Value | None:
        names = self._order(root, modules, time, path)
        return Const(names.index(name)) if names is not None and name in names else None

    def _within(
        self, root: int, name: str | None, bounds: tuple[object, ...], modules: bool, time: int, path: Path
    ) -> Value | None:
        names = self._order(root, modules, time, path)
        if names is None or name not in names:
            return None
        return Const(name in names[slice(*bounds)])

    def atoms(self, selections: Selections, path: Path) -> list[ParameterAtom]:
        """The parameters that the selections may hold, as atoms; those ruled out are left out."""
        found: dict[ParameterAtom, None] = {}
        for selection in selections:
            for atom in self._atoms_of(selection, path):
                if self.covers(selection, atom, path) is not Truth.NO:
                    found[atom] = None
        return list(found)

    def _atoms_of(self, selection: Selection, path: Path) -> Iterator[ParameterAtom]:
        literals = tuple(test for test in selection.tests if "name" in _roles(test.value))
        root = selection
        while isinstance(root.root, Selection):
            root = root.root
        base = root.root
        assert isinstance(base, int)
        if self.heap[base].kind is Kind.PARAMETER:
            yield ParameterAtom(base, "")
            return
        for item, _, _ in self.modules(base, selection.at, path):
            for name in item.parameters:
                yield ParameterAtom(item.id, name)
            for edge in item.edges:
                if self.heap[edge.child].kind is Kind.PARAMETER and edge.alive(selection.at, path) is not Truth.NO:
                    yield ParameterAtom(edge.child, "")
            if (item.open or not item.expanded) and selection.scope != "named":
                yield ParameterAtom(item.id, None, literals)

    # --- state ----------------------------------------------------------------------------------------------------

    def requires_grad(self, atom: ParameterAtom, time: int, path: Path) -> Answer:
        """Whether the parameter requires a gradient just before `time`, where `path` holds."""
        self._refresh()
        key = ("grad", atom, time, path)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._requires_grad(atom, time, path)
        return found  # type: ignore[return-value]

    def _requires_grad(self, atom: ParameterAtom, time: int, path: Path) -> Answer:
        owner = self.heap[atom.owner]
        open_values: set[Truth] = set()
        for write in reversed(self._grad_writes()):
            if write.time >= time:
                continue
            if write.time < owner.born:
                break
            if isinstance(write, Tainted):
                if self._tainted(write, atom.owner, path) is not Truth.NO:
                    open_values.add(Truth.MAYBE)
                continue
            covered = relation(write.path, path)
            if covered is Truth.NO:
                continue
            covered = covered & self._covered(write.selections, atom, path)
            if covered is Truth.NO:
                continue
            value = self._written(write, atom, path)
            if covered is Truth.YES:
                return Answer(value, write) if open_values <= {value} else Answer(Truth.MAYBE)
            open_values.add(value)
        if owner.copied_from is not None:
            origin, moment = owner.copied_from
            first = self.requires_grad(ParameterAtom(origin, atom.name, atom.literals), moment, path)
        else:
            first = Answer(owner.requires_grad)
        return first if open_values <= {first.truth} else Answer(Truth.MAYBE)

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
        result = Truth.NO
        for selection in selections:
            result = result | self.covers(selection, atom, path)
            if result is Truth.YES:
                break
        return result

    def _tainted(self, event: Tainted, item: int, path: Path) -> Truth:
        result = Truth.NO
        for root in event.objects:
            result = result | self.holds_module(root, item, event.time, path)
        if result is Truth.NO or relation(event.path, path) is Truth.NO:
            return Truth.NO
        return Truth.MAYBE

    def _grad_writes(self) -> list[GradSet | Tainted]:
        found = self._by_type.get(_GradWrite)
        if found is None:
            found = self._by_type[_GradWrite] = [e for e in self.events if isinstance(e, (GradSet, Tainted))]
        return found  # type: ignore[return-value]

    def training(self, module: int, time: int, path: Path) -> Answer:
        """Whether the module is in train mode just before `time`, where `path` holds."""
        self._refresh()
        key = ("mode", module, time, path)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._training(module, time, path)
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
                if self._tainted(write, module, path) is not Truth.NO:
                    open_values.add(Truth.MAYBE)
                continue
            covered = relation(write.path, path)
            if covered is Truth.NO:
                continue
            inside = Truth.NO
            for selection in write.selections:
                inside = inside | self.covers_module(selection, module, path)
            covered = covered & inside
            if covered is Truth.NO:
                continue
            value = truth_of(write.value, path)
            if covered is Truth.YES:
                return Answer(value, write) if open_values <= {value} else Answer(Truth.MAYBE)
            open_values.add(value)
        if item.copied_from is not None:
            first = self.training(item.copied_from[0], item.copied_from[1], path)
        else:
            first = Answer(item.training)
        return first if open_values <= {first.truth} else Answer(Truth.MAYBE)

    def _mode_writes(self) -> list[ModeSet | Tainted]:
        found = self._by_type.get(_ModeWrite)
        if found is None:
            found = self._by_type[_ModeWrite] = [e for e in self.events if isinstance(e, (ModeSet, Tainted))]
        return found  # type: ignore[return-value]

    def held(self, optimizer: int, atom: ParameterAtom, time: int, path: Path) -> Answer:
        """Whether the optimizer holds the parameter just before `time`, where `path` holds."""
        result = Answer(Truth.NO)
        for event in self.events:
            if event.time >= time:
                break
            if not isinstance(event, (OptimizerBuilt, ParameterGroupAdded)):
                continue
            if event.optimizer != optimizer and not (
                isinstance(event, ParameterGroupAdded) and event.optimizer is None
            ):
                continue
            reached = relation(event.path, path)
            for group in event.groups if reached is not Truth.NO else ():
                inside = Truth.MAYBE if group is None else self._covered(group, atom, path)
                if event.optimizer is None:
                    inside = inside & Truth.MAYBE
                inside = inside & reached
                if inside.value > result.truth.value:
                    result = Answer(inside, event)
        return result

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


def _roles(value: Value) -> set[str]:
    if isinstance(value, Element):
        return {value.role}
    if isinstance(value, Expr):
        return {role for arg in value.args for role in _roles(arg)}
    return set()


def _instance(owner: HeapObject, wanted: tuple[object, ...]) -> Value | None:
    """isinstance as far as the classes are known."""
    names = {str(name) for name in wanted}
    if names & set(owner.classes):
        return Const(True)
    if not owner.classes or "?" in owner.classes or "?" in names:
        return None
    return Const(False)
