"""Questions about the conditions under which something happens."""

from __future__ import annotations

from .symbols import Expr, Path, Symbol, Value


def rests_on_type(path: Path) -> bool:
    """Whether the path holds only for values of some type that is not known: `isinstance(x, dict)` of an argument.

    Unlike an option that somebody sets, such a test says nothing of whether such values are ever given.
    """
    return any(literal.polarity and _asks_type(literal.value) for literal in path)


def _asks_type(value: Value) -> bool:
    if isinstance(value, Symbol):
        return value.name == "isinstance"
    return isinstance(value, Expr) and (value.op == "isinstance" or any(_asks_type(each) for each in value.args))
