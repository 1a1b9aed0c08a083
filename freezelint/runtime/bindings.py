"""What was seen of each finding's statement while it ran: how often, with which objects, to what effect."""

from __future__ import annotations

import functools
import re
import sys
import weakref
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from freezelint.core.claims import ConditionMisfires, FlagInverted, MatchesNothing, MatchesOthers, MovesAtZero, UsedUp
from freezelint.core.findings import Finding
from freezelint.core.spans import Span
from freezelint.runtime.naming import look_up

if TYPE_CHECKING:
    from freezelint.runtime.probes import Probes
    from freezelint.runtime.recorder import Recorder

_MOST = 5000
_PLAIN = (bool, int, str, list, tuple, re.Match, type(None))
"""What a condition on a name may be: a comparison, or what a search found."""


class Seen:
    """What was seen of one finding's statement."""

    def __init__(self) -> None:
        self.count = 0
        self.first: int | None = None
        """The recorder's time when it was first reached."""
        self.objects: list[weakref.ref[Any]] = []
        self.numbers: dict[int, None] = {}
        """The heap numbers of the modules, parameters and optimizers that it is about."""
        self.arguments: dict[int, None] = {}
        """Those that are only given to what is called there."""
        self.after: dict[int, bool] = {}
        """The flags of the parameters that it is about, as they were when it had ended."""
        self.fresh: list[int] = []
        self.changes = 0
        self.grad_mode_changes = 0
        self.raised: list[str] = []
        self.later: list[str] = []
        """What the statements that notes point out raised afterwards, and how often they ran."""
        self.later_runs = 0
        self.around = 0
        """How often a loop around the statement was reached, and when first."""
        self.reached: int | None = None
        self.exhausted: list[bool] = []
        self.outcomes: list[tuple[bool, bool]] = []
        """Of a condition: (it held, what it asks for is so)."""
        self.names: dict[str, bool] = {}
        """Of a condition on names: what it was for each of those that a finding tells of."""
        self.conditions: dict[bool, list[bool]] = {}
        """Of a condition on names: what it was, apart for whether the finding's text was at hand."""
        self.override: dict[str, int] = {}
        """Of a `train` method: calls, and how many returned None, raised, or left other modes than asked for."""
        self.flags: list[tuple[bool, bool]] = []
        """(what the option says, what `requires_grad` became)."""


