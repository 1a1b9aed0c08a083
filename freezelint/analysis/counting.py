"""Loops that count to a number that is not known, over parts that are: `for i in range(n): self.layers[i]`.

Each number that picks a part that is there is a round of its own, under the condition that the bounds let it through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from freezelint.core.objects import Kind
from freezelint.core.symbols import Const, Expr, Path, Ref, Symbol, Value, fold
from freezelint.core.truth import Truth
from freezelint.source import ir

from .frames import Frame
from .text import names_read, picks_by
from .values import Collection, Item
from .world import condition

if TYPE_CHECKING:
    from .interpreter import Interpreter

_MOST = 32
"""Rounds: of more parts none is told apart."""


def counted(interp: Interpreter, iterable: Any, node: ir.For, frame: Frame) -> list[Item] | None:
    """The numbers of a range with an open bound for which there is something to pick, each under its condition; None
    where that is not known."""
    bounds = interp.world.ranges.get(iterable) if isinstance(iterable, Symbol) else None
    if bounds is None or not isinstance(node.target, ir.Name):
        return None
    lower, upper = bounds
    picks = list(_picks(node.target.id, node.body))
    start = lower.value if isinstance(lower, Const) else 0
    stop = upper.value if isinstance(upper, Const) else None
    if not picks or not isinstance(start, int) or not isinstance(stop, int | None):
        return None
    items: list[Item] = []
    for number in range(start, start + _MOST):
        frame.assign(node.target.id, Const(number), interp.world.path)
        found = [there for pick in picks if (there := _is_there(interp, pick, frame)) is not None]
        if not found:
            return None
        if not all(found) or (stop is not None and number >= stop):
            return items
        items.append(Item(Const(number), _within(number, lower, upper)))
    return None


def _within(number: int, lower: Value, upper: Value) -> Path:
    """The condition under which a range gets to a number."""
    if isinstance(lower, Const):
        return condition(_below(number, upper), polarity=True)
    return condition(fold("<=", (lower, Const(number))), polarity=True)


def _below(number: int, upper: Value) -> Value:
    """`number < upper`, of `n + 1` in terms of `n`, as a test of `n` elsewhere is written."""
    match upper:
        case Expr(op="+" | "-" as op, args=(base, Const(value=int() as more))):
            return fold("<", (Const(number - more if op == "+" else number + more), base))
        case _:
            return fold("<", (Const(number), upper))


def _picks(name: str, node: object) -> Iterator[tuple[ir.Expression, ir.Expression]]:
    """What is picked from and the key, wherever the name of the counter picks something below `node`."""
    match node:
        case tuple():
            for each in node:
                yield from _picks(name, each)
            return
        case ir.Subscript(value=value, index=index) if _is_plain(value) and not isinstance(index, ir.Slice):
            if picks_by(name, ir.Subscript(value, index, node.at)):
                yield value, index
        case ir.Call(func=ir.Name(id="getattr"), args=(owner, key, *_)) if _is_plain(owner.value):
            if picks_by(name, node):
                yield owner.value, key.value
        case _:
            pass
    if hasattr(node, "__struct_fields__"):
        for field in node.__struct_fields__:
            yield from _picks(name, getattr(node, field))


def _is_plain(node: ir.Expression) -> bool:
    """Whether to evaluate an expression before its time does nothing: a name, or attributes of one."""
    while isinstance(node, ir.Attribute):
        node = node.value
    return isinstance(node, ir.Name)


def _is_there(interp: Interpreter, pick: tuple[ir.Expression, ir.Expression], frame: Frame) -> bool | None:
    """Whether there is something under the key; None where that is not known."""
    world = interp.world
    if not frame.binds(names_read(pick), world.path):
        return None
    owner, key = interp.evaluate(pick[0], frame), world.scalar(interp.evaluate(pick[1], frame))
    if not isinstance(key, Const) or not isinstance(key.value, int | str):
        return None
    match owner:
        case Collection() if owner.complete and owner.kind != "dict" and not any(item.each for item in owner.items):
            return isinstance(key.value, int) and -len(owner.items) <= key.value < len(owner.items)
        case Ref(id=number) if world.heap[number].kind is Kind.MODULE and not world.heap[number].open:
            item = world.heap[number]
            world.heap.expand(item)
            names = [edge.name for edge in item.edges if edge.alive(world.now, world.path) is not Truth.NO]
            if isinstance(key.value, int) and key.value < 0:
                return -key.value <= len(names)
            return str(key.value) in names
        case _:
            return None
