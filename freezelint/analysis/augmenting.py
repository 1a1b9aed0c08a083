"""`target op= value`: what is added, and what is counted up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.objects import Kind
from freezelint.core.symbols import Element, Expr, Ref
from freezelint.source import ir

from . import expressions, flags, gradients
from .collections import extend
from .containers import append_children
from .frames import Frame
from .targets import assign, group_added
from .text import render
from .values import CORE, Choice, Collection, Copied

if TYPE_CHECKING:
    from .interpreter import Interpreter


def augment(interp: Interpreter, node: ir.AugmentedAssign, frame: Frame) -> None:
    """`target op= value`."""
    world = interp.world
    before = interp.evaluate(node.target, frame)
    value = interp.evaluate(node.value, frame)
    if isinstance(before, Collection) and before.kind in ("list", "set") and node.op in ("+", "|"):
        extend(interp, before, value, node.value, frame)
        return
    if gradients.augmented(interp, before, node.op, value, interp.span(node.target.at, frame), render(node.target)):
        return
    if isinstance(before, Copied) or (isinstance(before, Element) and before.role == "parameter"):
        span = interp.span(node.target.at, frame)
        flags.write_weights(interp, before, span, render(node.target), f"{node.op}=", [value])
    match before:
        case Expr(op="group_params", args=(Ref(id=number), *_)):
            group_added(interp, number, value, node.target, frame)
            return
        case Ref():
            _augmented_module(interp, before, value, node, frame)
            return
        case _:
            pass
    if isinstance(before, (*CORE, Choice)):
        _count(interp, node.target, frame)
        assign(interp, node.target, expressions.binary(interp, node.op, before, value), frame, None)
    else:
        assign(interp, node.target, world.unknown("sum"), frame, None)


def _count(interp: Interpreter, target: ir.Expression, frame: Frame) -> None:
    """Remember what is counted up: in later iterations its value is another."""
    world = interp.world
    match target:
        case ir.Name(id=name):
            world.counted.append((frame.outer.get(name, frame).names, name))
        case ir.Attribute(value=owner, attr=attr):
            item = world.object_of(interp.evaluate(owner, frame))
            if item is not None:
                world.counted.append((world.attributes, (item.id, attr)))
        case _:
            pass


def _augmented_module(interp: Interpreter, owner: Ref, value: Any, node: ir.AugmentedAssign, frame: Frame) -> None:
    """`module_list += [...]`."""
    item = interp.world.heap[owner.id]
    if item.kind is Kind.MODULE and isinstance(value, Collection):
        append_children(interp, item, value, node.value, frame)
