"""Walks over a log that is written by hand: flags, modes, what an optimizer holds, at any moment and on any path."""

from __future__ import annotations

from typing import Any

import pytest

from freezelint.core.events import (
    Event,
    GradSet,
    ModeSet,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    Tainted,
)
from freezelint.core.objects import Heap, HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, TRUE, Const, Element, Expr, Literal, Path, Symbol, Value
from freezelint.core.timeline import Answer, ParameterAtom, Timeline
from freezelint.core.truth import MAYBE, NO, YES, Truth

FLAG, OTHER = Symbol("freeze", 1), Symbol("other", 2)
IF, UNLESS = (Literal(FLAG, True),), (Literal(FLAG, False),)


def named(op: str, text: str, *, polarity: bool = True) -> Literal:
    """A test of the element's name: `text in name`, `name.startswith(text)` ..."""
    name, wanted = Element("name"), Const(text)
    return Literal(Expr(op, (wanted, name) if op == "in" else (name, wanted)), polarity)


class Log:
    """`net` with the children `body` (a part of which is `bn`) and `head`; the clock moves with everything."""

    def __init__(self) -> None:
        self.heap = Heap()
        self.events: list[Event] = []
        self.timeline = Timeline("", self.heap, self.events, open_end=False)
        self.clock = 0
        self.net = self.module("net")
        self.body = self.module("body", self.net, "weight", "bias")
        self.norm = self.module("bn", self.body, "weight", "bias")
        self.head = self.module("head", self.net, "weight", "bias")

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def module(
        self, name: str, parent: HeapObject | None = None, *parameters: str, path: Path = (), is_open: bool = False
    ) -> HeapObject:
        """A module, and where `parent` is given, its child from now on."""
        made = self.heap.new(Kind.MODULE, name, None, self.tick())
        made.is_module, made.open, made.parameters = YES, is_open, list(parameters)
        if parent is not None:
            self.heap.attach(parent, name, made, self.tick(), path)
        return made

    def of(self, item: HeapObject, *tests: Literal, kind: str = "parameters", **fields: Any) -> Selections:
        return (
            Selection(
                of=kind, root=item.id, scope=fields.pop("scope", "all"), at=self.clock + 1, tests=tests, **fields
            ),
        )

    def write(self, event_type: type[Event], path: Path, **fields: Any) -> Event:
        line = len(self.events) + 1
        event = event_type(time=self.tick(), span=Span("x.py", line, 1, line, 9), path=path, **fields)
        self.events.append(event)
        return event

    def flag(self, item: HeapObject, value: Value, *tests: Literal, path: Path = (), **fields: Any) -> Event:
        return self.write(GradSet, path, selections=self.of(item, *tests, **fields), value=value)

    def mode(self, item: HeapObject, value: Value, *tests: Literal, path: Path = (), **fields: Any) -> Event:
        selections = self.of(item, *tests, kind="modules", **fields)
        return self.write(ModeSet, path, selections=selections, value=value, how="train")

    def taint(self, item: HeapObject, path: Path = ()) -> Event:
        return self.write(Tainted, path, objects=(item.id,))

    def optimizer(self, *groups: Selections | None, path: Path = ()) -> int:
        made = self.heap.new(Kind.OPTIMIZER, "optimizer", None, self.tick())
        self.write(OptimizerBuilt, path, optimizer=made.id, groups=groups)
        return made.id

    def asked(self, item: HeapObject, name: str | None = "weight", *, time: int = 0, path: Path = ()) -> Answer:
        """Whether a parameter requires a gradient, now or just before `time`."""
        return self.timeline.requires_grad(ParameterAtom(item.id, name), time or self.clock + 1, path)

    def grad(self, item: HeapObject, name: str | None = "weight", *, time: int = 0, path: Path = ()) -> Truth:
        return self.asked(item, name, time=time, path=path).truth

    def training(self, item: HeapObject, *, path: Path = ()) -> Truth:
        return self.timeline.training(item.id, self.clock + 1, path).truth

    def held(self, optimizer: int, item: HeapObject, name: str | None = "weight", *, path: Path = ()) -> Truth:
        return self.timeline.held(optimizer, ParameterAtom(item.id, name), self.clock + 1, path).truth


@pytest.fixture
def log() -> Log:
    return Log()


# --- flags -------------------------------------------------------------------------------------------------------


def test_without_writes_it_is_as_it_was_made(log: Log) -> None:
    assert log.asked(log.head) == Answer(YES)
    log.head.requires_grad = NO
    log.heap.version += 1
    assert log.asked(log.head) == Answer(NO)


