"""What module-level code defines whatever the program does: shared by all worlds, so that it is made once.

Functions, classes, imports and constants are the same in every interpretation, unless making them did something: an
object came into being, a project function was called, an unknown value was met. Whether it did is observed, not
guessed: a statement that left no trace in its world and bound nothing but such values is not run again.
"""

from __future__ import annotations

import builtins
from typing import Any

import msgspec

from freezelint.core.symbols import Const

from .classes import ClassLevel, Property, Static
from .decorators import Decorators
from .frames import Bindings, Frame
from .project import ProjectModule, Rests
from .values import ClassValue, Deferred, Function, Imported, Library, Namespace, Place

_BUILTINS = frozenset(dir(builtins))


class Binding(msgspec.Struct, frozen=True, eq=False):
    """A name that a statement binds, and its value."""

    name: str
    value: Any


class Done:
    """What a statement does beside binding names: functions whose body it runs, modules that it has registered."""

    def __init__(self) -> None:
        self.visited: set[Place] = set()
        self.registered: dict[ProjectModule, None] = {}

    def add(self, other: Done) -> None:
        """Do what the other does as well."""
        self.visited |= other.visited
        self.registered.update(other.registered)


class Definition(msgspec.Struct, frozen=True, eq=False):
    """What a statement does in every world, and what that rests on."""

    bindings: tuple[Binding, ...]
    rests: Rests
    done: Done


class Definitions:
    """Statements of modules whose effect is known, and the scopes of the modules."""

    def __init__(self) -> None:
        self.relevant: dict[int, bool] = {}
        """Whether the body of a function (by id of its node) may matter: see `Calls`."""
        self.acting: dict[int, bool] = {}
        """Whether the text of a class (by id of its node) does more than compute: see `Forwards`."""
        self.registering: dict[str, list[int]] = {}
        """The statements of a module (by its file) that register something: see `Loader`."""
        self.decorators = Decorators()
        self.parts: dict[tuple[int, str], bool] = {}
        """Whether the text of a class (by id of its node) uses an attribute as a part: see `construction`."""
        self._scopes: dict[str, Frame] = {}
        self._bound: dict[tuple[str, int], Definition] = {}
        self._shared: set[int] = set()

    def scope(self, module: ProjectModule) -> Frame:
        """The scope of a module: one object for all worlds, since functions close over it."""
        found = self._scopes.get(module.absolute)
        if found is None:
            found = self._scopes[module.absolute] = Frame("", module, None)
        return found

    def forget_world(self) -> None:
        """Unbind all names: another world begins."""
        for scope in self._scopes.values():
            scope.names = Bindings()

    def bound(self, module: ProjectModule, number: int) -> Definition | None:
        """What a statement does in every world, or None where that is not known."""
        return self._bound.get((module.absolute, number))

    def keep(self, module: ProjectModule, number: int, definition: Definition) -> bool:
        """Remember what a statement that left no trace does; False where other worlds may differ, or where the
        statement is broken, which each of them must learn."""
        if definition.rests.problems:
            return False
        check = _Check(module, number, self._shared)
        if not all(check(binding.value) for binding in definition.bindings):
            return False
        self._shared |= check.own
        self._bound[(module.absolute, number)] = definition
        return True


class _Check:
    """Whether values are the same in every world: `shared` are the classes that are known to be, `own` those that the
    statement at hand defines."""

    def __init__(self, module: ProjectModule, number: int, shared: set[int]) -> None:
        self.own: set[int] = set()
        self._module = module
        self._chunk = module.chunks[number]
        self._shared = shared

    def __call__(self, value: Any) -> bool:
        match value:
            case Const() | Namespace() | Deferred() | Imported():
                return True
            case Library(name=name):
                # A name that is not bound yet reads as a builtin.
                return not name.startswith("builtins.") or name.split(".")[1] in _BUILTINS
            case Function(owner=owner, scope=scope):
                return scope.parent is None if owner is None else self(owner)
            case Property(function=function) | Static(function=function) | ClassLevel(function=function):
                return self(function)
            case ClassValue():
                return id(value) in self._shared or id(value) in self.own or self._defined(value)
            case _:
                return False

    def _defined(self, cls: ClassValue) -> bool:
        """Whether the statement defines the class, out of parts that are the same everywhere."""
        chunk = self._chunk
        if cls.module is not self._module or not chunk.first_line <= cls.node.at.line <= chunk.last_line:
            return False
        self.own.add(id(cls))
        return all(self(part) for part in (*cls.bases, *cls.members.values()))
