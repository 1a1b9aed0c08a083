"""Selections against parameters and modules: does this symbolic set hold that one?

A test on names, positions or classes is decided by putting in what is known of the one at hand; it stays open for what
is not told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from .containment import Containment
from .events import Event, Selection, Selections
from .objects import Heap, HeapObject, Kind
from .symbols import Const, Element, Expr, Literal, Path, Value, literals, substitute, truth_of
from .truth import MAYBE, NO, YES, Truth


class ParameterAtom(msgspec.Struct, frozen=True, gc=False):
    """A parameter: attribute `name` of object `owner`. A parameter that is an object itself has the name "".

    A name of None means the parameters of `owner` that are not told apart (an open module, or a known one that the
    program treats as a whole); `literals` narrows them to those for which tests of a loop hold.
    """

    owner: int
    name: str | None
    literals: Path = ()


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A truth, and the event that decided it (None: the state it was made in, or undecided)."""

    truth: Truth
    event: Event | None = None


class States(Protocol):
    """The log, as far as tests of a selection ask it: what a flag or a mode was when the selection was made."""

    def requires_grad(self, atom: ParameterAtom, time: int, path: Path) -> Answer:
        """Whether the parameter requires a gradient just before `time`."""

    def training(self, module: int, time: int, path: Path) -> Answer:
        """Whether the module is in train mode just before `time`."""


