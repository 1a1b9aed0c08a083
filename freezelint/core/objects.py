"""The heap: modules, parameters, optimizers and plain objects, and how modules contain each other over time.

A module contains what was assigned to its attributes. Each such assignment is an `Edge` with the time and the
condition at which it was made and, where another object took its place, ended: so "what lies below this module" is a
question about a moment, and a replaced head is another object with no history.

An object may be *open*: more lies below it than its edges say (a model handed in by a caller, a class of a library
that is not known). An object made from a library's module tree is expanded only where the program looks inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Protocol

import msgspec

from .spans import Span
from .symbols import Path, relation
from .truth import MAYBE, NO, YES, Truth


class Kind(Enum):
    """What an object is."""

    MODULE = "module"
    PARAMETER = "parameter"
    TENSOR = "tensor"
    OPTIMIZER = "optimizer"
    SCHEDULER = "scheduler"
    OBJECT = "object"


class Tree(Protocol):
    """A known module tree, as `libraries` provides it."""

    @property
    def cls(self) -> str: ...
    @property
    def bases(self) -> tuple[str, ...]: ...
    @property
    def parameters(self) -> tuple[str, ...]: ...
    @property
    def children(self) -> Mapping[str, Tree]: ...
    @property
    def norm(self) -> bool: ...
    @property
    def dropout(self) -> float: ...
    @property
    def holds_norm(self) -> bool: ...
    @property
    def holds_dropout(self) -> bool: ...
    @property
    def open(self) -> bool: ...
    @property
    def classifier(self) -> str | None: ...


class Edge(msgspec.Struct, gc=False):
    """`parent.name` is `child` from `time` on, under `path`, until one of `ends` (time, path)."""

    parent: int
    name: str
    child: int
    time: int
    path: Path
    truth: Truth = YES
    ends: list[tuple[int, Path]] = []
    slot: int = 0
    """Its place among the attributes: what takes the place of another object keeps it."""

    def alive(self, time: int, path: Path) -> Truth:
        """Whether the edge stands just before `time`, where `path` holds."""
        if self.time >= time:
            return NO
        result = self.truth & relation(self.path, path)
        for end, condition in self.ends:
            if end < time:
                result = result & ~relation(condition, path)
        return result


class Derived(msgspec.Struct, frozen=True):
    """An attribute that is computed from parameters: `parts` are their owners and names. `plain` where it is a plain
    tensor until the first forward, whose own flag means nothing."""

    parts: tuple[tuple[int, str], ...]
    plain: bool = False


class Tie(msgspec.Struct):
    """Several names of one parameter from `time` on, under `path`: (owner, name) of each, the one that was there before
    first. A name that is given another parameter is in `cut` with the time of that."""

    members: tuple[tuple[int, str], ...]
    time: int
    path: Path
    truth: Truth = YES
    cut: dict[tuple[int, str], int] = {}

    def holds(self, member: tuple[int, str], path: Path, time: int | None = None) -> Truth:
        """Whether it is one of the names, in the end or just before `time`."""
        if member not in self.members:
            return NO
        if member in self.cut and (time is None or not self.time < time <= self.cut[member]):
            return NO
        return self.truth & relation(self.path, path)


class HeapObject(msgspec.Struct, eq=False, gc=False):
    """One object. Facts may be added while the program is interpreted (`is_module` by the way it is used)."""

    id: int
    kind: Kind
    label: str
    """The user's name for it: `model.backbone`, `resnet18()`."""
    span: Span | None
    born: int
    classes: tuple[str, ...] = ()
    """Qualified names of its class and that class's bases, most derived first; empty where not known."""
    is_module: Truth = MAYBE
    open: bool = True
    """Whether more may lie below than the edges say."""
    norm: Truth = NO
    """Whether it is itself a normalisation layer with running statistics."""
    dropout: Truth = NO
    """Whether it is itself a layer that is random in train mode."""
    rescales: Truth = NO
    """Whether each forward rescales its weight in place (`Embedding(max_norm=...)`)."""
    affine: Truth = MAYBE
    parameters: list[str] = []
    """Names of its own parameters that are no objects of their own (those of library layers)."""
    requires_grad: Truth = YES
    """The flag of its parameters when it was made."""
    training: Truth = YES
    """Its mode when it was made."""
    derived: dict[str, Derived] = {}
    """Attributes that were parameters and are computed from others now (weight norm, pruning), by name."""
    hidden: bool = False
    """Whether it may hold a module or parameter that nothing here stands for."""
    tree: Tree | None = None
    expanded: bool = True
    copied_from: tuple[int, int] | None = None
    """(object, time) where it is a deep copy: its history before is the history of that object."""
    configured: bool = False
    """Whether a configuration that is not known may have switched off what its tree holds by default (dropout)."""
    doubts: list[int] = []
    """Moments at which an attribute became something of which it is not known whether it is a module."""
    edges: list[Edge] = []
    parents: list[Edge] = []

    @property
    def attributes(self) -> list[Edge]:
        """Its edges in the order of its attributes, those of one place in that of time."""
        return sorted(self.edges, key=_slot)

    @property
    def cls(self) -> str:
        """The short name of its class, or ""."""
        return self.classes[0].rpartition(".")[2] if self.classes else ""


