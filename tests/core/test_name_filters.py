"""Conditions on names: what they exclude together, where they stand, and when the names are not known."""

from __future__ import annotations

from freezelint.core.events import GradSet, NameTest
from freezelint.core.name_filters import NameFilter, name_filters
from freezelint.core.objects import HeapObject
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, Const, Element, Expr, Literal
from freezelint.core.truth import NO
from tests.core.handwritten import IF, UNLESS, Log, named


def closed(log: Log) -> Log:
    """All parts are known to the last parameter."""
    for item in (log.net, log.body, log.norm, log.head):
        item.expanded = True
    return log


def found(log: Log) -> list[NameFilter]:
    return list(name_filters(log.timeline))


def condition(log: Log, test: Literal) -> NameTest:
    """The condition is met in the source, before the write."""
    wanted = test.value
    event = log.write(NameTest, (), condition=wanted, given=NO)
    assert isinstance(event, NameTest)
    return event


def test_names_are_those_of_the_module() -> None:
    log = closed(Log())
    log.flag(log.net, FALSE, named("in", "bn"))
    (each,) = found(log)
    assert each.names == (
        "body.weight", "body.bias", "body.bn.weight", "body.bn.bias", "head.weight", "head.bias",
    )  # fmt: skip
    assert each.of == "parameters" and each.root == log.net.id


def test_what_is_left_out_counts_as_one_condition() -> None:
    log = closed(Log())
    log.flag(log.net, FALSE, named("in", "bn", polarity=False), named("in", "head", polarity=False))
    (each,) = found(log)
    assert not each.literal.polarity
    assert isinstance(each.literal.value, Expr) and each.literal.value.op == "or"
    assert set(each.literal.value.args) == {named("in", "bn").value, named("in", "head").value}


def test_one_that_is_left_out_stays_itself() -> None:
    log = closed(Log())
    log.flag(log.net, FALSE, named("in", "bn", polarity=False))
    assert [each.literal for each in found(log)] == [named("in", "bn", polarity=False)]


def test_what_must_hold_and_what_must_not_are_two() -> None:
    log = closed(Log())
    log.flag(log.net, FALSE, named("in", "body"), named("in", "bn", polarity=False))
    assert [each.literal.polarity for each in found(log)] == [True, False]


def test_a_condition_on_more_than_the_name_is_none() -> None:
    log = closed(Log())
    flag = Expr("requires_grad", (Element("parameter"), Const(0)))
    log.flag(log.net, FALSE, Literal(Expr("==", (Element("name"), flag)), True))
    assert found(log) == []


def test_the_place_is_that_of_the_last_test_before() -> None:
    log = closed(Log())
    condition(log, named("in", "bn"))
    last = condition(log, named("in", "bn"))
    other = condition(log, named("in", "head"))
    log.flag(log.net, FALSE, named("in", "bn"))
    condition(log, named("in", "bn"))
    (each,) = found(log)
    assert each.span == last.span and each.span != other.span


def test_the_place_stands_in_the_same_call() -> None:
    log = closed(Log())
    log.write(NameTest, (), condition=named("in", "bn").value, given=NO, stack=(Span("x.py", 99, 1, 99, 2),))
    write = log.flag(log.net, FALSE, named("in", "bn"))
    (each,) = found(log)
    assert each.span == write.span


def test_the_place_of_a_part_of_an_alternative() -> None:
    log = closed(Log())
    either = Literal(Expr("or", (named("in", "bn").value, named("in", "head").value)), True)
    here = condition(log, named("in", "head"))
    log.flag(log.net, FALSE, either)
    (each,) = found(log)
    assert each.span == here.span


def unknown_code(
    log: Log, part: HeapObject, *, before: bool = True, path: tuple[Literal, ...] = ()
) -> list[NameFilter]:
    if before:
        log.taint(part, path=path)
    log.flag(log.net, FALSE, named("in", "bn"), path=UNLESS)
    if not before:
        log.taint(part, path=path)
    return found(log)


def test_unknown_code_may_have_changed_the_names() -> None:
    log = closed(Log())
    assert unknown_code(log, log.body) == []
    log = closed(Log())
    assert unknown_code(log, log.body, before=False) != []
    log = closed(Log())
    assert unknown_code(log, log.body, path=IF) != []
    log = closed(Log())
    elsewhere = log.module("elsewhere")
    assert unknown_code(log, elsewhere) != []


def test_what_holds_the_root_may_have_been_changed_with_it() -> None:
    log = closed(Log())
    log.taint(log.net)
    log.flag(log.body, FALSE, named("in", "bn"))
    assert found(log) == []


def test_names_of_modules() -> None:
    log = closed(Log())
    children = log.of(log.net, named("in", "b"), kind="modules", scope="children")
    log.write(GradSet, (), selections=children, value=FALSE)
    assert [(each.of, each.names) for each in found(log)] == [("modules", ("body", "head"))]
