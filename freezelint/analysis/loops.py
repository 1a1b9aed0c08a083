"""Loops: unrolled where their elements are known one by one.

A loop over parameters or modules runs its body once with an element that stands for each; any other loop over unknown
things runs twice, as its first and as a later iteration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import Loop
from freezelint.core.symbols import FALSE, Const, Element, Expr, Value, fold, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import flags, names, targets
from .collections import element_of, items_of
from .counting import counted
from .exits import STAYS, Exit, breaks, without_elements
from .frames import Frame
from .text import flatten_names, picks_by
from .values import Bound, Choice, Collection, Item, Method
from .world import condition

if TYPE_CHECKING:
    from .interpreter import Interpreter

_UNROLL = 40
_SHORT = 4


def run_for(interp: Interpreter, node: ir.For, frame: Frame) -> Exit:
    """A `for` loop."""
    iterable = interp.evaluate(node.iterable, frame)
    if isinstance(iterable, (Method, Bound)):
        targets.uncalled(interp, iterable, node.iterable, frame, "iterated")
    return _for_over(interp, iterable, node, frame)


def _for_over(interp: Interpreter, iterable: Any, node: ir.For, frame: Frame) -> Exit:
    if isinstance(iterable, Choice):
        function: Value = FALSE
        for path, option in iterable.options:
            with interp.world.assuming(path) as possible:
                if possible:
                    left = _for_over(interp, option, node, frame)
                    function = fold("or", (function, left.function))
        return STAYS if function == FALSE else Exit(function, FALSE)
    items = counted(interp, iterable, node, frame) or items_of(interp, iterable, node.iterable, frame)
    if items is not None and len(items) <= _UNROLL and _worth_unrolling(iterable, items, node):
        return _unrolled(interp, items, node, frame)
    return _repeated(interp, node, frame, iterable)


def _worth_unrolling(iterable: Any, items: list[Item], node: ir.For) -> bool:
    """A long range is unrolled only where the number picks something: `self.layers[i]`, f"layer{i}"."""
    if not isinstance(iterable, Collection) or iterable.origin != "range" or len(items) <= _SHORT:
        return True
    return isinstance(node.target, ir.Name) and picks_by(node.target.id, node.body)


def _unrolled(interp: Interpreter, items: list[Item], node: ir.For, frame: Frame) -> Exit:
    before = interp.world.path
    function: Value = FALSE
    loop = interp.world.fresh()
    loops = interp.world.loops
    try:
        for number, item in enumerate(items):
            with interp.world.assuming(item.path) as possible:
                if not possible:
                    continue
                if not item.each:
                    interp.world.loops = (*loops, Loop(loop, number > 0))
                else:
                    _forget_counters(interp, node, frame)
                    flags.check_rebinding(interp, node, item.value, frame)
                targets.assign(interp, node.target, item.value, frame, None)
                left = interp.block(node.body, frame)
            function = fold("or", (function, without_elements(left.function)))
            broken = fold("or", (without_elements(left.function), breaks(left.loop, node.body)))
            if truth_of(broken) is Truth.YES:
                break
            if truth_of(broken) is Truth.MAYBE:
                interp.world.path = interp.world.path + condition(broken, polarity=False)
    finally:
        interp.world.path = before
        interp.world.loops = loops
    names.written_by_name(interp, items, node, frame)
    interp.block(node.orelse, frame)
    return STAYS if function == FALSE else Exit(function, FALSE)


def _forget_counters(interp: Interpreter, node: ir.For, frame: Frame) -> None:
    """A name that the body counts up differs by element: which value it has for which is not known."""
    for name in flatten_names(node.body):
        frame.assign(name, Expr("counter", (Element("index", interp.world.fresh()), Const(name))), interp.world.path)


def _repeated(interp: Interpreter, node: ir.For | ir.While, frame: Frame, iterable: Any = None) -> Exit:
    loop = interp.world.fresh()
    loops = interp.world.loops
    passes = interp.world.passes
    nested = any(each.again for each in loops)
    function: Value = FALSE
    before = interp.world.path
    events = len(interp.world.events)
    counted = len(interp.world.counted)
    interp.world.repeating.append(interp.world.now)
    try:
        for again in (False, True):
            if again and (nested or len(interp.world.events) == events):
                break
            if again:
                for bindings, key in dict.fromkeys(interp.world.counted[counted:]):
                    name = key[1] if isinstance(key, tuple) else key
                    bindings.write(key, interp.world.unknown(name), interp.world.path)
                interp.world.passes = (*passes, interp.world.now)
            interp.world.loops = (*loops, Loop(loop, again))
            if isinstance(node, ir.For):
                targets.assign(interp, node.target, element_of(interp, iterable, node), frame, None)
            else:
                test = interp.branch(node.test, frame)
                if truth_of(test, interp.world.path) is Truth.NO:
                    break
            left = interp.block(node.body, frame)
            function = fold("or", (function, left.function))
            leaving = truth_of(left.function)
            if leaving is Truth.YES:
                break
            if leaving is Truth.MAYBE:
                interp.world.path = interp.world.path + condition(left.function, polarity=False)
    finally:
        interp.world.path = before
        interp.world.loops = loops
        interp.world.passes = passes
        interp.world.repeating.pop()
    interp.block(node.orelse, frame)
    # A loop over unknown things may run no time at all, so leaving the function in it is never sure.
    if truth_of(function) is Truth.YES:
        return STAYS
    return STAYS if function == FALSE else Exit(function, FALSE)


def run_while(interp: Interpreter, node: ir.While, frame: Frame) -> Exit:
    """A `while` loop."""
    return _repeated(interp, node, frame)