def test_the_last_write_wins_and_is_named(log: Log) -> None:
    freeze = log.flag(log.net, FALSE)
    thaw = log.flag(log.head, TRUE)
    assert log.asked(log.head) == Answer(YES, thaw)
    assert log.asked(log.norm) == Answer(NO, freeze)
    again = log.flag(log.net, FALSE)
    assert log.asked(log.head) == Answer(NO, again)


def test_a_question_is_about_its_moment(log: Log) -> None:
    freeze = log.flag(log.net, FALSE)
    thaw = log.flag(log.net, TRUE)
    assert log.grad(log.head, time=freeze.time) is YES
    assert log.grad(log.head, time=freeze.time + 1) is NO
    assert log.grad(log.head, time=thaw.time) is NO
    assert log.grad(log.head, time=thaw.time + 1) is YES


def test_answers_are_not_kept_when_the_log_grows(log: Log) -> None:
    far = 1000
    assert log.grad(log.head, time=far) is YES
    log.flag(log.head, FALSE)
    assert log.grad(log.head, time=far) is NO


def test_a_write_that_only_may_cover_leaves_it_open(log: Log) -> None:
    log.flag(log.net, FALSE)
    log.flag(log.net, TRUE, truth=MAYBE)
    assert log.asked(log.head) == Answer(MAYBE)


def test_a_write_that_only_may_cover_and_says_the_same_does_not(log: Log) -> None:
    freeze = log.flag(log.net, FALSE)
    log.flag(log.net, FALSE, truth=MAYBE)
    assert log.asked(log.head) == Answer(NO, freeze)


def test_a_write_that_only_may_cover_is_compared_with_the_birth(log: Log) -> None:
    log.flag(log.net, TRUE, truth=MAYBE)
    assert log.grad(log.head) is YES
    log.flag(log.net, FALSE, truth=MAYBE)
    assert log.grad(log.head) is MAYBE


def test_an_unknown_value_is_open_until_it_is_written_over(log: Log) -> None:
    log.flag(log.net, FLAG)
    assert log.grad(log.head) is MAYBE
    assert log.grad(log.head, path=IF) is YES
    assert log.grad(log.head, path=UNLESS) is NO
    log.flag(log.head, FALSE)
    assert log.grad(log.head) is NO


def test_a_write_restores_what_was_saved(log: Log) -> None:
    log.flag(log.body, FALSE)
    saved = log.tick()
    log.flag(log.net, FALSE)
    log.flag(log.net, Expr("requires_grad", (Element("parameter"), Const(saved))))
    assert log.grad(log.body) is NO
    assert log.grad(log.head) is YES


def test_unknown_code_leaves_open_what_it_was_given(log: Log) -> None:
    log.flag(log.net, FALSE)
    log.mode(log.net, FALSE)
    log.taint(log.body)
    assert log.asked(log.norm) == Answer(MAYBE)
    assert log.training(log.norm) is MAYBE
    assert log.grad(log.head) is NO
    assert log.training(log.head) is NO
    log.flag(log.net, FALSE)
    assert log.grad(log.norm) is NO


def test_unknown_code_on_another_path_changes_nothing(log: Log) -> None:
    log.flag(log.net, FALSE)
    log.taint(log.net, IF)
    assert log.grad(log.head, path=UNLESS) is NO
    assert log.grad(log.head, path=IF) is MAYBE
    assert log.grad(log.head) is MAYBE


# --- which parameters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "body", "norm", "head"),
    [
        (named("in", "bn"), YES, NO, YES),
        (named("in", "bn", polarity=False), NO, YES, NO),
        (named(".startswith", "body"), NO, NO, YES),
        (named(".endswith", "bias"), YES, YES, YES),
        (named("==", "head.weight"), YES, YES, NO),
        (Literal(FLAG, True), MAYBE, MAYBE, MAYBE),
    ],
)
def test_names_decide_where_they_are_known(log: Log, test: Literal, body: Truth, norm: Truth, head: Truth) -> None:
    log.flag(log.net, FALSE, test)
    assert (log.grad(log.body), log.grad(log.norm), log.grad(log.head)) == (body, norm, head)


def test_names_are_relative_to_where_the_loop_starts(log: Log) -> None:
    log.flag(log.body, FALSE, named(".startswith", "body"))
    assert log.grad(log.norm) is YES
    log.flag(log.body, FALSE, named(".startswith", "bn"))
    assert log.grad(log.norm) is NO


