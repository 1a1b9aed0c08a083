"""Bindings: which of the guarded writes of a name is read where."""

from __future__ import annotations

from freezelint.analysis.frames import MISSING, Bindings
from freezelint.analysis.values import Choice
from freezelint.core.symbols import Const, Expr, Literal, Path, Symbol

X, Y = Symbol("x", 1), Symbol("y", 2)
IF_X: Path = (Literal(X, True),)
UNLESS_X: Path = (Literal(X, False),)
IF_Y: Path = (Literal(Y, True),)
ONE, TWO, THREE = Const(1), Const(2), Const(3)


def bindings(*writes: tuple[Const, Path]) -> Bindings:
    made = Bindings()
    for value, path in writes:
        made.write("a", value, path)
    return made


def options(value: object) -> tuple[tuple[Path, object], ...]:
    assert isinstance(value, Choice)
    return value.options


def test_what_was_never_written_is_missing() -> None:
    made = bindings((ONE, ()))
    assert made.read("b", ()) is MISSING
    assert "a" in made and "b" not in made
    assert made.written() == ["a"]


def test_the_last_write_wins() -> None:
    made = bindings((ONE, ()), (TWO, ()))
    assert made.read("a", ()) == TWO
    assert made.read("a", IF_X) == TWO


def test_a_write_in_a_branch_is_seen_in_that_branch_alone() -> None:
    made = bindings((ONE, ()), (TWO, IF_X))
    assert made.read("a", IF_X) == TWO
    assert made.read("a", UNLESS_X) == ONE


def test_after_the_branch_it_is_one_or_the_other() -> None:
    made = bindings((ONE, ()), (TWO, IF_X))
    assert options(made.read("a", ())) == ((IF_X, TWO), ((), ONE))
    assert options(made.read("a", IF_Y)) == ((IF_X, TWO), ((), ONE))


def test_a_value_of_both_sides_is_no_choice() -> None:
    made = bindings((ONE, IF_X), (ONE, UNLESS_X))
    assert made.read("a", ()) == ONE


def test_different_values_and_different_types_are_a_choice() -> None:
    made = bindings((ONE, ()), (TWO, IF_X))
    assert len(options(made.read("a", ()))) == 2
    made.write("b", "text", ())
    made.write("b", Const("text"), IF_X)
    assert len(options(made.read("b", ()))) == 2


def test_a_name_bound_in_one_branch_is_missing_in_the_other() -> None:
    made = bindings((ONE, IF_X))
    assert made.read("a", UNLESS_X) is MISSING
    assert made.read("a", IF_X) == ONE
    assert made.read("a", ()) == ONE


def test_a_later_write_hides_those_of_branches() -> None:
    made = bindings((ONE, ()), (TWO, IF_X), (THREE, ()))
    assert made.read("a", IF_X) == THREE
    assert made.read("a", UNLESS_X) == THREE


def test_nested_branches() -> None:
    made = bindings((ONE, ()), (TWO, IF_X), (THREE, IF_X + IF_Y))
    assert made.read("a", IF_X + IF_Y) == THREE
    assert made.read("a", UNLESS_X) == ONE
    assert options(made.read("a", IF_X)) == ((IF_X + IF_Y, THREE), ((), TWO))


def test_conditions_that_follow_from_others() -> None:
    one, two = (Expr("==", (X, Const(number))) for number in (1, 2))
    made = bindings((ONE, (Literal(one, True),)), (TWO, (Literal(two, True),)))
    assert made.read("a", (Literal(one, True),)) == ONE
    assert made.read("a", (Literal(two, True),)) == TWO


def test_keys_are_apart() -> None:
    made = Bindings()
    made.write((1, "head"), ONE, ())
    made.write((2, "head"), TWO, ())
    assert made.read((1, "head"), ()) == ONE
    assert made.read((2, "head"), ()) == TWO


def test_many_writes_under_other_conditions_leave_the_newest() -> None:
    made = bindings((ONE, ()))
    for number in range(100):
        made.write("a", Const(number), (Literal(Symbol("flag", number), True),))
    found = made.read("a", (Literal(Symbol("flag", 99), True),))
    assert found == Const(99)
    values = {value for _, value in options(made.read("a", ()))}
    assert Const(99) in values and Const(0) not in values
