"""Conditions on the names of parameters and modules: where they stand, and what loops over named children write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from freezelint.core.events import GradSet, NameTest, Selection, WriteByName
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Ref, Value, leaves, loops_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from .collections import each_of, elements
from .frames import Frame
from .text import names_read, render
from .values import Collection, Item
from .world import canonical

if TYPE_CHECKING:
    from .interpreter import Interpreter


def tested(interp: Interpreter, value: Value, node: ir.Expression, frame: Frame) -> None:
    """Record a condition on the name of the element of a loop."""
    loops = loops_of(value)
    if len(loops) != 1 or not any(element.role == "name" for element in elements(value)):
        return
    condition = canonical(value, loops.pop())
    given = Truth.of(_given(interp, value))
    span = interp.span(node.at, frame)
    listed = _listed(interp, node, frame)
    interp.world.emit(
        NameTest, span, render(node), condition=condition, given=given,
        listed=listed if listed is None or listed.path != span.path or listed.line != span.line else None,
    )  # fmt: skip


def _listed(interp: Interpreter, node: object, frame: Frame) -> Span | None:
    """Where a list of texts is written that a condition reads by its name."""
    match node:
        case ir.Name() | ir.Attribute(value=ir.Name()):
            if not frame.binds(names_read(node), interp.world.path):
                return None
            value = interp.evaluate(node, frame)
            texts = isinstance(value, Collection) and bool(value.items) and all(
                isinstance(item.value, Const) and isinstance(item.value.value, str) for item in value.items
            )  # fmt: skip
            return value.made if texts else None
        case ir.Call(func=ir.Attribute(value=owner), args=args):
            parts: tuple[object, ...] = (owner, *(arg.value for arg in args))
        case ir.Call(args=args):
            parts = tuple(arg.value for arg in args)
        case tuple():
            parts = node
        case _ if hasattr(node, "__struct_fields__"):
            parts = tuple(getattr(node, field) for field in node.__struct_fields__)
        case _:
            return None
    return next((found for part in parts if (found := _listed(interp, part, frame)) is not None), None)


def _given(interp: Interpreter, value: Value) -> bool:
    """Whether a text of the condition is written at a call that led here."""
    texts: list[str] = []
    for leaf in leaves(value):
        if isinstance(leaf, Const):
            parts = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            texts.extend(part for part in parts if isinstance(part, str))
    if not texts or not interp.world.stack:
        return False
    calls = "\n".join(interp.project.text_at(span) for span in interp.world.stack)
    return any(f'"{text}"' in calls or f"'{text}'" in calls for text in texts)


def written_by_name(interp: Interpreter, items: list[Item], node: ir.For, frame: Frame) -> None:
    """After a loop over the named children of a module was run child by child: what it writes, by their names.

    The body is run once more with an element that stands for each child, and what that run writes is taken back. Only
    a body that does nothing but set flags is run so.
    """
    world = interp.world
    parent = _parent(interp, items)
    if parent is None or not _sets_flags(node.body):
        return
    from .targets import assign

    selection = Selection(of="modules", root=parent, scope="children", at=world.now)
    first = len(world.events)
    element = each_of(world, selection, "module", named=True)
    assign(interp, node.target, element.value, frame, None)
    interp.block(node.body, frame)
    made = world.events[first:]
    del world.events[first:]
    world.heap.version += 1
    world.events.extend(event for event in made if isinstance(event, NameTest))
    for event in made:
        if isinstance(event, GradSet) and any(_by_name(selection) for selection in event.selections):
            world.emit(WriteByName, event.span, event.text, selections=event.selections, value=event.value)


def _parent(interp: Interpreter, items: list[Item]) -> int | None:
    """The module whose children a loop over (name, child) went over."""
    found: set[int] | None = None
    for item in items:
        match item.value:
            case Collection(kind="tuple", items=[Item(value=Const(value=str() as name)), Item(value=Ref(id=number))]):
                edges = interp.world.heap[number].parents
                here = {edge.parent for edge in edges if edge.name == name}
                found = here if found is None else found & here
            case _:
                return None
    return min(found) if found else None


def _by_name(selection: Selection) -> bool:
    if any(element.role == "name" for test in selection.tests for element in elements(test.value)):
        return True
    return isinstance(selection.root, Selection) and _by_name(selection.root)


def _sets_flags(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a body does nothing but test, print and set flags: running it twice changes nothing else."""
    return all(_sets_flag(statement) for statement in body)


def _sets_flag(statement: ir.Statement) -> bool:
    match statement:
        case ir.If(body=body, orelse=orelse) | ir.For(body=body, orelse=orelse):
            return _sets_flags(body) and _sets_flags(orelse)
        case ir.Assign(targets=(ir.Attribute(attr="requires_grad"),)) | ir.Jump():
            return True
        case ir.ExpressionStatement(value=ir.Const()):
            return True
        case ir.ExpressionStatement(
            value=ir.Call(func=ir.Attribute(attr="requires_grad_" | "eval" | "info" | "debug"))
        ):
            return True
        case ir.ExpressionStatement(value=ir.Call(func=ir.Name(id="print"))):
            return True
        case _:
            return False
