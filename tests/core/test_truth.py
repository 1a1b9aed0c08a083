"""Three-valued truth: what is not known never becomes knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from freezelint.core.truth import MAYBE, NO, YES, Truth, every, some

ALL = [NO, MAYBE, YES]
# Of three-valued logic, each pair once; both operations are symmetric.
AND = {(NO, NO): NO, (NO, MAYBE): NO, (NO, YES): NO, (MAYBE, MAYBE): MAYBE, (MAYBE, YES): MAYBE, (YES, YES): YES}
OR = {(NO, NO): NO, (NO, MAYBE): MAYBE, (NO, YES): YES, (MAYBE, MAYBE): MAYBE, (MAYBE, YES): YES, (YES, YES): YES}


@pytest.mark.parametrize(("pair", "both"), AND.items())
def test_and(pair: tuple[Truth, Truth], both: Truth) -> None:
    a, b = pair
    assert a & b is both
    assert b & a is both


@pytest.mark.parametrize(("pair", "either"), OR.items())
def test_or(pair: tuple[Truth, Truth], either: Truth) -> None:
    a, b = pair
    assert a | b is either
    assert b | a is either


@pytest.mark.parametrize(("a", "b"), [(NO, YES), (YES, NO), (MAYBE, MAYBE)])
def test_not(a: Truth, b: Truth) -> None:
    assert ~a is b


@pytest.mark.parametrize(("a", "b"), list(product(ALL, ALL)))
def test_join_knows_only_what_both_say(a: Truth, b: Truth) -> None:
    assert a.join(b) is (a if a is b else MAYBE)


def test_of() -> None:
    assert Truth.of(True) is YES
    assert Truth.of(False) is NO


@pytest.mark.parametrize("truth", ALL)
def test_no_truth_is_a_boolean(truth: Truth) -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(truth)
    with pytest.raises(TypeError):
        _ = truth and YES


@pytest.mark.parametrize(
    ("truths", "all_of_them", "one_of_them"),
    [
        ([], YES, NO),
        ([YES], YES, YES),
        ([NO], NO, NO),
        ([MAYBE], MAYBE, MAYBE),
        ([YES, MAYBE], MAYBE, YES),
        ([MAYBE, NO], NO, MAYBE),
        ([YES, MAYBE, NO], NO, YES),
        ([YES, YES], YES, YES),
        ([NO, NO], NO, NO),
    ],
)
def test_every_and_some(truths: list[Truth], all_of_them: Truth, one_of_them: Truth) -> None:
    assert every(truths) is all_of_them
    assert every(reversed(truths)) is all_of_them
    assert some(truths) is one_of_them
    assert some(reversed(truths)) is one_of_them


def test_every_and_some_ask_no_more_than_they_need() -> None:
    def asked(first: Truth) -> Iterator[Truth]:
        yield first
        raise AssertionError("the answer was known already")

    assert every(asked(NO)) is NO
    assert some(asked(YES)) is YES
