"""Symbolic values and conditions: what is folded, what implies what, and what stays open."""

from __future__ import annotations

from typing import Any

import pytest

from freezelint.core.symbols import (
    FALSE,
    NONE,
    TRUE,
    Const,
    Element,
    Expr,
    Literal,
    Path,
    Ref,
    Symbol,
    Value,
    bounded,
    conjoin,
    constant,
    fold,
    is_foldable,
    literals,
    loops_of,
    negated,
    relation,
    substitute,
    truth_of,
)
from freezelint.core.truth import MAYBE, NO, YES, Truth

X, Y, Z = Symbol("x", 1), Symbol("y", 2), Symbol("z", 3)
NAME = Element("name", 4)


def equal(value: Value, number: object) -> Expr:
    return Expr("==", (value, Const(number)))


def both(*values: Value) -> Expr:
    return Expr("and", values)


def either(*values: Value) -> Expr:
    return Expr("or", values)


def no(value: Value) -> Expr:
    return Expr("not", (value,))


def yes(*values: Value) -> Path:
    """A path on which each value is true."""
    return tuple(Literal(value, True) for value in values)


def never(*values: Value) -> Path:
    """A path on which each value is false."""
    return tuple(Literal(value, False) for value in values)


# --- folding -----------------------------------------------------------------------------------------------------

CONSTANTS: list[tuple[str, tuple[Any, ...], object]] = [
    ("==", (1, 1), True),
    ("==", ("a", "b"), False),
    ("<", (1, 2), True),
    ("<", (2, 2), False),
    ("<=", (2, 2), True),
    ("in", ("bn", "layer1.bn1"), True),
    ("in", ("fc", ("head", "neck")), False),
    ("is", (None, None), True),
    ("is", (False, None), False),
    ("is", (0, False), False),
    ("+", ("layer", "4"), "layer4"),
    ("-", (5, 2), 3),
    ("*", (3, 4), 12),
    ("//", (7, 2), 3),
    ("/", (7, 2), 3.5),
    ("%", (7, 2), 1),
    ("**", (2, 5), 32),
    ("&", (6, 3), 2),
    ("|", (6, 3), 7),
    ("item", (("a", "b"), -1), "b"),
    ("not", ("",), True),
    ("neg", (3,), -3),
    ("slice", ((1, 2, 3, 4), 1, None, 2), (2, 4)),
    ("concat", ("layer", 4, ".bn"), "layer4.bn"),
    ("tuple", (1, "a"), (1, "a")),
    (".startswith", ("layer4.0", "layer4"), True),
    (".endswith", ("fc.bias", ("weight", "bias")), True),
    (".split", ("a.b.c", "."), ("a", "b", "c")),
    (".replace", ("module.fc", "module.", ""), "fc"),
    (".find", ("layer4", "bn"), -1),
    ("int", ("12",), 12),
    ("len", ((1, 2),), 2),
    ("max", (3, 8), 8),
    ("sorted", ((3, 1),), (1, 3)),
    ("any", ((False, True),), True),
    ("all", ((False, True),), False),
    ("re.match", (r"layer[34]", "layer3.0.bn1"), True),
    ("re.match", (r"bn", "layer3.bn1"), False),
    ("re.search", (r"bn", "layer3.bn1"), True),
    ("re.fullmatch", (r"fc\.\w+", "fc.weight"), True),
    ("re.findall", (r"\d+", "layer3.0"), ("3", "0")),
    ("fnmatch.fnmatch", ("layer3.weight", "layer[34].*"), True),
]


@pytest.mark.parametrize(("op", "args", "result"), CONSTANTS)
def test_constants_are_folded(op: str, args: tuple[Any, ...], result: object) -> None:
    folded = fold(op, tuple(Const(arg) for arg in args))
    assert isinstance(folded, Const)
    assert folded.value == result
    assert type(folded.value) is type(result)


STAYS: list[tuple[str, tuple[Any, ...]]] = [
    ("/", (1, 0)),
    ("item", ((), 3)),
    ("int", ("x",)),
    ("<", (1, "a")),
    ("re.match", ("(", "a")),
    (".upper", (3,)),
    (".encode", ("a",)),
    ("unheard of", (1,)),
    ("*", ("a", 3)),
    ("**", (10**6, 2)),
    ("**", (1000, 1000)),
    ("tuple", tuple(range(1001))),
]


@pytest.mark.parametrize(("op", "args"), STAYS)
def test_what_raises_or_is_large_stays_an_expression(op: str, args: tuple[Any, ...]) -> None:
    operands = tuple(Const(arg) for arg in args)
    assert fold(op, operands) == Expr(op, operands)