class Bindings:
    """The functions that the instrumented code calls, and what they saw, by the number of the finding."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self.seen: dict[int, Seen] = {}
        self.probes: Probes | None = None
        self._compiling: Callable[[], bool] = _torch_compiles

    def of(self, number: int) -> Seen:
        """What was seen of a finding."""
        return self.seen.setdefault(number, Seen())

    def watch(self, number: int, role: str = "") -> Any:
        """The block around the statement of a finding, around a later one that it points out, or around a loop that
        it stands in."""
        if role == "around":
            seen = self.of(number)
            seen.around += 1
            if seen.reached is None and self.probes is not None:
                seen.reached = self.probes.recorder.tick()
            return nullcontext()
        return (_Later if role == "later" else _Watch)(self, number, sys._getframe(1))

    def bind(self, number: int, role: str, value: Any) -> Any:
        """An object that a finding is about, given back as it is."""
        if self._compiling():
            return value
        seen = self.of(number)
        claim = self._findings[number].claim
        if role == "argument":
            self._note(seen, value, seen.arguments)
        elif role == "value" and isinstance(claim, ConditionMisfires):
            _judge_condition(seen, claim, value)
        else:
            self._note(seen, value)
            if role == "value" and isinstance(claim, UsedUp):
                seen.exhausted.extend(exhausted(each) for each in iterators(value))
            elif role == "value" and isinstance(claim, MatchesOthers):
                _judge_names(seen, claim, value, sys._getframe(1))
            elif role == "value" and isinstance(claim, MatchesNothing) and isinstance(value, _PLAIN):
                texts = [each for each in sys._getframe(1).f_locals.values() if isinstance(each, str)]
                seen.conditions.setdefault(claim.text in texts, []).append(bool(value))
        return value

    def override(self, number: int) -> Callable[[Any], Any]:
        """A decorator for the function that a finding is about."""

        def decorate(function: Any) -> Any:
            @functools.wraps(function)
            def watched(*args: Any, **kwargs: Any) -> Any:
                if self._compiling():
                    return function(*args, **kwargs)
                seen = self.of(number)
                self.enter(seen)
                try:
                    result = function(*args, **kwargs)
                except Exception as error:
                    seen.raised.append(type(error).__name__)
                    raise
                if function.__name__ == "train" and args:
                    _judge_override(seen, args, kwargs, result)
                    self._note(seen, args[0])
                return result

            return watched

        return decorate

    # --- statements ---------------------------------------------------------------------------------------------------

    def enter(self, seen: Seen) -> None:
        """The statement begins."""
        seen.count += 1
        if self.probes is not None and seen.first is None:
            seen.first = self.probes.recorder.tick()

    def begin(self, number: int, frame: FrameType) -> tuple[Seen, int, bool]:
        """The statement begins; the changes so far and the grad mode are kept for its end."""
        seen = self.of(number)
        self.enter(seen)
        seen.fresh.clear()
        claim = self._findings[number].claim
        subject = look_up(claim.subject, frame) if claim is not None else None
        if isinstance(claim, UsedUp):
            seen.exhausted.extend(exhausted(each) for each in iterators(subject))
        if self.probes is None:
            return seen, 0, True
        return seen, self.probes.recorder.changes, _grad_enabled()

    def end(self, number: int, frame: FrameType, before: tuple[Seen, int, bool], error: BaseException | None) -> None:
        """The statement ended, or raised."""
        seen, changes, grad = before
        if error is not None and isinstance(error, Exception) and self._stands_at(number, frame, error):
            seen.raised.append(type(error).__name__)
        if self.probes is not None:
            seen.changes += self.probes.recorder.changes - changes
            seen.grad_mode_changes += _grad_enabled() is not grad
        claim = self._findings[number].claim
        if claim is None:
            return
        subject = look_up(claim.subject, frame)
        if subject is not None:
            self._note(seen, subject)
        if self.probes is not None:
            self.probes.tell(_flags_after, self.probes.recorder, seen)
            if isinstance(claim, MovesAtZero):
                self.probes.tell(_watch_zeros, self.probes.recorder, seen, claim)
        if isinstance(claim, FlagInverted):
            option = look_up(claim.flag, frame)
            target = subject if subject is not None else self._latest(seen)
            flag = _flag_of(target)
            if option is not None and flag is not None:
                seen.flags.append((bool(option), flag))

    def _stands_at(self, number: int, frame: FrameType, error: BaseException) -> bool:
        """Whether the exception comes from the finding's own lines, not from a block below them."""
        return _within([self._findings[number].span], frame, error)

    def later(self, number: int, frame: FrameType, error: BaseException | None) -> None:
        """A statement that a note points out ended, or raised."""
        seen = self.of(number)
        if not seen.count:
            return
        seen.later_runs += 1
        if isinstance(error, Exception) and _within([n.span for n in self._findings[number].notes], frame, error):
            seen.later.append(type(error).__name__)

    def _latest(self, seen: Seen) -> Any:
        return seen.objects[-1]() if seen.objects else None

    def _note(self, seen: Seen, value: Any, into: dict[int, None] | None = None) -> None:
        for each in _objects(value):
            if len(seen.objects) < _MOST:
                seen.objects.append(weakref.ref(each))
            if self.probes is not None:
                number = self.probes.tell(_number, self.probes.recorder, each)
                if number is not None:
                    (seen.numbers if into is None else into)[number] = None
                    seen.fresh.append(number)


class _Watch:
    """The block around a statement. `__exit__` never swallows an exception."""

    __slots__ = ("_before", "_bindings", "_frame", "_number")

    def __init__(self, bindings: Bindings, number: int, frame: FrameType) -> None:
        self._bindings = bindings
        self._number = number
        self._frame: FrameType | None = frame
        self._before: Any = None

    def __enter__(self) -> None:
        if not self._bindings._compiling():
            assert self._frame is not None
            self._before = self._bindings.begin(self._number, self._frame)

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        frame, self._frame = self._frame, None
        if self._before is not None and frame is not None:
            self._bindings.end(self._number, frame, self._before, error)


class _Later:
    """The block around a statement that a note of a finding points out."""

    __slots__ = ("_bindings", "_frame", "_number")

    def __init__(self, bindings: Bindings, number: int, frame: FrameType) -> None:
        self._bindings = bindings
        self._number = number
        self._frame: FrameType | None = frame

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        frame, self._frame = self._frame, None
        if frame is not None and not self._bindings._compiling():
            self._bindings.later(self._number, frame, error)


