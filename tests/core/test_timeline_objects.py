"""Questions to a timeline about what stands where, conditions, modes, optimizers and the log itself."""

from __future__ import annotations

import pytest

from freezelint.core.events import (
    GradSet,
    OptimizerBuilt,
    ParameterGroupAdded,
    Stepped,
)
from freezelint.core.objects import HeapObject
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, TRUE, Const, Element, Expr, Literal, Symbol
from freezelint.core.timeline import Answer, ParameterAtom
from freezelint.core.truth import MAYBE, NO, YES, Truth
from tests.core.handwritten import IF, OTHER, UNLESS, Log, named


@pytest.fixture
def log() -> Log:
    return Log()


# --- what stands where -------------------------------------------------------------------------------------------


def test_a_replaced_child_has_no_history(log: Log) -> None:
    log.flag(log.net, FALSE)
    replaced = log.tick()
    new = log.module("head", log.net, "weight", "bias")
    assert log.grad(new) is YES
    assert log.grad(log.head) is NO
    assert log.timeline.holds_module(log.net.id, log.head.id, replaced, ()) is YES
    assert log.timeline.holds_module(log.net.id, log.head.id, log.clock + 1, ()) is NO
    log.flag(log.net, TRUE)
    assert log.grad(log.head) is NO
    log.flag(log.net, FALSE)
    assert log.grad(new) is NO


def test_a_child_replaced_on_one_path(log: Log) -> None:
    new = log.module("head", log.net, "weight", path=IF)
    log.flag(log.net, FALSE)
    assert (log.grad(log.head, path=IF), log.grad(new, path=IF)) == (YES, NO)
    assert (log.grad(log.head, path=UNLESS), log.grad(new, path=UNLESS)) == (NO, YES)
    assert (log.grad(log.head), log.grad(new)) == (MAYBE, MAYBE)


def test_a_child_under_two_names_is_one_object(log: Log) -> None:
    log.heap.attach(log.net, "tied", log.head, log.tick(), ())
    now = log.clock + 1
    assert log.timeline.below(log.net.id, log.head.id, now, ()) == (("head", YES), ("tied", YES))
    log.flag(log.net, FALSE, named("in", "tied"))
    assert log.grad(log.head) is YES, "what is there under two names is listed under the first"
    log.flag(log.net, FALSE, named("in", "head"))
    assert log.grad(log.head) is NO


def test_modules_below_in_order_each_once(log: Log) -> None:
    log.heap.attach(log.body, "up", log.net, log.tick(), ())
    found = log.timeline.modules(log.net.id, log.clock + 1, ())
    assert [(item.id, name) for item, name, _ in found] == [
        (log.net.id, ""), (log.body.id, "body"), (log.norm.id, "body.bn"), (log.head.id, "head"),
    ]  # fmt: skip


def copy_of(log: Log, item: HeapObject) -> HeapObject:
    made = log.module("copy", None, *item.parameters)
    made.copied_from = (item.id, made.born)
    return made


def test_a_deep_copy_inherits_history(log: Log) -> None:
    freeze = log.flag(log.head, FALSE)
    log.mode(log.head, FALSE)
    made = copy_of(log, log.head)
    assert log.asked(made) == Answer(NO, freeze)
    assert log.training(made) is NO


def test_a_deep_copy_and_its_origin_go_their_own_ways(log: Log) -> None:
    made = copy_of(log, log.head)
    log.flag(log.head, FALSE)
    log.mode(log.head, FALSE)
    assert (log.grad(made), log.grad(log.head)) == (YES, NO)
    assert (log.training(made), log.training(log.head)) == (YES, NO)
    log.flag(log.head, TRUE)
    log.flag(made, FALSE)
    assert (log.grad(made), log.grad(log.head)) == (NO, YES)


def test_a_deep_copy_of_what_is_open_is_open(log: Log) -> None:
    log.flag(log.head, FALSE, path=IF)
    made = copy_of(log, log.head)
    assert (log.grad(made), log.grad(made, path=IF), log.grad(made, path=UNLESS)) == (MAYBE, NO, YES)


# --- conditions --------------------------------------------------------------------------------------------------


