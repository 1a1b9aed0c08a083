"""The parts of a model whose states differ: asked of a timeline at some moments, and put together where they agree.

The module is the smallest part. Modules that are in one state at every moment are one part: the whole of what lies
below a module where that agrees, else those of its children that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from .objects import HeapObject, Kind
from .pictures import Grads, Holding, Mode, Part, State
from .symbols import Const, Expr, Literal, Path, Symbol, Value
from .timeline import ParameterAtom, Timeline
from .truth import MAYBE, NO, YES, Truth

Moment = tuple[int, Path]
"""A time, and the condition under which the state is asked for."""
History = tuple["State | None", ...]

T = TypeVar("T")
MOST_REASONS = 400
"""In pictures of more states than this nobody looks for the reasons."""
OWN = "(own)"
"""In place of a child's name: the parameters of a module itself, where those below it are in another state."""
_WORLDS = 6
"""How many conditions are tried to say when something that is not known is known."""


def parts(timeline: Timeline, root: int, moments: Sequence[Moment]) -> tuple[Part, ...]:
    """The parts of the model `root`, each with its states at the moments."""
    found: dict[str, list[State | None]] = {}
    for number, moment in enumerate(moments):
        for name, state in states(timeline, root, *moment):
            found.setdefault(name, [None] * len(moments))[number] = state
    tree = _Tree("")
    for name, history in found.items():
        tree.place(name, tuple(history))
    grouped = [(names, history) for names, history in tree.grouped() if any(history)]
    if len(grouped) * len(moments) > MOST_REASONS:
        return tuple(Part(names, history) for names, history in grouped)
    return tuple(Part(names, _with_reasons(timeline, root, names, history, moments)) for names, history in grouped)


def _with_reasons(
    timeline: Timeline, root: int, names: Sequence[str], history: History, moments: Sequence[Moment]
) -> History:
    """The history, saying under which condition what is not known is known."""
    result = list(history)
    for number, (state, (time, path)) in enumerate(zip(history, moments, strict=True)):
        if state is None or state.grads is not Grads.UNKNOWN:
            continue
        atom = _some_atom(timeline, root, names[0], time, path)
        when = "" if atom is None else _when(timeline, atom, time, path)
        result[number] = msgspec.structs.replace(state, when=when)
    return tuple(result)


def _some_atom(timeline: Timeline, root: int, name: str, time: int, path: Path) -> ParameterAtom | None:
    """A parameter of the part with this name."""
    top = name.removesuffix(OWN).rstrip(".")
    for item, below, _ in timeline.modules(root, time, path):
        if below == top or (not name.endswith(OWN) and f"{below}.".startswith(f"{top}." if top else "")):
            atoms = own_atoms(timeline, item, time, path)
            if atoms:
                return atoms[0]
    return None


def states(timeline: Timeline, root: int, time: int, path: Path) -> Iterator[tuple[str, State]]:
    """The state of each module at and below `root` that has parameters of its own or behaves by its mode."""
    if timeline.heap[root].born >= time:
        return
    for item, name, truth in timeline.modules(root, time, path):
        atoms = own_atoms(timeline, item, time, path)
        if truth is not NO and (atoms or item.norm is not NO or item.dropout is not NO):
            yield name, state_of(timeline, item, atoms, time, path)


def own_atoms(timeline: Timeline, item: HeapObject, time: int, path: Path) -> list[ParameterAtom]:
    """The parameters of a module itself; those of a module that is not looked into are one."""
    atoms = [ParameterAtom(item.id, name) for name in item.parameters]
    for edge in item.attributes:
        if timeline.heap[edge.child].kind is Kind.PARAMETER and edge.alive(time, path) is not NO:
            atoms.append(ParameterAtom(edge.child, ""))
    if item.open or not item.expanded:
        atoms.append(ParameterAtom(item.id, None))
    return atoms


def state_of(timeline: Timeline, item: HeapObject, atoms: Sequence[ParameterAtom], time: int, path: Path) -> State:
    """The state of one module, whose own parameters are given."""
    flags = {timeline.requires_grad(atom, time, path).truth for atom in atoms}
    mode = timeline.training(item.id, time, path).truth
    return State(
        grads=_GRADS[next(iter(flags))] if len(flags) == 1 else _several(flags),
        mode={YES: Mode.TRAIN, NO: Mode.EVAL, MAYBE: Mode.UNKNOWN}[mode],
        optimizers=tuple(_holdings(timeline, atoms, time, path)),
    )


_GRADS = {YES: Grads.TRAINABLE, NO: Grads.FROZEN, MAYBE: Grads.UNKNOWN}


def _several(flags: set[Truth]) -> Grads:
    if not flags:
        return Grads.NONE
    return Grads.UNKNOWN if MAYBE in flags else Grads.MIXED


def _holdings(timeline: Timeline, atoms: Sequence[ParameterAtom], time: int, path: Path) -> Iterator[Holding]:
    for item in timeline.heap:
        if item.kind is not Kind.OPTIMIZER or item.born >= time:
            continue
        truths = {timeline.held(item.id, atom, time, path).truth for atom in atoms}
        if truths - {NO}:
            yield Holding(item.label, some=NO in truths, sure=MAYBE not in truths)


