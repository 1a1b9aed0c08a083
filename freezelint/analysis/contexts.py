"""Decorators and context managers: the grad mode above all, and those of the project."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import GradModeSet, GradModeUnused
from freezelint.core.symbols import NONE, Const, Ref
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes
from .frames import Frame
from .invocation import GradContext
from .text import render
from .values import Bound, Choice, ClassValue, Collection, Function, Library, Method, Suspended

if TYPE_CHECKING:
    from .interpreter import Interpreter


def decorated(interp: Interpreter, value: Any, decorator: ir.Expression, frame: Frame) -> Any:
    """A function with a decorator applied."""
    if not isinstance(value, Function):
        return value
    name = decorator.func if isinstance(decorator, ir.Call) else decorator
    text = render(name)
    last = text.rpartition(".")[2]
    match last:
        case "property" | "cached_property":
            return classes.Property(value, last == "cached_property")
        case "staticmethod":
            return classes.Static(value)
        case "classmethod":
            return classes.ClassLevel(value)
        case "no_grad" | "inference_mode" | "enable_grad" | "set_grad_enabled" | "torch_no_grad":
            enabled = last == "enable_grad"
            return Function(value.node, value.module, value.scope, value.owner, Truth.of(enabled))
        case "apply" if isinstance(decorator, ir.Attribute):
            applied = interp.evaluate(decorator, frame)
            if isinstance(applied, Method):
                interp.calls.invoke_value(applied, decorator, frame, [value])
            return value
        case "contextmanager":
            return Function(value.node, value.module, value.scope, value.owner, value.grad, context=True)
        case _ if "regist" in text.lower():
            applied = interp.evaluate(decorator, frame)
            if isinstance(applied, (Function, Bound)):
                interp.calls.invoke_value(applied, decorator, frame, [value])
            return value
        case _:
            return _wrapped(interp, value, decorator, frame)


def _wrapped(interp: Interpreter, value: Function, decorator: ir.Expression, frame: Frame) -> Any:
    """What a decorator of the project makes of a function, where that is a function again."""
    if isinstance(decorator, ir.Name) and isinstance(applied := interp.evaluate(decorator, frame), Function):
        made = interp.calls.invoke_value(applied, decorator, frame, [value])
        if isinstance(made, Function) and made is not value:
            return msgspec.structs.replace(made, owner=value.owner)
    return value


def resume(interp: Interpreter, context: Suspended, body: Callable[[Any], None]) -> None:
    """Run a suspended context manager, `body` where it yields."""
    function = msgspec.structs.replace(context.function, context=False)
    interp.calls.inline(function, context.call, receiver=context.receiver, kind=context.kind, on_yield=body)


def leave(interp: Interpreter, value: Any, node: ir.Expression, frame: Frame) -> None:
    """What a context manager of the project does on the way out."""
    kind = interp.calls.class_of.get(value.id) if isinstance(value, Ref) else None
    if not isinstance(kind, ClassValue):
        return
    leaving = classes.member(kind, "__exit__")
    if isinstance(leaving, Function):
        interp.calls.invoke_value(Bound(value, leaving, kind), node, frame, [NONE, NONE, NONE])


def enter(interp: Interpreter, value: Any, node: ir.Expression, frame: Frame) -> Any:
    """What `with value as x` binds, and what it does to the grad mode."""
    if isinstance(value, GradContext):
        interp.world.grad = value.enabled
        return value
    if isinstance(value, Choice):
        for _, option in value.options:
            if isinstance(option, GradContext):
                interp.world.grad = interp.world.grad.join(option.enabled)
        return interp.world.unknown("context")
    if isinstance(value, Library) and value.name.rpartition(".")[2] in ("no_grad", "inference_mode"):
        return interp.world.unknown("context")
    if isinstance(value, Ref):
        kind = interp.calls.class_of.get(value.id)
        if isinstance(kind, ClassValue):
            entering = classes.member(kind, "__enter__")
            if isinstance(entering, Function):
                return interp.calls.invoke_value(Bound(value, entering, kind), node, frame)
    if isinstance(value, Collection) and value.kind == "iterator" and len(value.items) == 1:
        return value.items[0].value
    return value


def dropped(interp: Interpreter, value: Any, node: ir.Call, frame: Frame) -> None:
    """A call whose result nobody takes."""
    if not isinstance(value, GradContext):
        return
    span = interp.span(node.at, frame)
    if value.immediate:
        interp.world.grad = value.enabled
        interp.world.emit(GradModeSet, span, render(node), value=Const(value.enabled is Truth.YES))
    else:
        interp.world.emit(GradModeUnused, span, render(node), name=render(node.func))