@pytest.mark.parametrize(
    ("op", "args", "result"),
    [
        ("==", (X, Const(1)), Expr("==", (X, Const(1)))),
        ("not", (no(X),), X),
        ("not", (X,), no(X)),
        ("is", (Ref(3), NONE), FALSE),
        ("is", (X, NONE), Expr("is", (X, NONE))),
        ("and", (X, FALSE), FALSE),
        ("and", (FALSE, X), FALSE),
        ("and", (TRUE, X), X),
        ("and", (X, TRUE), X),
        ("and", (TRUE, Const("last")), Const("last")),
        ("and", (X, X, Y), both(X, Y)),
        ("or", (X, TRUE), TRUE),
        ("or", (FALSE, X), X),
        ("or", (Const("first"), X), Const("first")),
        ("or", (FALSE, NONE), NONE),
        ("or", (X, Y, X), either(X, Y)),
    ],
)
def test_symbols_are_folded_as_far_as_they_go(op: str, args: tuple[Value, ...], result: Value) -> None:
    assert fold(op, args) == result


@pytest.mark.parametrize("value", [{}, {1}, object(), "x" * 100_001, 1 << 300, ([1],)])
def test_only_plain_small_values_are_constants(value: object) -> None:
    with pytest.raises(TypeError):
        constant(value)


def test_a_list_is_a_constant_tuple() -> None:
    assert constant([1, "a"]) == Const((1, "a"))


@pytest.mark.parametrize(("name", "known"), [("re.match", True), ("fnmatch.fnmatch", True), ("os.getenv", False)])
def test_library_functions_that_can_be_folded(name: str, known: bool) -> None:
    assert is_foldable(name) is known


def test_builtins_are_not_taken_for_library_functions() -> None:
    assert not is_foldable("len")


def test_substitution_folds_on_the_way_up() -> None:
    test = both(Expr("in", (Const("bn"), NAME)), no(Expr(".startswith", (NAME, Const("layer4")))))
    put = {"layer1.bn1": TRUE, "layer4.bn1": FALSE, "fc": FALSE}
    for name, result in put.items():
        assert substitute(test, lambda part, name=name: Const(name) if part == NAME else None) == result
    assert substitute(test, lambda part: None) == test


def test_loops_that_a_value_depends_on() -> None:
    assert loops_of(both(Expr("in", (Const("bn"), NAME)), X, Element("index", 7))) == {4, 7}
    assert loops_of(both(X, Y)) == set()


# --- size --------------------------------------------------------------------------------------------------------


def chain(length: int, leaf: Value) -> Expr:
    value = Expr("+", (leaf, Const(0)))
    for number in range(1, length):
        value = Expr("+", (value, Const(number)))
    return value


def test_a_small_expression_stays_as_it_is() -> None:
    value = chain(29, X)  # 29 operations, 29 constants, one symbol
    assert bounded(value) is value


def test_a_large_expression_is_opaque_and_equal_to_its_like() -> None:
    large = bounded(chain(30, X))
    assert isinstance(large, Symbol)
    assert large == bounded(chain(30, X))
    assert large != bounded(chain(30, Y))
    assert large != bounded(chain(31, X))


def test_a_large_expression_still_differs_by_element() -> None:
    large = bounded(chain(40, NAME))
    assert isinstance(large, Expr) and large.op == "opaque"
    assert loops_of(large) == {4}


def test_folding_keeps_expressions_bounded() -> None:
    value: Value = X
    for number in range(500):
        value = fold("+", (value, Const(number)))
    assert not isinstance(value, Expr) or bounded(value) is value
    junction = fold("and", tuple(Symbol("s", number) for number in range(100)))
    assert isinstance(junction, Symbol)


# --- truth -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "normal", "turned"),
    [
        ("!=", "==", True),
        ("is not", "is", True),
        ("not in", "in", True),
        (">=", "<", True),
        (">", "<=", True),
        ("==", "==", False),
        ("<", "<", False),
        ("in", "in", False),
    ],
)
def test_comparisons_are_normalised(op: str, normal: str, turned: bool) -> None:
    assert negated(op) == (normal, turned)


@pytest.mark.parametrize("pair", [(1, 2), (2, 1), (2, 2)])
@pytest.mark.parametrize("op", ["!=", ">=", ">"])
def test_normalised_comparisons_mean_what_was_written(op: str, pair: tuple[int, int]) -> None:
    normal, turned = negated(op)
    folded = fold(normal, (Const(pair[0]), Const(pair[1])))
    assert isinstance(folded, Const)
    assert (bool(folded.value) is not turned) is eval(f"{pair[0]} {op} {pair[1]}")


