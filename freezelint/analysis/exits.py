"""Under which condition a block of statements is left, and how."""

from __future__ import annotations

from typing import NamedTuple

from freezelint.core.symbols import FALSE, Value, fold, loops_of
from freezelint.source import ir


class Exit(NamedTuple):
    """Under which condition a block was left: out of the function, and out of the loop body alone.

    `raises` where it surely ends by raising. What only a raise leaves is not made a condition of what follows: the
    program that goes on is the one of interest.
    """

    function: Value
    loop: Value
    raises: bool = False

    @property
    def any(self) -> Value:
        """Under which condition it was left at all."""
        return fold("or", (self.function, self.loop))


STAYS = Exit(FALSE, FALSE)


def merged(test: Value, first: Exit, second: Exit) -> Exit:
    """The exit of two branches."""
    if first is STAYS and second is STAYS:
        return STAYS
    negative = fold("not", (test,))
    return Exit(
        fold("or", (fold("and", (test, first.function)), fold("and", (negative, second.function)))),
        fold("or", (fold("and", (test, first.loop)), fold("and", (negative, second.loop)))),
        first.raises and second.raises,
    )


def without_elements(value: Value) -> Value:
    """A condition on a loop's element says nothing outside the loop."""
    return FALSE if loops_of(value) else value


def breaks(left: Value, body: tuple[ir.Statement, ...]) -> Value:
    """Under which condition the loop itself is left; a body without `break` only ever continues."""
    if left == FALSE or not _holds_break(body):
        return FALSE
    return without_elements(left)


def _holds_break(body: tuple[ir.Statement, ...]) -> bool:
    for statement in body:
        match statement:
            case ir.Jump(kind="break"):
                return True
            case ir.If(body=inner, orelse=orelse):
                if _holds_break(inner) or _holds_break(orelse):
                    return True
            case ir.With(body=inner):
                if _holds_break(inner):
                    return True
            case ir.Try(body=inner, handlers=handlers):
                if _holds_break(inner) or any(_holds_break(handler.body) for handler in handlers):
                    return True
            case _:
                pass
    return False