def _slot(edge: Edge) -> int:
    return edge.slot


class Heap:
    """All objects of one timeline, by number."""

    def __init__(
        self, classes: Callable[[str, tuple[str, ...]], tuple[str, ...]] = lambda name, bases: (name, *bases)
    ) -> None:
        """`classes` gives a library class and all its bases, by its name and the bases that a tree knows."""
        self.objects: list[HeapObject] = []
        self.ties: list[Tie] = []
        self.version = 0
        self._classes = classes

    def __getitem__(self, number: int) -> HeapObject:
        return self.objects[number]

    def __iter__(self) -> Iterator[HeapObject]:
        return iter(self.objects)

    def new(self, kind: Kind, label: str, span: Span | None, born: int) -> HeapObject:
        """A new object with nothing known of it."""
        made = HeapObject(id=len(self.objects), kind=kind, label=label, span=span, born=born)
        self.objects.append(made)
        self.version += 1
        return made

    def from_tree(self, tree: Tree, label: str, span: Span | None, born: int) -> HeapObject:
        """A module of a known tree; its children are made when they are asked for."""
        made = self.new(Kind.MODULE, label, span, born)
        made.classes = self._classes(tree.cls, tree.bases)
        made.is_module = YES
        made.tree = tree
        made.open = tree.open
        made.norm = Truth.of(tree.norm)
        made.dropout = Truth.of(tree.dropout > 0)
        made.affine = Truth.of(bool(tree.parameters))
        made.parameters = list(tree.parameters)
        made.expanded = not tree.children
        return made

    def first_name(self, member: tuple[int, str], path: Path, time: int) -> tuple[int, str]:
        """The name that a parameter had first which is tied by then, or later; the name itself where it is not."""
        for tie in self.ties:
            if tie.holds(member, path, time) is YES:
                return tie.members[0]
        return member

    def expand(self, item: HeapObject) -> None:
        """Make the children of an object made from a tree."""
        if item.expanded or item.tree is None:
            return
        item.expanded = True
        present = {edge.name for edge in item.edges}
        for name, tree in item.tree.children.items():
            if name in present:
                continue
            child = self.from_tree(tree, f"{item.label}.{name}", item.span, item.born)
            child.requires_grad, child.training = item.requires_grad, item.training
            child.configured = item.configured
            child.dropout = child.dropout & MAYBE if item.configured else child.dropout
            if item.copied_from is not None:
                origin, time = item.copied_from
                source = self.child(self[origin], name, time)
                if source is not None:
                    child.copied_from = (source.id, time)
            self.attach(item, name, child, item.born - 1, ())

    def expand_below(self, item: HeapObject, limit: int) -> bool:
        """Expand everything below `item`; False where there are more than `limit` objects."""
        stack, seen = [item], {item.id}
        while stack:
            current = stack.pop()
            self.expand(current)
            for edge in current.edges:
                if edge.child not in seen:
                    seen.add(edge.child)
                    stack.append(self[edge.child])
            if len(seen) > limit:
                return False
        return True

    def child(self, item: HeapObject, name: str, time: int) -> HeapObject | None:
        """The child that stands last at `time` under this name, on whatever path."""
        self.expand(item)
        for edge in reversed(item.edges):
            if edge.name == name and edge.time < time:
                return self[edge.child]
        return None

    def attach(
        self, parent: HeapObject, name: str, child: HeapObject, time: int, path: Path, truth: Truth = YES
    ) -> Edge:
        """Make `child` the attribute `name` of `parent`, ending what stood there."""
        before = [each for each in parent.edges if each.name == name and each.alive(time, path) is not NO]
        self.detach(parent, name, time, path)
        slot = before[-1].slot if before else len(parent.edges)
        edge = Edge(parent=parent.id, name=name, child=child.id, time=time, path=path, truth=truth, slot=slot)
        parent.edges.append(edge)
        child.parents.append(edge)
        self.version += 1
        return edge

    def detach(self, parent: HeapObject, name: str, time: int, path: Path) -> None:
        """End what stands under `name`."""
        for edge in parent.edges:
            if edge.name == name and edge.time < time:
                edge.ends.append((time, path))
        self.version += 1