class Selecting:
    """Which selections hold which parameters and modules."""

    def __init__(self, containment: Containment, state: States) -> None:
        self.heap = containment.heap
        self.containment = containment
        self.state = state

    def covers(self, selection: Selection, atom: ParameterAtom, path: Path) -> Truth:
        """Whether the selection holds the parameter, by any of its names."""
        result = Truth.NO
        for name, truth in self.names_of(selection, atom, path):
            result = result | (truth & self.covers_name(selection, name, path))
        return result

    def covers_any(self, selections: Selections, atom: ParameterAtom, path: Path, depth: int = 0) -> Truth:
        """Whether one of the selections holds the parameter: also where each of them may not, but they are the two
        sides of a test of which it is not known how it ends."""
        result = Truth.NO
        for selection in selections:
            result = result | self.covers(selection, atom, path)
            if result is YES:
                return YES
        split = _split_by(selections, atom) if result is MAYBE and depth < _DEEP_SPLITS else None
        if split is None:
            return result
        sides = (literals(split, polarity) for polarity in (True, False))
        narrowed = (ParameterAtom(atom.owner, atom.name, atom.literals + side) for side in sides)
        whole = all(self.covers_any(selections, each, path, depth + 1) is YES for each in narrowed)
        return YES if whole else result

    def names_of(self, selection: Selection, atom: ParameterAtom, path: Path) -> list[tuple[ParameterAtom, Truth]]:
        """The names under which a selection may list a parameter: where it goes by name, a tied one has the first."""
        tied = tied_names(self.heap, atom, selection.at, path)
        if len(tied) < 2 or not isinstance(selection.root, int):
            return tied
        order = [item.id for item, _, _ in self.containment.modules(selection.root, selection.at, path)]
        listed = [each for each in tied if each[0].owner in order]
        if any(truth is not Truth.YES for _, truth in tied) or len(listed) < 2:
            return listed or tied
        return [min(listed, key=lambda each: order.index(each[0].owner))]

    def covers_name(self, selection: Selection, atom: ParameterAtom, path: Path) -> Truth:
        """Whether the selection holds the parameter by this very name."""
        for left_out in selection.but:
            if self.containment.holds_module(left_out, atom.owner, selection.at, path) is YES:
                return NO
        if isinstance(selection.root, Selection):
            return self._covers_nested(selection, selection.root, atom, path)
        return selection.truth & self._covers_below(selection, selection.root, atom, path)

    def _covers_nested(self, selection: Selection, outer: Selection, atom: ParameterAtom, path: Path) -> Truth:
        result = NO
        for module in self.containment.ancestors(atom.owner, selection.at, path):
            inner = self._covers_below(selection, module, atom, path)
            if inner is not NO:
                result = result | (inner & self.covers_module(outer, module, path))
            if result is YES:
                break
        return selection.truth & result

    def _covers_below(self, selection: Selection, root: int, atom: ParameterAtom, path: Path) -> Truth:
        gone = self.containment.replaced(atom.owner, atom.name, selection.at, path) if atom.name else NO
        return NO if gone is YES else self._covers_where_it_is(selection, root, atom, path) & ~gone

    def _covers_where_it_is(self, selection: Selection, root: int, atom: ParameterAtom, path: Path) -> Truth:
        result = NO
        for way, truth in self._ways(selection, root, atom.owner, path):
            name = way if not atom.name else (f"{way}.{atom.name}" if way else atom.name)
            match selection.scope:
                case "all":
                    inside = YES
                case "own":
                    inside = self._is_own(atom, way, root)
                case "named":
                    inside = Truth.of(name == selection.name and atom.name is not None)
                case "self":
                    inside = Truth.of(not name)
                case _:
                    inside = MAYBE
            inside = inside & truth
            if inside is not NO and selection.tests:
                inside = inside & self._passes(selection, root, atom, None if atom.name is None else name, path)
            result = result | inside
            if result is YES:
                break
        return result

    def _ways(self, selection: Selection, root: int, item: int, path: Path) -> tuple[tuple[str, Truth], ...]:
        """The names by which a selection meets an object. Where it goes by more than the object itself, one that is
        there under several names is listed under the first of them alone."""
        ways = self.containment.below(root, item, selection.at, path)
        if len(ways) < 2 or not selection.tests or selection.scope not in ("all", "children"):
            return ways
        if any(truth is not YES for _, truth in ways):
            return tuple((name, truth & MAYBE) for name, truth in ways)
        return (min(ways, key=lambda way: self.containment.position(root, way[0], selection.at, path)),)

    def _is_own(self, atom: ParameterAtom, way: str, root: int) -> Truth:
        if atom.name is None:
            return MAYBE if not way else NO
        if atom.name == "":
            return Truth.of("." not in way)
        return Truth.of(not way)

    def _passes(self, selection: Selection, root: int, atom: ParameterAtom, name: str | None, path: Path) -> Truth:
        result = YES
        for test in selection.tests:
            if test in atom.literals:
                continue
            if Literal(test.value, not test.polarity) in atom.literals:
                return NO
            value = self._decide(test.value, selection, root, name, atom, None, path)
            truth = truth_of(value, atom.literals)
            if truth is MAYBE:
                truth = truth_of(value, path)
            result = result & (truth if test.polarity else ~truth)
            if result is NO:
                break
        return result

    def covers_module(self, selection: Selection, module: int, path: Path) -> Truth:
        """Whether a selection of modules holds the module."""
        if self.heap[module].kind is Kind.PARAMETER:
            return NO
        for left_out in selection.but:
            if self.containment.holds_module(left_out, module, selection.at, path) is YES:
                return NO
        if isinstance(selection.root, Selection):
            result = NO
            for outer in self.containment.ancestors(module, selection.at, path):
                inner = self._module_below(selection, outer, module, path)
                if inner is not NO:
                    result = result | (inner & self.covers_module(selection.root, outer, path))
            return selection.truth & result
        return selection.truth & self._module_below(selection, selection.root, module, path)

    def _module_below(self, selection: Selection, root: int, module: int, path: Path) -> Truth:
        result = NO
        for name, truth in self._ways(selection, root, module, path):
            match selection.scope:
                case "all":
                    inside = YES
                case "children":
                    inside = Truth.of(bool(name) and "." not in name)
                case "self":
                    inside = Truth.of(not name)
                case "named":
                    inside = Truth.of(name == selection.name)
                case _:
                    inside = MAYBE
            inside = inside & truth
            for test in selection.tests if inside is not NO else ():
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
                    truth = self.state.requires_grad(atom, then, path).truth
                    return None if truth is MAYBE else Const(truth is YES)
                case Expr(op="training", args=(Element(role="module"), Const(value=int() as then))) if (
                    module is not None
                ):
                    truth = self.state.training(module, then, path).truth
                    return None if truth is MAYBE else Const(truth is YES)
                case Expr(op="within", args=(Element(role="index"), Const(value=tuple() as bounds))):
                    return self._within(root, name, bounds, atom is None, selection.at, path)
                case _:
                    return None

        return substitute(value, replace)

    def _order(self, root: int, modules: bool, time: int, path: Path) -> tuple[str, ...] | None:
        if not modules:
            return self.containment.parameter_names(root, time, path)
        item = self.heap[root]
        if item.open:
            return None
        return tuple(edge.name for edge in item.attributes if edge.alive(time, path) is YES)

    def _index(self, root: int, name: str | None, modules: bool, time: int, path: Path) -> Value | None:
        names = self._order(root, modules, time, path)
        return Const(names.index(name)) if names is not None and name in names else None

    def _within(
        self, root: int, name: str | None, bounds: tuple[Any, ...], modules: bool, time: int, path: Path
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
                if self.covers(selection, atom, path) is not NO:
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
        for item, _, _ in self.containment.modules(base, selection.at, path):
            for name in item.parameters:
                if self.containment.replaced(item.id, name, selection.at, path) is not YES:
                    yield ParameterAtom(item.id, name)
            for edge in item.attributes:
                if self.heap[edge.child].kind is Kind.PARAMETER and edge.alive(selection.at, path) is not NO:
                    yield ParameterAtom(edge.child, "")
            if (item.open or not item.expanded) and selection.scope != "named":
                yield ParameterAtom(item.id, None, literals)


def _split_by(selections: Selections, atom: ParameterAtom) -> Value | None:
    """A test that one selection wants to hold and another one not to, and that is open for the parameter."""
    known = {literal.value for literal in atom.literals}
    tests = [test for selection in selections for test in selection.tests if test.value not in known]
    wanted = {test.value for test in tests if test.polarity}
    return next((test.value for test in tests if not test.polarity and test.value in wanted), None)


_DEEP_SPLITS = 4


def tied_names(heap: Heap, atom: ParameterAtom, time: int, path: Path) -> list[tuple[ParameterAtom, Truth]]:
    """All names of a parameter at a time, itself among them, and whether they are the same. What got its parameter
    from elsewhere later is known by that one's name alone."""
    found = [(atom, Truth.YES)]
    member = (atom.owner, atom.name or "")
    for tie in heap.ties:
        truth = tie.holds(member, path, time)
        if truth is Truth.NO:
            continue
        if tie.time > time and truth is Truth.YES and member != tie.members[0]:
            found = []
        for owner, name in tie.members if tie.time <= time else tie.members[:1]:
            other = tie.holds((owner, name), path, time) & truth
            if (owner, name) != member and other is not Truth.NO:
                found.append((ParameterAtom(owner, name), other))
    return found


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