def test_a_write_under_a_condition(log: Log) -> None:
    freeze = log.flag(log.net, FALSE, path=IF)
    assert log.asked(log.head, path=IF) == Answer(NO, freeze)
    assert log.asked(log.head, path=UNLESS) == Answer(YES)
    assert log.asked(log.head) == Answer(MAYBE)
    assert log.grad(log.head, path=(*IF, Literal(OTHER, True))) is NO
    assert log.grad(log.head, path=(Literal(OTHER, True),)) is MAYBE


def test_both_branches_say_the_same(log: Log) -> None:
    log.flag(log.net, FALSE)
    log.flag(log.net, FALSE, path=IF)
    log.flag(log.net, TRUE, path=(*IF, Literal(OTHER, True)))
    assert log.grad(log.head, path=UNLESS) is NO
    assert log.grad(log.head, path=(*IF, Literal(OTHER, False))) is NO
    assert log.grad(log.head, path=(*IF, Literal(OTHER, True))) is YES
    assert log.grad(log.head) is MAYBE


def test_conditions_on_one_number_exclude_each_other(log: Log) -> None:
    epoch = Symbol("epoch", 9)
    one, two = ((Literal(Expr("==", (epoch, Const(number))), True),) for number in (1, 2))
    log.flag(log.net, FALSE, path=one)
    assert (log.grad(log.head, path=one), log.grad(log.head, path=two)) == (NO, YES)


def test_paths_together(log: Log) -> None:
    other = (Literal(OTHER, True),)
    assert log.timeline.together() == ()
    assert log.timeline.together(IF, other, IF) == IF + other
    assert log.timeline.together(IF, other, UNLESS) is None


# --- modes -------------------------------------------------------------------------------------------------------


def test_modes_go_down_and_the_last_one_wins(log: Log) -> None:
    assert log.training(log.norm) is YES
    log.mode(log.body, FALSE)
    assert [log.training(item) for item in (log.net, log.body, log.norm, log.head)] == [YES, NO, NO, YES]
    log.mode(log.net, TRUE)
    assert log.training(log.norm) is YES


def test_modes_and_flags_are_apart(log: Log) -> None:
    log.flag(log.net, FALSE)
    assert log.training(log.head) is YES
    log.mode(log.net, FALSE)
    log.flag(log.net, TRUE)
    assert (log.grad(log.head), log.training(log.head)) == (YES, NO)


@pytest.mark.parametrize(
    ("scope", "net", "body", "norm"),
    [("all", NO, NO, NO), ("self", NO, YES, YES), ("children", YES, NO, YES)],
)
def test_scopes_of_modules(log: Log, scope: str, net: Truth, body: Truth, norm: Truth) -> None:
    log.mode(log.net, FALSE, scope=scope)
    assert (log.training(log.net), log.training(log.body), log.training(log.norm)) == (net, body, norm)


def test_modes_by_class(log: Log) -> None:
    log.norm.classes = ("BatchNorm2d", "_BatchNorm")
    log.head.classes = ("Linear",)
    of_norm = Literal(Expr("isinstance", (Element("module"), Const(("_BatchNorm",)))), True)
    log.mode(log.net, FALSE, of_norm)
    assert (log.training(log.norm), log.training(log.head)) == (NO, YES)
    assert log.training(log.body) is MAYBE  # its class is not known


def test_a_mode_under_a_condition(log: Log) -> None:
    log.mode(log.body, FALSE, path=IF)
    assert (log.training(log.norm, path=IF), log.training(log.norm, path=UNLESS)) == (NO, YES)
    assert log.training(log.norm) is MAYBE


# --- optimizers --------------------------------------------------------------------------------------------------


def test_an_optimizer_holds_its_groups(log: Log) -> None:
    optimizer = log.optimizer(log.of(log.head), log.of(log.norm))
    assert [log.held(optimizer, item) for item in (log.head, log.norm, log.body)] == [YES, YES, NO]


def test_optimizers_are_apart_and_hold_nothing_before_they_are_built(log: Log) -> None:
    first = log.optimizer(log.of(log.head))
    second = log.optimizer(log.of(log.body))
    assert (log.held(first, log.body), log.held(second, log.body)) == (NO, YES)
    built = log.timeline.of(OptimizerBuilt)[1]
    assert log.timeline.held(second, ParameterAtom(log.body.id, "weight"), built.time, ()) == Answer(NO)


