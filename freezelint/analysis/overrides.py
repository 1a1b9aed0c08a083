"""Checks how a class overrides `nn.Module.train`, by interpreting the override once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from freezelint.core.events import ModeSet, TrainOverride
from freezelint.core.spans import Span
from freezelint.core.symbols import Ref, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes
from .invocation import Invocation
from .values import Bound, Choice, ClassValue, Function

if TYPE_CHECKING:
    from .interpreter import Interpreter


def check_train(interp: Interpreter, cls: ClassValue, made: Ref, call: Invocation) -> None:
    """Record how the `train` that the class itself defines, or gets from one that is no module, keeps the contract."""
    owner = classes.defining(cls, "train")
    if owner is None or classes.is_module(cls) is not Truth.YES:
        return
    if owner is not cls and classes.is_module(owner) is not Truth.NO:
        return
    function = owner.members["train"]
    if not isinstance(function, Function) or not isinstance(function.node, ir.FunctionDef):
        return
    node = function.node
    mode = _mode_parameter(node)
    if mode is None and len(node.parameters) > 1 and node.parameters[1].kind == "positional":
        return  # `train(self, loader)` of a class that trains itself is no override of the mode
    world = interp.world
    wanted = world.unknown("mode")
    first = len(world.events)
    depth = len(world.stack) + (0 if call.entry else 1)
    result = interp.calls.invoke(Bound(made, function, cls), call.with_arguments([wanted] if mode else []))
    writes = [event for event in world.events[first:] if isinstance(event, ModeSet)]
    through = [event for event in writes if event.root == made.id and event.how == "train"]
    frame = interp.loader.frame(owner.module)
    if mode is None and not through and not writes:
        return
    before: list[tuple[Span, str]] = []
    if through:
        for event in writes:
            again = any(
                each.time > through[0].time and each.root == event.root and truth_of(each.value) is Truth.NO
                for each in writes
            )
            inside = event.root is None or world.timeline.holds_module(made.id, event.root, event.time, ()) is Truth.YES
            if event.time < through[0].time and truth_of(event.value) is Truth.NO and inside and not again:
                # Within the override itself: the call of a helper that does it, where one does.
                place = event.stack[depth] if len(event.stack) > depth else event.span
                before.append((place, event.text))
    world.emit(
        TrainOverride, interp.span(node.at, frame), owner.node.name, cls=owner.node.name,
        takes_mode=Truth.of(mode is not None), returns=_returns_self(result, made),
        calls_super=Truth.of(bool(through)),
        passes_mode=Truth.of(any(event.value == wanted for event in through)),
        before=tuple(before), super_span=through[0].span if through else None,
        reaches_children=Truth.of(
            any(event.root != made.id and truth_of(event.value) is not Truth.NO for event in writes)
        ),
        own_eval=Truth.of(classes.member(cls, "eval") is not None),
    )  # fmt: skip


def _mode_parameter(node: ir.FunctionDef) -> str | None:
    for parameter in node.parameters[1:]:
        if parameter.name in ("mode", "is_train", "training", "train_mode", "flag", "train", "is_training"):
            return parameter.name
        if isinstance(parameter.default, ir.Const) and isinstance(parameter.default.value, bool):
            return parameter.name
        if parameter.kind in ("*", "**"):
            return parameter.name
    return None


def _returns_self(value: object, made: Ref) -> Truth:
    match value:
        case Ref(id=number):
            return Truth.of(number == made.id)
        case Choice(options=options):
            results = [_returns_self(option, made) for _, option in options]
            first = results[0]
            for each in results[1:]:
                first = first.join(each)
            return first
        case _ if getattr(value, "value", 0) is None:
            return Truth.NO
        case _:
            return Truth.MAYBE