def test_all_tests_must_hold(log: Log) -> None:
    log.flag(log.net, FALSE, named("in", "bn"), named(".endswith", "weight"))
    assert log.grad(log.norm, "weight") is NO
    assert log.grad(log.norm, "bias") is YES
    assert log.grad(log.body, "weight") is YES


def test_names_below_an_open_module_are_not_known(log: Log) -> None:
    model = log.module("model", is_open=True)
    in_bn = named("in", "bn")
    log.flag(model, FALSE, in_bn)
    assert log.grad(model, None) is MAYBE
    of_bn = ParameterAtom(model.id, None, (in_bn,))
    others = ParameterAtom(model.id, None, (named("in", "bn", polarity=False),))
    now = log.clock + 1
    assert log.timeline.requires_grad(of_bn, now, ()).truth is NO
    assert log.timeline.requires_grad(others, now, ()).truth is YES
    log.flag(model, FALSE)
    assert log.grad(model, None) is NO


def test_a_known_child_of_an_open_module_has_a_known_name(log: Log) -> None:
    model = log.module("model", is_open=True)
    fc = log.module("fc", model, "weight")
    log.flag(model, FALSE)
    log.flag(model, TRUE, named("in", "fc"))
    assert log.grad(fc) is YES
    assert log.grad(model, None) is MAYBE


@pytest.mark.parametrize(
    ("scope", "fields", "body", "norm", "bias"),
    [
        ("all", {}, NO, NO, NO),
        ("own", {}, NO, YES, NO),
        ("named", {"name": "weight"}, NO, YES, YES),
        ("named", {"name": "bn.weight"}, YES, NO, YES),
    ],
)
def test_scopes(log: Log, scope: str, fields: dict[str, str], body: Truth, norm: Truth, bias: Truth) -> None:
    log.flag(log.body, FALSE, scope=scope, **fields)
    assert (log.grad(log.body), log.grad(log.norm), log.grad(log.body, "bias")) == (body, norm, bias)


def test_what_is_left_out_keeps_its_flag(log: Log) -> None:
    log.flag(log.net, FALSE, but=(log.body.id,))
    assert log.grad(log.head) is NO
    assert log.grad(log.body) is YES
    assert log.grad(log.norm) is YES


def test_parameters_below_selected_modules(log: Log) -> None:
    log.norm.classes = ("BatchNorm2d",)
    log.net.classes = log.body.classes = log.head.classes = ("Linear",)
    of_norm = Literal(Expr("isinstance", (Element("module"), Const(("BatchNorm2d",)))), True)
    modules = Selection(of="modules", root=log.net.id, scope="all", at=log.clock + 1, tests=(of_norm,))
    nested = (Selection(of="parameters", root=modules, scope="all", at=log.clock + 1),)
    log.write(GradSet, (), selections=nested, value=FALSE)
    assert (log.grad(log.norm), log.grad(log.head)) == (NO, YES)


def test_flags_are_tested_as_they_were_when_the_loop_ran(log: Log) -> None:
    log.flag(log.body, FALSE)
    trainable = Literal(Expr("requires_grad", (Element("parameter"), Const(log.clock + 1))), True)
    optimizer = log.optimizer(log.of(log.net, trainable))
    log.flag(log.net, TRUE)
    assert log.held(optimizer, log.body) is NO
    assert log.held(optimizer, log.head) is YES


def test_positions_decide_where_all_names_are_known(log: Log) -> None:
    first_two = Literal(Expr("<", (Element("index"), Const(2))), True)
    log.flag(log.net, FALSE, first_two)
    assert log.timeline.parameter_names(log.net.id, log.clock, ()) == (
        "body.weight", "body.bias", "body.bn.weight", "body.bn.bias", "head.weight", "head.bias",
    )  # fmt: skip
    assert (log.grad(log.body), log.grad(log.norm)) == (NO, YES)
    log.norm.open = True
    log.heap.version += 1
    assert log.timeline.parameter_names(log.net.id, log.clock, ()) is None
    assert log.grad(log.body) is MAYBE


def test_atoms_are_what_a_selection_may_hold(log: Log) -> None:
    model = log.module("model", log.net, is_open=True)
    in_bn = named("in", "bn")
    found = log.timeline.atoms(log.of(log.net, in_bn), ())
    assert found == [
        ParameterAtom(log.norm.id, "weight"),
        ParameterAtom(log.norm.id, "bias"),
        ParameterAtom(model.id, None, (in_bn,)),
    ]


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
