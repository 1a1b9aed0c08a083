"""Questions about gradients between two steps, and about how an optimizer moves what has none: the same walk over the
log as for flags, for what `.grad` holds."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Union

import msgspec

from .events import (
    Backward,
    Event,
    Forward,
    GradientWritten,
    OptimizerBuilt,
    Options,
    OptionWritten,
    ParameterGroupAdded,
    SchedulerBuilt,
    SchedulerStepped,
    SchedulerTouched,
    Stepped,
    Tainted,
    ZeroGrad,
)
from .questions import covered
from .symbols import Const, Expr, Literal, Path, Symbol, Value, relation, truth_of
from .timeline import ParameterAtom, Timeline
from .truth import Truth, some


class Gradient(Enum):
    """What `.grad` of a parameter may hold."""

    NONE = "none"
    ZERO = "zero"
    REAL = "real"


class Grad(msgspec.Struct, frozen=True):
    """What the gradient of a parameter may be at a moment, and the event that last decided it."""

    kinds: frozenset[Gradient]
    event: Event | None = None

    def surely(self, kind: Gradient) -> Truth:
        """Whether it is of this kind."""
        if kind not in self.kinds:
            return Truth.NO
        return Truth.YES if len(self.kinds) == 1 else Truth.MAYBE


def gradient(timeline: Timeline, atom: ParameterAtom, time: int, path: Path, *, rows: bool = False) -> Grad:
    """What the gradient of the parameter holds just before `time`, where `path` holds. With `rows`, that of the
    elements that are zeroed where only some of them are."""
    kinds: set[Gradient] = set()
    zeroed: Event | None = None
    for event in _before(timeline, time):
        if event.time < timeline.heap[atom.owner].born:
            break
        reached = relation(event.path, path)
        if reached is Truth.NO:
            continue
        match event:
            case Backward():
                kind, certain, by = _filled(timeline, event, atom, path, rows=rows)
            case ZeroGrad():
                kind, certain, by = _cleared(timeline, event, atom, path)
            case GradientWritten():
                kind, certain, by = _written(timeline, event, atom, path, rows=rows)
            case _:
                hit = some(timeline.holds_module(each, atom.owner, event.time, path) for each in event.objects)
                kind, certain, by = Gradient.NONE, hit & Truth.MAYBE, event
        certain = certain & reached
        if certain is Truth.NO:
            continue
        if kind is Gradient.REAL and zeroed is not None:
            kind, by = Gradient.ZERO, zeroed
        if kind is Gradient.ZERO and certain is Truth.YES and not isinstance(event, Backward):
            zeroed = zeroed or by  # what was None before stays None
            continue
        kinds.add(kind)
        if certain is Truth.YES:
            return Grad(frozenset(kinds), by)
    return Grad(frozenset({*kinds, Gradient.NONE}))


_Logged = Union[Backward, ZeroGrad, GradientWritten, Tainted]


def _before(timeline: Timeline, time: int) -> Iterator[_Logged]:
    for event in reversed(timeline.events):
        if not isinstance(event, (Backward, ZeroGrad, GradientWritten, Tainted)) or event.time >= time:
            continue
        if not (isinstance(event, GradientWritten) and event.hook):
            yield event


def _filled(
    timeline: Timeline, event: Backward, atom: ParameterAtom, path: Path, *, rows: bool
) -> tuple[Gradient, Truth, Event]:
    """What a backward makes of a gradient: real, or what the hooks on the parameter make of it."""
    certain = event.grad & timeline.requires_grad(atom, event.time, path).truth & ran(timeline, event, atom, path)
    for hook in timeline.of(GradientWritten):
        if not hook.hook or hook.time > event.time or relation(hook.path, path) is Truth.NO:
            continue
        inside = covered(timeline, hook.selections, atom, path)
        if inside is Truth.NO or (hook.partial is not Truth.NO and not rows):
            continue
        sure = inside & relation(hook.path, path) & (Truth.MAYBE if hook.partial is Truth.MAYBE else Truth.YES)
        if hook.how == "zero" and sure is Truth.YES:
            return Gradient.ZERO, certain, hook
        return Gradient.REAL, certain & Truth.MAYBE, hook
    return Gradient.REAL, certain, event


def ran(timeline: Timeline, event: Backward, atom: ParameterAtom, path: Path) -> Truth:
    """Whether the parameter took part in what a backward goes through: its module ran since the last step."""
    since = max((step.time for step in timeline.of(Stepped) if step.time < event.time), default=0)
    result = Truth.NO
    forwards = [each for each in timeline.of(Forward) if since < each.time < event.time]
    for forward in forwards:
        inside = timeline.holds_module(forward.module, atom.owner, forward.time, path)
        if any(timeline.holds_module(each, atom.owner, forward.time, path) is Truth.YES for each in forward.skips):
            inside = Truth.NO
        result = result | (inside & forward.grad & relation(forward.path, path))
    return result if forwards else Truth.MAYBE


def _cleared(timeline: Timeline, event: ZeroGrad, atom: ParameterAtom, path: Path) -> tuple[Gradient, Truth, Event]:
    target = event.target
    if target is None:
        inside = Truth.MAYBE
    else:
        inside = timeline.holds_module(target, atom.owner, event.time, path)
        inside = inside | timeline.held(target, atom, event.time, path).truth
    clears = clears_to_none(timeline, event, path)
    kind = Gradient.NONE if clears is not Truth.NO else Gradient.ZERO
    return kind, inside & (Truth.MAYBE if clears is Truth.MAYBE else Truth.YES), event


def clears_to_none(timeline: Timeline, event: ZeroGrad, path: Path) -> Truth:
    """Whether a `zero_grad` sets gradients to None, rather than to zeros."""
    if event.set_to_none is None:
        return Truth.of(timeline.environment.zero_grad_clears)
    return truth_of(event.set_to_none, path)


def _written(
    timeline: Timeline, event: GradientWritten, atom: ParameterAtom, path: Path, *, rows: bool
) -> tuple[Gradient, Truth, Event]:
    inside = covered(timeline, event.selections, atom, path)
    if event.how == "none":
        return Gradient.NONE, inside, event
    if event.how == "value" and event.partial is Truth.NO:
        return Gradient.REAL, inside & Truth.MAYBE, event
    if event.partial is Truth.NO:
        return Gradient.ZERO, inside, event
    if not rows:
        return Gradient.REAL, Truth.NO, event
    return Gradient.ZERO, inside & (Truth.YES if event.how == "zero" else Truth.MAYBE), event


# --- what an optimizer does with it --------------------------------------------------------------------------------


def built(timeline: Timeline, optimizer: int) -> OptimizerBuilt | None:
    """How an optimizer was built."""
    return next((event for event in timeline.of(OptimizerBuilt) if event.optimizer == optimizer), None)


def groups(timeline: Timeline, optimizer: int) -> Iterator[tuple[OptimizerBuilt | ParameterGroupAdded, int, Options]]:
    """The parameter groups of an optimizer with their options: the event that made each, and its place in it."""
    for event in timeline.events:
        if isinstance(event, (OptimizerBuilt, ParameterGroupAdded)) and event.optimizer == optimizer:
            for number in range(len(event.groups)):
                known = number < len(event.options)
                yield event, number, event.options[number] if known else Options(complete=False)


def option(timeline: Timeline, optimizer: int, atom: ParameterAtom, name: str, path: Path) -> Value | None:
    """The value of an option for the group that surely holds the parameter; None where it is not known, or written
    over at any time."""
    for write in timeline.of(OptionWritten):
        if write.optimizer in (optimizer, None) and write.name == name:
            return None
    for event, number, options in groups(timeline, optimizer):
        group = event.groups[number]
        if group is not None and covered(timeline, group, atom, path) is Truth.YES:
            return options.get(name)
    return None


def nonzero(value: Value | None) -> Truth:
    """Whether an option is a number other than 0; one of the command line as it is where it is not given."""
    if isinstance(value, Expr) and value.op == "option":
        value = value.args[1]
    if isinstance(value, Const) and isinstance(value.value, (int, float)):
        return Truth.of(value.value != 0)
    return Truth.MAYBE


def idle(timeline: Timeline, optimizer: int, atom: ParameterAtom, path: Path) -> bool:
    """Whether the learning rate of the parameter is 0, or set to 0 at some time: then nothing moves it for certain."""
    for write in timeline.of(OptionWritten):
        if write.name == "lr" and write.optimizer in (optimizer, None) and nonzero(write.value) is Truth.NO:
            return True
    return nonzero(option(timeline, optimizer, atom, "lr", path)) is Truth.NO


class Drift(msgspec.Struct, frozen=True):
    """Whether an optimizer moves a parameter at a gradient of zeros, and by what."""

    truth: Truth
    by: str


def drift(
    timeline: Timeline, step: Stepped, atom: ParameterAtom, path: Path, earlier: Path, *, rows: bool = False
) -> Drift:
    """Whether a step moves a parameter whose gradient is all zeros. `earlier` is the path for the time before it
    became so."""
    made = built(timeline, step.optimizer) if step.optimizer is not None else None
    if made is None:
        return Drift(Truth.MAYBE, "its own state")
    decays = made.traits.decays
    if decays is not Truth.NO:
        decays = decays & nonzero(option(timeline, made.optimizer, atom, "weight_decay", path))
    moving = Truth.NO
    match made.traits.history:
        case "always":
            moving = Truth.YES
        case "momentum":
            moving = nonzero(option(timeline, made.optimizer, atom, "momentum", path))
        case "never":
            moving = Truth.NO
        case _:
            moving = Truth.MAYBE
    if moving is not Truth.NO and decays is not Truth.YES:
        moving = moving & trained(timeline, made.optimizer, atom, step.time, earlier, rows=rows)
    if decays.value >= moving.value:
        return Drift(decays, "weight decay")
    return Drift(moving, "what it remembers of earlier gradients")


def trained(
    timeline: Timeline, optimizer: int, atom: ParameterAtom, before: int, path: Path, *, rows: bool = False
) -> Truth:
    """Whether the optimizer stepped with a real gradient of the parameter before `before`."""
    result = Truth.NO
    for step in timeline.of(Stepped):
        if step.time >= before or step.optimizer != optimizer or result is Truth.YES:
            continue
        reached = relation(step.path, path) & timeline.held(optimizer, atom, step.time, path).truth
        if reached is not Truth.NO:
            result = result | (reached & gradient(timeline, atom, step.time, path, rows=rows).surely(Gradient.REAL))
    return result


# --- one time in a loop --------------------------------------------------------------------------------------------


def first_time(timeline: Timeline, event: Event, path: Path) -> Path | None:
    """The path on which an event happens for the first time: what the same code did before, in earlier rounds of a
    loop, it did not do. None where that cannot be."""
    result: Path | None = path
    for other in timeline.of(type(event)):
        if other.time >= event.time or other.span != event.span or other.stack != event.stack:
            continue
        extra = [literal for literal in other.path if literal not in event.path]
        if not extra or result is None:
            return None
        result = timeline.together(result, (Literal(extra[-1].value, not extra[-1].polarity),))
    return result


def only_early(path: Path) -> bool:
    """Whether a condition holds only in the first rounds of a loop (`epoch < 3`, `step == 0`)."""
    for literal in path:
        match literal.value:
            case Expr(op="<" | "<=", args=(Symbol(), right)) if literal.polarity and not isinstance(right, Symbol):
                return True
            case Expr(op="<" | "<=", args=(left, Symbol())) if not literal.polarity and not isinstance(left, Symbol):
                return True
            case Expr(op="==", args=(Symbol(), Const(value=0))) if literal.polarity:
                return True
            case Symbol(name=name) if not literal.polarity and name in ("epoch", "step", "it", "iteration", "i"):
                return True
            case _:
                pass
    return False


# --- schedulers ----------------------------------------------------------------------------------------------------


def schedulers_of(timeline: Timeline, optimizer: int) -> list[SchedulerBuilt]:
    """The schedulers over an optimizer."""
    return [event for event in timeline.of(SchedulerBuilt) if event.optimizer == optimizer]


def scheduled(timeline: Timeline, scheduler: SchedulerBuilt, after: int, path: Path) -> tuple[int, Path] | None:
    """When the scheduler steps for the first time after a moment, and the paths joined; None where it does not, or
    where its idea of the groups was changed by hand."""
    if any(event.scheduler == scheduler.scheduler for event in timeline.of(SchedulerTouched)):
        return None
    for event in timeline.of(SchedulerStepped):
        if event.scheduler == scheduler.scheduler and event.time > after:
            joined = timeline.together(path, scheduler.path, event.path)
            if joined is not None:
                return event.time, joined
    return None
