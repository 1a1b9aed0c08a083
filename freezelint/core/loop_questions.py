"""Questions about loops: which pass an event belongs to, and whether a condition in a loop holds in many rounds."""

from __future__ import annotations

from .events import Event, Loop
from .symbols import Const, Expr, Path, Symbol, Value, leaves


def in_pass(event: Event, loop: Loop, *, again: bool) -> bool:
    """Whether an event belongs to the first pass of a loop, or to its second, which stands for all later rounds."""
    return any(each.id == loop.id and each.again is again for each in event.loops)


def repeats(path: Path, loop: Loop) -> bool:
    """Whether something in a loop under these conditions happens in many rounds: always, by an option, or every few
    rounds (`epoch % 5 == 0`). No where it may be in one round only, such as the last."""
    return not any(
        not _mentions(literal.value, "%")
        and (_of_the_round(literal.value, loop) or (literal.polarity and _picks_a_number(literal.value)))
        for literal in path
    )


def _mentions(value: Value, op: str) -> bool:
    return isinstance(value, Expr) and (value.op == op or any(_mentions(arg, op) for arg in value.args))


def _of_the_round(value: Value, loop: Loop) -> bool:
    # Loops and symbols are numbered together, so what was made in the loop has a higher number.
    return any(isinstance(leaf, Symbol) and leaf.id > loop.id for leaf in leaves(value))


def _picks_a_number(value: Value) -> bool:
    """`step == args.steps - 1`, where `step` is counted up."""
    if not isinstance(value, Expr) or value.op != "==":
        return False
    return any(
        isinstance(leaf, Const) and isinstance(leaf.value, int) and leaf.value is not True for leaf in leaves(value)
    )
