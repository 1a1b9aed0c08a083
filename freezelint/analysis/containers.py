"""Container modules: what their constructors and `append` put in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import Const, Expr, Ref, Symbol
from freezelint.core.truth import Truth
from freezelint.source import ir

from .collections import collection, holds_parameters, items_of
from .frames import Frame
from .invocation import Invocation
from .values import Choice, Collection, Item

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .world import World


def fill_container(interp: Interpreter, made: HeapObject, call: Invocation) -> None:
    """Put the arguments of Sequential, ModuleList or ModuleDict in."""
    values = list(call.args)
    if call.more:
        made.open = True
    sequential = "torch.nn.Sequential" in made.classes
    if (not sequential and len(values) >= 1) or (len(values) == 1 and isinstance(values[0], Collection)):
        value = values[0] if values else call.get(0, "modules")
        append_children(interp, made, value, call.node, call.frame)
        return
    items = [Item(value) for value in values]
    append_children(interp, made, collection(interp.world, "list", items), call.node, call.frame)


def append_children(interp: Interpreter, made: HeapObject, values: Any, node: ir.Expression, frame: Frame) -> None:
    """Append modules to a container, by position or, from a dict, by name."""
    world = interp.world
    if isinstance(values, Choice):
        made.open = True
        for path, option in values.options:
            with world.assuming(path) as possible:
                if possible:
                    append_children(interp, made, option, node, frame)
        return
    if isinstance(values, Collection) and values.kind == "dict":
        items: list[Item] | None = values.items
    else:
        items = items_of(interp, values, node, frame) if values is not None else []
    if items is None or (isinstance(values, Collection) and not values.complete):
        made.open = True
    if items is None and isinstance(values, (Symbol, Expr)):
        world.made_from.setdefault(values, ())
    world.heap.expand(made)
    if any(start > made.born for start in world.repeating):
        made.open = True  # what is put in here stands for one of each round
    # Each further round of the loop appends some more, if there is one.
    growing = bool(world.passes) and made.born < world.passes[0]
    number = len({edge.name for edge in made.edges})
    for item in items or []:
        key = item.key if isinstance(values, Collection) and values.kind == "dict" else None
        name = str(key.value) if isinstance(key, Const) else str(number)
        if item.each or (key is not None and not isinstance(key, Const)):
            made.open = True
        number += 1
        with world.assuming(item.path) as possible:
            if possible:
                _put(interp, made, name, item.value, sure=Truth.of(not growing) | Truth.MAYBE)


def _fits(made: HeapObject, value: Any, world: World) -> bool:
    """Whether a value may be taken for what the container holds: one of parameters makes parameters of tensors."""
    return not holds_parameters(made) or (isinstance(value, Ref) and world.heap[value.id].kind is Kind.PARAMETER)


def _put(interp: Interpreter, made: HeapObject, name: str, value: Any, *, sure: Truth) -> None:
    world = interp.world
    options = value.options if isinstance(value, Choice) else (((), value),)
    for path, option in options:
        with world.assuming(path) as possible:
            if not possible:
                continue
            child = world.object_of(option, module=not isinstance(option, Ref)) if _fits(made, option, world) else None
            if child is None:
                made.open = True
                continue
            if child.label.endswith(")"):
                child.label = f"{made.label}[{name}]"
            world.heap.attach(made, name, child, world.tick(), world.event_path(), sure)
            world.attributes.write((made.id, name), option, world.path)