def test_a_group_of_unknown_contents_may_hold_all(log: Log) -> None:
    optimizer = log.optimizer(log.of(log.head), None)
    assert (log.held(optimizer, log.head), log.held(optimizer, log.body)) == (YES, MAYBE)


def test_groups_that_are_added(log: Log) -> None:
    optimizer = log.optimizer(log.of(log.head))
    other = log.optimizer(log.of(log.head))
    added = log.write(ParameterGroupAdded, (), optimizer=optimizer, groups=(log.of(log.norm),))
    atom = ParameterAtom(log.norm.id, "weight")
    assert log.timeline.held(optimizer, atom, added.time, ()) == Answer(NO)
    assert log.timeline.held(optimizer, atom, added.time + 1, ()) == Answer(YES, added)
    assert log.held(other, log.norm) is NO


def test_a_group_added_to_an_unknown_optimizer(log: Log) -> None:
    optimizer = log.optimizer(log.of(log.head))
    log.write(ParameterGroupAdded, (), optimizer=None, groups=(log.of(log.norm),))
    assert [log.held(optimizer, item) for item in (log.head, log.norm, log.body)] == [YES, MAYBE, NO]


def test_two_sides_of_an_open_split_are_the_whole(log: Log) -> None:
    flat = Literal(Expr("<=", (Expr("attr", (Element("parameter"), Const("ndim"))), Const(1))), True)
    rest = Literal(flat.value, False)
    both = log.optimizer(log.of(log.net, flat), log.of(log.net, rest))
    one = log.optimizer(log.of(log.net, flat))
    of_part = log.optimizer(log.of(log.net, flat), log.of(log.head, rest))
    assert log.held(both, log.head) is YES
    assert log.held(one, log.head) is MAYBE
    assert (log.held(of_part, log.head), log.held(of_part, log.body)) == (YES, MAYBE)


def test_a_split_within_a_split_is_the_whole_as_well(log: Log) -> None:
    first, second = (Expr("attr", (Element("parameter"), Const(name))) for name in ("ndim", "is_leaf"))
    yes, no = Literal(first, True), Literal(first, False)
    groups = (
        log.of(log.net, yes),
        log.of(log.net, no, Literal(second, True)),
        log.of(log.net, no, Literal(second, False)),
    )
    assert log.held(log.optimizer(*groups), log.head) is YES
    assert log.held(log.optimizer(*groups[:2]), log.head) is MAYBE


def test_a_group_added_under_a_condition(log: Log) -> None:
    optimizer = log.optimizer(log.of(log.head))
    log.write(ParameterGroupAdded, IF, optimizer=optimizer, groups=(log.of(log.norm),))
    assert log.held(optimizer, log.norm) is MAYBE
    assert (log.held(optimizer, log.norm, path=IF), log.held(optimizer, log.norm, path=UNLESS)) == (YES, NO)


def test_an_optimizer_holds_the_old_head_after_it_was_replaced(log: Log) -> None:
    optimizer = log.optimizer(log.of(log.net))
    new = log.module("head", log.net, "weight")
    assert (log.held(optimizer, log.head), log.held(optimizer, new)) == (YES, NO)


# --- the log itself ----------------------------------------------------------------------------------------------


def test_events_by_kind_in_order(log: Log) -> None:
    first = log.flag(log.net, FALSE)
    log.mode(log.net, FALSE)
    assert log.timeline.of(GradSet) == [first]
    second = log.flag(log.net, TRUE)
    assert log.timeline.of(GradSet) == [first, second]
    assert log.timeline.of(Stepped) == []


def test_the_calls_that_led_to_a_place(log: Log) -> None:
    call, place = Span("main.py", 9, 1, 9, 9), Span("helper.py", 3, 1, 3, 9)
    log.events.append(Stepped(time=log.tick(), span=place, stack=(call,), optimizer=None))
    assert log.timeline.stack_of(place) == (call,)
    assert log.timeline.stack_of(call) == ()
