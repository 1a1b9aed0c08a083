"""What `isinstance` tells of a name in the branch that it guards.

Conditions alone do not carry it: those of a value that may be many things are cut where they grow too large.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from freezelint.core.symbols import truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from .builtin_calls import class_names, instance_of
from .frames import Frame
from .values import Choice, choose
from .world import TENSORS

if TYPE_CHECKING:
    from .interpreter import Interpreter


@contextmanager
def narrowed(interp: Interpreter, test: ir.Expression, frame: Frame, *, polarity: bool) -> Iterator[None]:
    """Take out of a name, for as long as its guard holds, what the guard rules out."""
    bound: list[tuple[str, Any]] = []
    world = interp.world
    told = len(frame.told_tensors)
    for name, node, wanted in _guards(test, holds=polarity):
        value = frame.names.read(name, world.path)
        kinds = interp.evaluate(node, frame)
        if wanted and all(each.endswith(TENSORS) for each in class_names(interp, kinds)):
            frame.told_tensors.append(name)
        if not isinstance(value, Choice):
            continue
        left = [
            (path, option) for path, option in value.options
            if truth_of(world.scalar(instance_of(interp, option, kinds)), world.path) is not Truth.of(not wanted)
        ]  # fmt: skip
        if left and len(left) < len(value.options):
            bound.append((name, choose(left)))
            frame.names.write(name, bound[-1][1], world.path)
    try:
        yield
    finally:
        del frame.told_tensors[told:]
        for name, value in bound:
            frame.names.retract(name, value)


def _guards(test: ir.Expression, *, holds: bool) -> Iterator[tuple[str, ir.Expression, bool]]:
    """The checks of which the test tells where it holds (or does not): name, classes, and whether they hold."""
    match test:
        case ir.Call(
            func=ir.Name(id="isinstance"),
            args=(ir.Argument(value=ir.Name(id=name), keyword=None, star=""), ir.Argument(value=kinds, star="")),
        ):
            yield name, kinds, holds
        case ir.Unary(op="not", operand=operand):
            yield from _guards(operand, holds=not holds)
        case ir.BoolOp(op=op, operands=operands) if holds is (op == "and"):
            for operand in operands:
                yield from _guards(operand, holds=holds)
        case _:
            return
