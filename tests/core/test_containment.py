"""What lies below a module: what is no module, what holds itself, what is tied, and what is not known."""

from __future__ import annotations

from freezelint.core.events import Selection
from freezelint.core.objects import Kind, Tie
from freezelint.core.symbols import FALSE, TRUE, Const, Element, Expr, Literal
from freezelint.core.timeline import ParameterAtom
from freezelint.core.truth import MAYBE, NO, YES, Truth
from tests.core.handwritten import Log


def names(log: Log) -> list[str]:
    return [name for _, name, _ in log.timeline.modules(log.net.id, log.clock + 1, ())]


def test_what_is_known_to_be_a_module_is_one() -> None:
    log = Log()
    for name, known in (("yes", YES), ("maybe", MAYBE), ("no", NO)):
        made = log.heap.new(Kind.OBJECT, name, None, log.tick())
        made.is_module = known
        log.heap.attach(log.net, name, made, log.tick(), ())
    assert names(log) == ["", "body", "body.bn", "head", "yes"]


def test_a_module_that_holds_itself() -> None:
    log = Log()
    log.heap.attach(log.norm, "back", log.body, log.tick(), ())
    assert names(log) == ["", "body", "body.bn", "head"]
    ways = log.timeline.below(log.net.id, log.norm.id, log.clock + 1, ())
    assert ways == (("body.bn", YES),)


def parameters(log: Log) -> tuple[str, ...] | None:
    return log.timeline.parameter_names(log.net.id, log.clock + 1, ())


def test_a_tied_parameter_is_listed_once() -> None:
    log = Log()
    for item in (log.net, log.body, log.norm, log.head):
        item.expanded = True
    assert parameters(log) == (
        "body.weight", "body.bias", "body.bn.weight", "body.bn.bias", "head.weight", "head.bias",
    )  # fmt: skip
    log.heap.ties.append(Tie(((log.body.id, "weight"), (log.head.id, "weight")), log.tick(), ()))
    assert parameters(log) == ("body.weight", "body.bias", "body.bn.weight", "body.bn.bias", "head.bias")
    log.heap.ties[0].truth = MAYBE
    log.tick()
    log.taint(log.module("elsewhere"))
    assert parameters(log) is None


def test_a_part_that_may_be_missing_leaves_the_names_open() -> None:
    log = Log()
    for item in (log.net, log.body, log.norm, log.head):
        item.expanded = True
    log.head.open = True
    assert parameters(log) is None


def covered(log: Log, atom: ParameterAtom, scope: str) -> Truth:
    selection = Selection(of="parameters", root=log.body.id, scope=scope, at=log.clock + 1)
    return log.timeline.covers(selection, atom, ())


def test_own_parameters() -> None:
    log = Log()
    assert covered(log, ParameterAtom(log.body.id, "weight"), "own") is YES
    assert covered(log, ParameterAtom(log.norm.id, "weight"), "own") is NO
    # Of a module that is not known to the last parameter, one that has no name:
    assert covered(log, ParameterAtom(log.body.id, None), "own") is MAYBE
    assert covered(log, ParameterAtom(log.norm.id, None), "own") is NO


def test_modules_by_their_mode() -> None:
    log = Log()
    log.mode(log.norm, FALSE)
    now = log.clock + 1
    test = Literal(Expr("training", (Element("module"), Const(now))), True)
    selection = Selection(of="modules", root=log.net.id, scope="all", at=now, tests=(test,))
    assert log.timeline.covers_module(selection, log.head.id, ()) is YES
    assert log.timeline.covers_module(selection, log.norm.id, ()) is NO
    log.taint(log.head)
    later = log.clock + 1
    test = Literal(Expr("training", (Element("module"), Const(later))), True)
    selection = Selection(of="modules", root=log.net.id, scope="all", at=later, tests=(test,))
    assert log.timeline.covers_module(selection, log.head.id, ()) is MAYBE


def test_parameters_by_their_flag() -> None:
    log = Log()
    log.flag(log.norm, FALSE)
    now = log.clock + 1
    test = Literal(Expr("requires_grad", (Element("parameter"), Const(now))), True)
    log.flag(log.norm, TRUE)
    selection = Selection(of="parameters", root=log.net.id, scope="all", at=log.clock + 1, tests=(test,))
    assert log.timeline.covers(selection, ParameterAtom(log.head.id, "weight"), ()) is YES
    assert log.timeline.covers(selection, ParameterAtom(log.norm.id, "weight"), ()) is NO