def _when(timeline: Timeline, atom: ParameterAtom, time: int, path: Path) -> str:
    """`frozen if args.freeze`: a condition under which it is known whether a parameter is frozen."""
    tried: list[Path] = []
    for event in reversed(timeline.events):
        if event.time >= time or not event.path or event.path in tried:
            continue
        tried.append(event.path)
        if len(tried) > _WORLDS:
            break
        joined = timeline.together(path, event.path)
        words = condition(event.path)
        if joined is None or not words:
            continue
        truth = timeline.requires_grad(atom, time, joined).truth
        if truth is not MAYBE:
            return f"{_GRADS[truth].value} if {words}"
    return ""


# --- conditions in words ----------------------------------------------------------------------------------------------


def condition(path: Path) -> str:
    """The conditions in the words of the source, as far as they have any; "" where one has none."""
    words = [_literal(literal) for literal in path]
    return " and ".join(words) if all(words) else ""


def _literal(literal: Literal) -> str:
    if isinstance(literal.value, Expr) and literal.value.op in _COMPARED and len(literal.value.args) == 2:
        operator = _COMPARED[literal.value.op][not literal.polarity]
        left, right = (_value(arg) for arg in literal.value.args)
        return f"{left} {operator} {right}" if left and right else ""
    words = _value(literal.value)
    return words if literal.polarity or not words else f"not {words}"


_COMPARED = {"==": ("==", "!="), "<": ("<", ">="), "<=": ("<=", ">"), "in": ("in", "not in"), "is": ("is", "is not")}


def _value(value: Value) -> str:
    match value:
        case Const(value=constant):
            return repr(constant)
        case Symbol(name=name):
            return name if name and name != "..." else ""
        case Expr(op="attr", args=(inner, Const(value=str() as attribute))):
            words = _value(inner)
            return f"{words}.{attribute}" if words else ""
        case Expr(op="item", args=(inner, key)):
            words, index = _value(inner), _value(key)
            return f"{words}[{index}]" if words and index else ""
        case Expr(op=op, args=(left, right)) if op in _COMPARED or op in _ARITHMETIC:
            first, second = _value(left), _value(right)
            return f"{first} {op} {second}" if first and second else ""
        case _:
            return ""


_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "%"})


# --- putting parts together -------------------------------------------------------------------------------------------


class _Tree:
    """Modules by the parts of their names."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.own: History | None = None
        self.children: dict[str, _Tree] = {}

    def place(self, name: str, history: History) -> None:
        """Put the history of a module at its name."""
        node = self
        for part in name.split(".") if name else ():
            below = f"{node.name}.{part}" if node.name else part
            node = node.children.setdefault(part, _Tree(below))
        node.own = history

    def whole(self) -> History | None:
        """The history of all that lies here; None where it is not one, or there is nothing."""
        return self._agreed()[0]

    def _agreed(self) -> tuple[History | None, bool]:
        """The history, and whether all agrees."""
        result = self.own
        for child in self.children.values():
            history, agrees = child._agreed()
            if not agrees:
                return None, False
            if history is None:
                continue
            joined = history if result is None else merged(result, history)
            if joined is None:
                return None, False
            result = joined
        return result, True

    def grouped(self) -> Iterator[tuple[tuple[str, ...], History]]:
        """The parts: names and their common history, in the order of the model."""
        whole, agrees = self._agreed()
        if agrees:
            if whole is not None:
                yield (self.name,), whole
            return
        groups: list[tuple[list[str], History]] = []
        for name, history in self._below():
            for number, (names, known) in enumerate(groups):
                joined = merged(known, history) if _siblings(names[-1], name) else None
                if joined is not None:
                    names.append(name)
                    groups[number] = (names, joined)
                    break
            else:
                groups.append(([name], history))
        yield from ((tuple(names), history) for names, history in groups)

    def _below(self) -> Iterator[tuple[str, History]]:
        if self.own is not None:
            yield f"{self.name}.{OWN}" if self.name else OWN, self.own
        for child in self.children.values():
            for names, history in child.grouped():
                yield from ((name, history) for name in names)


def _siblings(one: str, other: str) -> bool:
    return one.rpartition(".")[0] == other.rpartition(".")[0]


def merged(one: History, other: History) -> History | None:
    """The common history; None where they differ. What has no parameters, or is not there, goes with anything."""
    result: list[State | None] = []
    for left, right in zip(one, other, strict=True):
        if left is None or right is None:
            result.append(left or right)
        elif left.mode is not right.mode:
            return None
        elif left.grads is Grads.NONE or right.grads is Grads.NONE:
            result.append(right if left.grads is Grads.NONE else left)
        elif left == right:
            result.append(left)
        else:
            return None
    return tuple(result)


def overall(states: Iterable[State]) -> State | None:
    """One state for several modules."""
    found = list(states)
    if not found:
        return None
    grads = {state.grads for state in found} - {Grads.NONE}
    modes = {state.mode for state in found}
    held: Mapping[str, list[Holding]] = {
        name: [each for state in found for each in state.optimizers if each.optimizer == name]
        for name in dict.fromkeys(each.optimizer for state in found for each in state.optimizers)
    }
    owners = sum(state.grads is not Grads.NONE for state in found)
    return State(
        grads=_one(grads, Grads.MIXED, Grads.UNKNOWN) or Grads.NONE,
        mode=_one(modes, Mode.MIXED, Mode.UNKNOWN) or Mode.UNKNOWN,
        optimizers=tuple(
            Holding(name, some=len(each) < owners or any(one.some for one in each), sure=all(one.sure for one in each))
            for name, each in held.items()
        ),
    )


def _one(values: set[T], mixed: T, unknown: T) -> T | None:
    if not values:
        return None
    if len(values) == 1:
        return next(iter(values))
    return unknown if unknown in values else mixed
