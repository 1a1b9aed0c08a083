"""`train()` and `eval()`: modes go down to all below, but through the `train` of those that override it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import ModeSet, Selection
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import Ref, Value
from freezelint.core.truth import Truth

from . import classes
from .invocation import Invocation
from .values import Bound, ClassValue, Function

if TYPE_CHECKING:
    from .interpreter import Interpreter


def set_mode(
    interp: Interpreter,
    item: HeapObject,
    value: Value,
    how: str,
    call: Invocation,
    *,
    start: Any = None,
    framework: bool = False,
) -> None:
    """`item.train(value)`: itself and all below, but through the `train` of those that override it."""
    world = interp.world
    if start is None and (how == "eval" or framework):
        override = _override(interp, item)
        if override is not None:
            interp.calls.invoke(override, call.with_arguments([value]))
            return
    overriding: list[Any] = []
    left_out: list[int] = []
    for module, _, _ in world.timeline.modules(item.id, world.now, world.path):
        if module.id == item.id:
            continue
        override = _override(interp, module)
        if override is not None and not any(
            world.timeline.holds_module(outer, module.id, world.now, ()) is Truth.YES for outer in left_out
        ):
            overriding.append(override)
            left_out.append(module.id)
    selections = world.module_selection(item, tuple(left_out))
    world.emit(
        ModeSet, call.span, item.label if not call.text else call.text.rpartition(".")[0] or item.label,
        selections=selections, value=value, how=how, root=item.id, framework=framework,
    )  # fmt: skip
    for override in overriding:
        interp.calls.invoke(override, call.with_arguments([value]))


def set_modes(interp: Interpreter, chosen: Selection, value: Value, how: str, call: Invocation) -> None:
    """`each.train(value)` for each of the chosen modules, through the `train` of those that override it."""
    world = interp.world
    below = Selection(of="modules", root=chosen, scope="all", at=world.now)
    overriding: dict[int, tuple[Any, Truth]] = {}
    for module in list(world.heap):
        override = _override(interp, module) if module.kind is Kind.MODULE else None
        inside = world.timeline.covers_module(below, module.id, world.path) if override is not None else Truth.NO
        if inside is not Truth.NO and not any(
            world.timeline.holds_module(outer, module.id, world.now, ()) is Truth.YES for outer in overriding
        ):
            overriding[module.id] = override, inside
    text = call.text.rpartition(".")[0]
    selection = msgspec.structs.replace(below, but=tuple(overriding))
    world.emit(ModeSet, call.span, text, selections=(selection,), value=value, how=how)
    for number, (override, inside) in overriding.items():
        if inside is Truth.YES:
            interp.calls.invoke(override, call.with_arguments([value]))
        # Which of a module and what lies below it comes last, where both are chosen, is not known here.
        open_ = [
            Selection(of="modules", root=module.id, scope="all", at=world.now, truth=Truth.MAYBE)
            for module, name, _ in world.timeline.modules(number, world.now, world.path)
            if (name or inside is Truth.MAYBE)
            and world.timeline.covers_module(chosen, module.id, world.path) is not Truth.NO
        ]
        if open_:
            world.emit(ModeSet, call.span, text, selections=tuple(open_), value=world.unknown("mode"), how=how)


def _override(interp: Interpreter, item: HeapObject) -> Any:
    """The project's own `train` of a module: by assignment or by its class."""
    written = interp.world.attributes.read((item.id, "train"), interp.world.path)
    if isinstance(written, (Function, Bound)):
        return Bound(Ref(item.id), written) if isinstance(written, Function) and _takes_self(written) else written
    kind = interp.calls.class_of.get(item.id)
    if isinstance(kind, ClassValue):
        found = classes.member(kind, "train")
        if isinstance(found, Function):
            return Bound(Ref(item.id), found, kind)
    return None


def _takes_self(function: Function) -> bool:
    parameters = function.node.parameters
    return len(parameters) > 1 or (bool(parameters) and parameters[0].name == "self")
