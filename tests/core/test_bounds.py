"""What one comparison with a number says of another one, against what holds for numbers."""

from __future__ import annotations

from itertools import product

import pytest

from freezelint.core.symbols import Const, Expr, Literal, Symbol, conjoin, truth_of
from freezelint.core.truth import MAYBE, NO, YES

X, Y = Symbol("x", 1), Symbol("y", 2)
NUMBERS = [half / 2 for half in range(-4, 14)]
COMPARISONS = [
    Expr(op, sides)
    for op in ("<", "<=", "==")
    for number in range(5)
    for sides in ((X, Const(number)), (Const(number), X))
    if op != "==" or sides[0] == X
]


def holds(comparison: Expr, number: float) -> bool:
    left, right = (each.value if isinstance(each, Const) else number for each in comparison.args)
    match comparison.op:
        case "<":
            return bool(left < right)  # type: ignore[operator]
        case "<=":
            return bool(left <= right)  # type: ignore[operator]
        case _:
            return left == right


@pytest.mark.parametrize("polarity", [True, False])
def test_a_comparison_says_of_another_what_numbers_say(polarity: bool) -> None:
    for known, asked in product(COMPARISONS, COMPARISONS):
        answers = {holds(asked, number) for number in NUMBERS if holds(known, number) is polarity}
        expected = YES if answers == {True} else NO if answers == {False} else MAYBE
        assert truth_of(asked, (Literal(known, polarity),)) is expected, (known, polarity, asked)


def test_a_bound_says_nothing_of_another_value() -> None:
    assert truth_of(Expr("<", (Y, Const(9))), (Literal(Expr("<", (X, Const(1))), True),)) is MAYBE
    assert truth_of(Expr("<", (X, Y)), (Literal(Expr("<", (X, Const(1))), True),)) is MAYBE


def test_bounds_that_leave_nothing_between_them_exclude_each_other() -> None:
    above, below = Literal(Expr("<", (Const(2), X)), True), Literal(Expr("<=", (X, Const(2))), True)
    assert conjoin((above,), (below,)) is None
    assert conjoin((above,), (Literal(Expr("<", (X, Const(4))), True),)) is not None