TRUTHS: list[tuple[Value, Path, Truth]] = [
    (Const(3), (), YES),
    (Const(""), (), NO),
    (NONE, (), NO),
    (Ref(0), (), YES),
    (X, (), MAYBE),
    (X, yes(X), YES),
    (X, never(X), NO),
    (X, yes(Y), MAYBE),
    (no(X), yes(X), NO),
    (no(X), never(X), YES),
    (no(X), (), MAYBE),
    # what an equality says of other comparisons of the same value
    (equal(X, 1), yes(equal(X, 1)), YES),
    (equal(X, 2), yes(equal(X, 1)), NO),
    (equal(X, 2), never(equal(X, 1)), MAYBE),
    (equal(Y, 2), yes(equal(X, 1)), MAYBE),
    (Expr("<", (X, Const(5))), yes(equal(X, 1)), YES),
    (Expr("<", (X, Const(5))), yes(equal(X, 5)), NO),
    (Expr("<=", (X, Const(5))), yes(equal(X, 5)), YES),
    (Expr("<", (Const(5), X)), yes(equal(X, 6)), YES),
    (Expr("in", (X, Const(("a", "b")))), yes(equal(X, "a")), YES),
    (Expr("in", (X, Const(("a", "b")))), yes(equal(X, "c")), NO),
    (Expr("is", (X, NONE)), yes(equal(X, "a")), NO),
    (Expr("<", (X, Y)), yes(equal(X, 1)), MAYBE),
    (Expr("<", (X, Const("a"))), yes(equal(X, 1)), MAYBE),
    # junctions by their parts
    (both(X, Y), yes(X, Y), YES),
    (both(X, Y), yes(X), MAYBE),
    (both(X, Y), never(Y), NO),
    (either(X, Y), never(X), MAYBE),
    (either(X, Y), yes(Y), YES),
    (either(X, Y), never(X, Y), NO),
    (both(X, either(Y, no(Z))), (*yes(X), *never(Z)), YES),
    (either(equal(X, 1), equal(X, 2)), yes(equal(X, 2)), YES),
    (either(equal(X, 1), equal(X, 2)), yes(equal(X, 3)), NO),
]


@pytest.mark.parametrize(("value", "path", "truth"), TRUTHS)
def test_truth_of(value: Value, path: Path, truth: Truth) -> None:
    assert truth_of(value, path) is truth


# --- literals and paths ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "polarity", "path"),
    [
        (X, True, yes(X)),
        (X, False, never(X)),
        (no(X), True, never(X)),
        (no(no(X)), False, never(X)),
        (TRUE, True, ()),
        (Ref(1), True, ()),
        (both(X, Y), True, yes(X, Y, both(X, Y))),
        (both(X, Y), False, never(both(X, Y))),
        (either(X, Y), False, never(X, Y, either(X, Y))),
        (either(X, Y), True, yes(either(X, Y))),
        (no(either(X, no(Y))), True, (*never(X), *yes(Y), *never(either(X, no(Y))))),
    ],
)
def test_literals(value: Value, polarity: bool, path: Path) -> None:
    assert literals(value, polarity) == path


RELATIONS: list[tuple[Path, Path, Truth]] = [
    ((), (), YES),
    ((), yes(X), YES),
    (yes(X), (), MAYBE),
    (yes(X), yes(X), YES),
    (yes(X), never(X), NO),
    (yes(X), yes(X, Y), YES),
    (yes(Y), yes(X, Y), YES),
    (yes(X, Y), yes(X), MAYBE),
    (yes(X, Y), never(Y), NO),
    (yes(Z, Y), (*yes(X), *never(Y)), NO),
    (yes(equal(X, 1)), yes(equal(X, 2)), NO),
    (never(equal(X, 1)), yes(equal(X, 2)), YES),
    (never(equal(X, 1)), never(equal(X, 2)), MAYBE),
    (yes(either(X, Y)), yes(X), YES),
    (yes(either(X, Y)), never(X, Y), NO),
    (yes(both(X, Y)), never(X), NO),
    (never(both(X, Y)), never(X), YES),
]


@pytest.mark.parametrize(("path", "given", "truth"), RELATIONS)
def test_relation(path: Path, given: Path, truth: Truth) -> None:
    assert relation(path, given) is truth


@pytest.mark.parametrize(
    ("path", "other", "joined"),
    [
        ((), (), ()),
        (yes(X), (), yes(X)),
        ((), yes(X), yes(X)),
        (yes(X), yes(Y), yes(X, Y)),
        (yes(X, Y), yes(Y, Z), yes(X, Y, Z)),
        (yes(X), never(X), None),
        (yes(X, Y), (*yes(Z), *never(Y)), None),
        (yes(equal(X, 1)), yes(equal(X, 2)), None),
        (yes(either(X, Y)), never(X, Y), None),
        (never(X, Y), yes(either(X, Y)), None),
        (never(equal(X, 1)), yes(equal(X, 2)), (*never(equal(X, 1)), *yes(equal(X, 2)))),
    ],
)
def test_conjoin(path: Path, other: Path, joined: Path | None) -> None:
    assert conjoin(path, other) == joined


def test_both_sides_of_a_branch_exclude_each_other() -> None:
    for value in (X, equal(X, 1), both(X, Y), either(X, Y), no(both(X, Y))):
        assert conjoin(literals(value, True), literals(value, False)) is None
        assert conjoin(literals(value, False), literals(value, True)) is None
