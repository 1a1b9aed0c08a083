"""Scopes: what a name is bound to, by condition."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from freezelint.core.symbols import Path, relation
from freezelint.core.truth import Truth

from .values import choose

if TYPE_CHECKING:
    from .project import ProjectModule
    from .values import ClassValue

MISSING: Any = object()
_MOST = 6
_BUILTINS = frozenset(dir(builtins))


class Bindings:
    """Guarded writes: the newest that the path implies wins; older ones show through where it is undecided."""

    __slots__ = ("_writes",)

    def __init__(self) -> None:
        self._writes: dict[Any, list[tuple[Path, Any]]] = {}

    def write(self, key: Any, value: Any, path: Path) -> None:
        """Bind `key` to `value` where `path` holds."""
        writes = self._writes.setdefault(key, [])
        while writes and relation(writes[-1][0], path) is Truth.YES and relation(path, writes[-1][0]) is Truth.YES:
            writes.pop()
        if len(writes) > 4 * _MOST:
            del writes[0]
        writes.append((path, value))

    def read(self, key: Any, path: Path) -> Any:
        """The value where `path` holds: a Choice where conditions leave it open, MISSING where nothing is bound."""
        found: list[tuple[Path, Any]] = []
        for condition, value in reversed(self._writes.get(key, ())):
            match relation(condition, path):
                case Truth.NO:
                    continue
                case Truth.YES:
                    found.append(((), value))
                    break
                case Truth.MAYBE:
                    found.append((condition, value))
            if len(found) >= _MOST:
                break
        if not found:
            return MISSING
        first = found[0][1]
        if len(found) == 1 or all(value is first or _same(value, first) for _, value in found):
            return first
        return choose(tuple(found))

    def retract(self, key: Any, value: Any) -> None:
        """Undo the writes of this very value."""
        self._writes[key] = [write for write in self._writes[key] if write[1] is not value]

    def __contains__(self, key: Any) -> bool:
        return key in self._writes

    def written(self) -> list[Any]:
        """All keys ever written."""
        return list(self._writes)


def _same(a: Any, b: Any) -> bool:
    try:
        return type(a) is type(b) and bool(a == b)
    except TypeError:
        return False


class Frame:
    """One activation of a function, a class body or a module.

    `entry` is the path under which it was entered; `returns` collects what it returned, by path.
    """

    def __init__(
        self,
        function: str,
        module: ProjectModule,
        parent: Frame | None,
        *,
        entry: Path = (),
        owner: ClassValue | None = None,
        receiver: Any = None,
    ) -> None:
        self.function = function
        self.module = module
        self.parent = parent
        self.entry = entry
        self.owner = owner
        self.receiver = receiver
        self.names = Bindings()
        self.outer: dict[str, Frame] = {}
        """Names declared global or nonlocal, and where they live."""
        self.returns: list[tuple[Path, Any]] = []
        self.yields: list[tuple[Path, Any]] = []
        self.told_tensors: list[str] = []
        """Names that the code at hand has asked for, and been told, that they are tensors."""
        self.is_class = False
        self.on_yield: Callable[[Any], None] | None = None
        """What to do where it yields, when it is run as a context manager."""

    def assign(self, name: str, value: Any, path: Path) -> None:
        """Bind a name in the scope it belongs to."""
        self.outer.get(name, self).names.write(name, value, path)

    def read(self, name: str, path: Path) -> Any:
        """The value of a name here or in an enclosing function, MISSING where it is bound in neither."""
        scope: Frame | None = self.outer.get(name, self)
        first = True
        while scope is not None:
            if first or not scope.is_class:
                value = scope.names.read(name, path)
                if value is not MISSING:
                    return value
            first = False
            scope = scope.parent
        return MISSING

    def binds(self, names: Iterable[str], path: Path) -> bool:
        """Whether all names but Python's own are bound by now: to read one that is not may run other code first."""
        return all(name in _BUILTINS or self.read(name, path) is not MISSING for name in names)

    @property
    def top(self) -> Frame:
        """The module's frame."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope
