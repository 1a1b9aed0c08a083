"""Questions to a timeline about flags: which write decides, and which parameters it covers."""

from __future__ import annotations

import pytest

from freezelint.core.events import (
    GradSet,
    Selection,
)
from freezelint.core.symbols import FALSE, TRUE, Const, Element, Expr, Literal
from freezelint.core.timeline import Answer, ParameterAtom
from freezelint.core.truth import MAYBE, NO, YES, Truth
from tests.core.handwritten import FLAG, IF, UNLESS, Log, named


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