def _within(spans: Sequence[Span], frame: FrameType, error: BaseException) -> bool:
    """Whether an exception went through a frame at one of these places."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame is frame:
            return any(span.line <= trace.tb_lineno <= span.end_line for span in spans)
        trace = trace.tb_next
    return False


def _objects(value: Any, depth: int = 2) -> list[Any]:
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    kinds = (torch.nn.Module, torch.nn.Parameter, torch.optim.Optimizer)
    if issubclass(type(value), kinds):
        return [value]
    value = unpulled(value)
    if isinstance(value, torch.nn.Module):
        return [value]
    if isinstance(value, dict):
        value = [unpulled(each) for each in value.values()]
    if isinstance(value, (list, tuple)):
        parts = [each for each in value[:500] if isinstance(each, (list, tuple, dict))]
        inner = [found for part in parts if depth for found in _objects(part, depth - 1)]
        return [each for each in value[:500] if issubclass(type(each), kinds)] + inner
    return []


def unpulled(value: Any) -> Any:
    """The module over whose parameters a generator goes that was not pulled yet; any other value as it is."""
    frame = getattr(value, "gi_frame", None)
    if frame is None or frame.f_code.co_name not in ("parameters", "named_parameters"):
        return value
    return frame.f_locals.get("self", value)


def _number(recorder: Recorder, item: Any) -> int | None:
    """The number of an object, which is made known to the recorder."""
    torch = sys.modules["torch"]
    if isinstance(item, torch.nn.Parameter):
        return int(recorder.models.parameter(item))
    if isinstance(item, torch.nn.Module):
        return int(recorder.adopt(item, sys._getframe(3)))
    return int(recorder.models.optimizer(item))


def _flags_after(recorder: Recorder, seen: Seen) -> None:
    for number in seen.fresh:
        for parameter in recorder.models.held_below(number):
            live = recorder.models.live(parameter)
            if live is not None:
                seen.after[parameter] = bool(live.requires_grad)


def _judge_condition(seen: Seen, claim: ConditionMisfires, value: Any) -> None:
    if len(seen.outcomes) >= _MOST:
        return
    if isinstance(value, int) and not isinstance(value, bool):
        held = bool(value) is not claim.negated
        seen.outcomes.append((held, (value >= 0) is not claim.negated))


def _judge_names(seen: Seen, claim: MatchesOthers, value: Any, frame: FrameType) -> None:
    """Whether the condition held for one of the names: the text that the frame holds at that moment."""
    for text in [each for each in frame.f_locals.values() if isinstance(each, str)]:
        for name in (*claim.names, *claim.meant):
            if f".{text}".endswith(f".{name}"):
                seen.names[name] = bool(value)


def _watch_zeros(recorder: Recorder, seen: Seen, claim: MovesAtZero) -> None:
    numbers = [parameter for each in seen.fresh for parameter in recorder.models.held_below(each)]
    if claim.what == "gradient":
        recorder.measures.zero_gradients.watched.update(dict.fromkeys(numbers))
    else:
        for number in recorder.optimizers():
            optimizer = recorder.models.live(number)
            if optimizer is not None:
                recorder.measures.zero_rates.look(optimizer)


def _judge_override(seen: Seen, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> None:
    module = args[0]
    mode = kwargs.get("mode", args[1] if len(args) > 1 else True)
    counts = seen.override
    counts["calls"] = counts.get("calls", 0) + 1
    counts["none"] = counts.get("none", 0) + (result is None)
    children = list(module.modules()) if hasattr(module, "modules") else []
    wrong = [each for each in children if each.training is not bool(mode)]
    # A part that is kept in eval mode is what most overrides are for; train mode where eval was asked for is not.
    odd = bool(wrong) if not mode else len(wrong) == len(children) > 0
    counts["wrong"] = counts.get("wrong", 0) + odd


def _flag_of(target: Any) -> bool | None:
    """What `requires_grad` of a parameter is, or of all parameters of a module where they agree."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(target, torch.nn.Module):
        flags = {bool(each.requires_grad) for each in target.parameters()}
        return flags.pop() if len(flags) == 1 else None
    flag = getattr(target, "requires_grad", None)
    return flag if isinstance(flag, bool) else None


def iterators(value: Any, depth: int = 3) -> list[Any]:
    """The iterators in a value: itself, or those in a list of parameter groups."""
    if hasattr(type(value), "__next__"):
        return [value]
    if depth and isinstance(value, dict):
        return [found for each in value.values() for found in iterators(each, depth - 1)]
    if depth and isinstance(value, (list, tuple)):
        return [found for each in value[:100] for found in iterators(each, depth - 1)]
    return []


def exhausted(iterator: Any) -> bool:
    """Whether an iterator is used up, as far as it can be told without using it."""
    import gc

    if hasattr(iterator, "gi_frame"):
        return iterator.gi_frame is None
    hint = getattr(iterator, "__length_hint__", None)
    if hint is not None:
        return bool(hint() == 0)
    inner = [each for each in gc.get_referents(iterator) if hasattr(each, "__next__")]
    return any(exhausted(each) for each in inner)


def _torch_compiles() -> bool:
    torch = sys.modules.get("torch")
    compiler = getattr(torch, "compiler", None)
    return compiler is not None and bool(compiler.is_compiling())


def _grad_enabled() -> bool:
    torch = sys.modules.get("torch")
    return bool(torch.is_grad_enabled()) if torch is not None and hasattr(torch, "is_grad_enabled") else True
