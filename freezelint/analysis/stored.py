"""Plain collections of modules in attributes of modules, which register nothing that stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import CollectionStored
from freezelint.core.objects import HeapObject
from freezelint.core.spans import Span
from freezelint.core.symbols import Path, Ref
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes
from .text import render
from .values import Choice, ClassValue, Collection

if TYPE_CHECKING:
    from .frames import Frame
    from .interpreter import Interpreter

_LOOKS_AFTER = re.compile(r"\bparameters\(|\.to\(|\.cuda\(|\.train\(|\.eval\(|state_dict\(|requires_grad|_apply\(")


class Place(msgspec.Struct, frozen=True, eq=False):
    """Where a collection became an attribute."""

    collection: Collection
    span: Span
    text: str
    path: Path
    stack: tuple[Span, ...]
    function: str


class Stored:
    """The collections that became attributes of modules in one interpretation."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self._places: dict[tuple[int, str], Place] = {}
        self._told: dict[tuple[int, str], int] = {}

    def remember(self, owner: HeapObject, name: str, value: Any, target: ir.Expression, frame: Frame) -> None:
        """An attribute gets a collection: what is in it is told later, when it is complete."""
        world = self.interp.world
        if not isinstance(value, Collection) or value.kind not in ("list", "tuple", "dict", "set"):
            return
        kind = self.interp.calls.class_of.get(owner.id)
        if not isinstance(kind, ClassValue) or classes.is_module(kind) is not Truth.YES:
            return
        self._places[(owner.id, name)] = Place(
            value, self.interp.span(target.at, frame), render(target), world.event_path(), world.stack,
            world.functions[-1],
        )  # fmt: skip

    def tell(self, owner: HeapObject | None = None) -> None:
        """Tell of the collections of one object, or of all, that hold more modules than when last told."""
        world = self.interp.world
        for key, place in list(self._places.items()):
            number, name = key
            if owner is not None and owner.id != number:
                continue
            found = tuple(dict.fromkeys(self._modules(place.collection, 0)))
            if len(found) <= self._told.get(key, 0) or not self._still(number, name, place):
                continue
            self._told[key] = len(found)
            world.events.append(
                CollectionStored(
                    time=world.tick(), span=place.span, path=place.path, stack=place.stack, function=place.function,
                    text=place.text, owner=number, name=name, kind=place.collection.kind, modules=found,
                    pure=self._is_pure(place.collection),
                )
            )  # fmt: skip

    def _still(self, number: int, name: str, place: Place) -> bool:
        """Whether the attribute is still the collection, and the class leaves its parts to `nn.Module`."""
        value = self.interp.world.attributes.read((number, name), place.path)
        options = [option for _, option in value.options] if isinstance(value, Choice) else [value]
        if not any(option is place.collection for option in options):
            return False
        kind = self.interp.calls.class_of[number]
        return not (isinstance(kind, ClassValue) and _reaches(kind, name))

    def _is_pure(self, value: Collection) -> bool:
        """Whether each thing in a collection is a module itself."""
        heap = self.interp.world.heap
        return value.complete and all(
            isinstance(item.value, Ref) and heap[item.value.id].is_module is Truth.YES for item in value.items
        )

    def _modules(self, value: Any, depth: int) -> Iterator[int]:
        match value:
            case Ref(id=number) if self.interp.world.heap[number].is_module is Truth.YES:
                yield number
            case Collection() if depth < 3:
                for item in value.items:
                    yield from self._modules(item.value, depth + 1)
            case Choice(options=options):
                for _, option in options:
                    yield from self._modules(option, depth)
            case _:
                pass


def _reaches(cls: ClassValue, name: str) -> bool:
    """Whether a method of the class looks after what stands in the attribute: gives out its parameters, moves it."""
    own = re.compile(rf"\bself\.{re.escape(name)}\b")
    for each in classes.lineage(cls):
        if not isinstance(each, ClassValue):
            continue
        for node in each.node.body:
            if isinstance(node, ir.FunctionDef) and node.name != "forward":
                text = classes.method_text(each, node)
                if own.search(text) is not None and _LOOKS_AFTER.search(text) is not None:
                    return True
    return False
