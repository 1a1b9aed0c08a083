"""Writes of `.grad`: cleared, zeroed or changed by assignment, in place, item by item, or by a hook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from freezelint.core.events import GradientWritten
from freezelint.core.spans import Span
from freezelint.core.symbols import NONE, Const, Expr, Symbol, Value
from freezelint.core.truth import Truth

from .collections import parameters_in
from .invocation import Invocation
from .values import Choice

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .world import World

_CHANGES = frozenset({"mul_", "fill_", "copy_", "clamp_", "clip_", "add_", "sub_", "div_", "masked_fill_", "lerp_"})


def gradient_of(value: Any) -> tuple[Any, bool] | None:
    """The parameter of which `value` is the gradient, and whether it is only a part of it; None for anything else."""
    partial = False
    while isinstance(value, Expr) and value.args:
        if value.op in ("slice", "item"):
            partial = True
        elif value.op == "attr" and value.args[1] == Const("grad"):
            return value.args[0], partial
        elif value.op != "attr" or value.args[1] != Const("data"):
            return None
        value = value.args[0]
    return None


def assigned(interp: Interpreter, receiver: Any, value: Any, span: Span, text: str) -> None:
    """`p.grad = value`."""
    how = "none" if value == NONE else "zero" if interp.tensors.is_zero(value) else "value"
    _emit(interp, receiver, how, Truth.NO, span, text)


def item_assigned(interp: Interpreter, owner: Any, value: Any, span: Span, text: str) -> bool:
    """`p.grad[:n] = value`, or the same of the gradient that a hook is given; True where it is one."""
    zero = interp.tensors.is_zero(value)
    found = gradient_of(owner)
    if found is not None:
        _emit(interp, found[0], "zero" if zero else "value", Truth.YES, span, text)
        return True
    if isinstance(owner, Symbol) and owner in interp.tensors.leaves:
        if zero:
            interp.tensors.partly_zero.add(owner)
        interp.tensors.graphs.written(owner, [value])
        return True
    return False


def augmented(interp: Interpreter, before: Any, op: str, value: Any, span: Span, text: str) -> bool:
    """`p.grad *= value` and the like; True where it is one."""
    found = gradient_of(before)
    if found is None:
        return False
    owner, partial = found
    zero = op == "*" and interp.tensors.is_zero(value)
    _emit(interp, owner, "zero" if zero else "value", _part(value, partial=partial, op=op), span, text)
    return True


def method(interp: Interpreter, receiver: Any, name: str, call: Invocation) -> bool:
    """A method of a gradient that changes it in place; True where it is one."""
    found = gradient_of(receiver)
    if found is None or not changes(name):
        return False
    owner, partial = found
    first = interp.world.scalar(call.args[0]) if call.args else NONE
    zero = name == "zero_" or (name in ("mul_", "fill_") and interp.tensors.is_zero(first))
    part = Truth.of(partial) if zero else _part(first, partial=partial, op="*" if name == "mul_" else "")
    if name == "masked_fill_":
        part = Truth.YES
        zero = len(call.args) > 1 and interp.tensors.is_zero(call.args[1])
    _emit(interp, owner, "zero" if zero else "value", part, call.span, call.text)
    return True


def changes(name: str) -> bool:
    """Whether a method of a tensor changes it in place."""
    return name == "zero_" or name in _CHANGES


def _part(value: Any, *, partial: bool, op: str) -> Truth:
    """Whether only a part of a gradient changes: open where it is multiplied by what may be a mask."""
    if partial:
        return Truth.YES
    return Truth.MAYBE if op == "*" and not isinstance(value, Const) else Truth.NO


def hooked(interp: Interpreter, receiver: Any, name: str, call: Invocation) -> Any:
    """`p.register_hook(fn)`: what `fn` makes of the gradient, from here on at every backward."""
    world = interp.world
    function = call.get(0, "hook")
    before, world.hooked = world.hooked, True
    try:
        if name != "register_hook":
            interp.calls.invoke(function, call.with_arguments([receiver]))
        else:
            gradient = world.unknown("gradient")
            interp.tensors.leaves.add(gradient)
            made = interp.calls.invoke(function, call.with_arguments([gradient]))
            how, part = _made_of(interp, gradient, made)
            _emit(interp, receiver, how, part, call.span, call.text)
    finally:
        world.hooked = before
    return world.unknown("handle")


def _made_of(interp: Interpreter, gradient: Symbol, made: Any) -> tuple[str, Truth]:
    """What a hook makes of a gradient: whether it is zero afterwards, and whether only a part of it is."""
    tensors = interp.tensors
    result: Any = gradient if made == NONE else made
    if isinstance(result, Choice):
        return "value", Truth.MAYBE
    if tensors.is_zero(result):
        return "zero", Truth.NO
    if result in tensors.partly_zero:
        return "zero", Truth.YES
    masked = isinstance(result, Expr) and result.op == "*"
    return "value", Truth.MAYBE if masked else Truth.NO


def _emit(interp: Interpreter, owner: Any, how: str, partial: Truth, span: Span, text: str) -> None:
    world = interp.world
    with _whatever_gradient(world):
        found = parameters_in(world, owner)
        if found:
            asked = [place for test, place in world.asked if _mentions(test, "requires_grad")]
            world.emit(
                GradientWritten, span, text, selections=found, how=how, partial=partial, hook=world.hooked,
                test=asked[-1] if asked else None,
            )  # fmt: skip


@contextmanager
def _whatever_gradient(world: World) -> Iterator[None]:
    """Leave out the conditions on gradients: `if p.grad is not None` says nothing of which parameters are meant."""
    before = world.path
    world.path = tuple(literal for literal in before if not _of_gradient(literal.value))
    try:
        yield
    finally:
        world.path = before


def _of_gradient(value: Value) -> bool:
    if gradient_of(value) is not None:
        return True
    return isinstance(value, Expr) and any(_of_gradient(arg) for arg in value.args)


def _mentions(value: Value, op: str) -> bool:
    return isinstance(value, Expr) and (value.op == op or any(_mentions(arg, op) for arg in value.args))
