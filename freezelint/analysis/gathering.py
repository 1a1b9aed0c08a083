"""Lists and groups of parameters that the program keeps under a name: what is in them in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import ParametersGathered, Selections
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Path

from .collections import parameters_in
from .values import Choice, Collection

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .world import World

_MOST = 200
_LISTS = ("list", "tuple", "set")


class Named(msgspec.Struct, frozen=True, eq=False):
    """A collection and where it first got a name."""

    value: Collection
    name: str
    span: Span
    path: Path
    stack: tuple[Span, ...]
    function: str
    time: int


class Gathered:
    """The named collections of one interpretation, and those of which something other than an optimizer made use."""

    def __init__(self) -> None:
        self.named: dict[int, Named] = {}
        self.used: set[int] = set()
        self.given: set[int] = set()
        """Lists that an optimizer was built from: what is put into them later does not reach it."""

    def name(self, world: World, value: Any, name: str, span: Span) -> None:
        """Note that a collection got a name."""
        if not isinstance(value, Collection) or value.kind not in (*_LISTS, "dict") or len(self.named) >= _MOST:
            return
        self.named.setdefault(
            value.id,
            Named(value, name, span, world.event_path(), world.stack, world.functions[-1], world.now),
        )  # fmt: skip

    def give(self, value: Any) -> None:
        """Note that an optimizer is built from a list."""
        if isinstance(value, Collection):
            self.given.add(value.id)

    def put(self, world: World, target: Collection, value: Any, span: Span) -> None:
        """Note that something is put into a list: after an optimizer was built from it, it is a list of its own."""
        if target.id in self.given and isinstance(value, Collection):
            named = self.named.get(target.id)
            self.name(world, value, named.name if named is not None else "it", span)

    def use(self, value: Any) -> None:
        """Note that something goes over a collection or gets hold of it, and of what is in it."""
        match value:
            case Collection() if value.id not in self.used:
                self.used.add(value.id)
                for item in value.items:
                    self.use(item.value)
            case Choice(options=options):
                for _, option in options:
                    self.use(option)
            case _:
                pass


def tell(interp: Interpreter) -> None:
    """Record the named lists and groups of parameters as they are now, at the end."""
    world = interp.world
    for named in interp.gathered.named.values():
        found = _parameters(world, named.value)
        if found:
            world.events.append(
                ParametersGathered(
                    time=world.tick(), span=named.span, path=named.path, stack=named.stack, function=named.function,
                    text=named.name, selections=found, name=named.name, made=named.time,
                    used=named.value.id in interp.gathered.used,
                )
            )  # fmt: skip


def _parameters(world: World, value: Collection) -> Selections | None:
    """The parameters of a list, of a group, or of a list of groups."""
    if value.kind == "dict":
        held = [item.value for item in value.items if item.key == Const("params")]
        return parameters_in(world, held[0]) if len(held) == 1 and value.complete else None
    found: list[Any] = []
    for item in value.items:
        if not (isinstance(item.value, Collection) and item.value.kind == "dict"):
            return parameters_in(world, value)
        inner = _parameters(world, item.value) if not item.path else None
        if inner is None:
            return None
        found.extend(inner)
    return tuple(found) if value.complete else None
