"""`train()` and `eval()`: modes go down to all below, but through the `train` of those that override it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import ModeSet
from freezelint.core.objects import HeapObject
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
