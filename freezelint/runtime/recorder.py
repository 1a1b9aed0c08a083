"""Records what a run does to flags, modes and optimizers, as a timeline of the same kind as the analysis writes.

The probes call it; it names objects, finds the place in the user's code, and writes events. What it is told is checked
against the real objects before each forward and step, so that flags and modes set by ways that have no probe are
recorded as well, at the place where they were noticed.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from freezelint.core.events import (
    AttributeSet,
    Backward,
    Event,
    Forward,
    GradSet,
    LossForced,
    ModeSet,
    ModuleReplaced,
    OptimizerBuilt,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    TensorBackward,
    WeightsWritten,
    Wrapped,
    ZeroGrad,
)
from freezelint.core.objects import Kind
from freezelint.core.symbols import FALSE, TRUE, Const
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.runtime.measures import Measures
from freezelint.runtime.models import Models, compiled, mode_of
from freezelint.runtime.naming import label_of
from freezelint.runtime.sites import UNKNOWN, Site, Sites, receiver_of

if TYPE_CHECKING:
    from types import FrameType

    from torch import nn

EventT = TypeVar("EventT", bound=Event)
_MOST_EVENTS = 4000
_ALIKE = 3
"""How many equal events are written down while no flag, mode or membership changes between them."""


class _Write:
    """Flags that are being written at one place: one event, however many parameters it concerns."""

    def __init__(self, time: int, site: Site, value: bool, how: str, text: str) -> None:
        self.time = time
        self.site = site
        self.value = value
        self.how = how
        self.text = text
        self.parameters: dict[int, None] = {}


class Recorder:
    """The log of one run, and what was measured beside it."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.models = Models()
        self.measures = Measures(self.models)
        self.events: list[Event] = []
        self.clock = 0
        self.changes = 0
        """How many flags, modes or memberships were really changed so far."""
        self.touched: dict[int, None] = {}
        """The parameters whose flags were written, changed or not, in order."""
        self.complete = True
        self._write: _Write | None = None
        self._by_hand: dict[Site, list[int]] = {}
        self._seen: dict[object, int] = {}
        self._membership: dict[int, dict[int, None]] = {}
        self._building: dict[int, int] = {}
        self._losses: dict[int, tuple[int, weakref.ref[Any]]] = {}
        self._forwards: list[tuple[int, int]] = []

    # --- the log ----------------------------------------------------------------------------------------------------

    def tick(self) -> int:
        """The next moment."""
        self.clock += 1
        return self.clock

    def _add(self, kind: type[EventT], site: Site, /, text: str = "", **fields: Any) -> int | None:
        """Write an event down; None where it is left out, since it has been seen often enough."""
        self._finish_write()
        if len(self.events) >= _MOST_EVENTS:
            self.complete = False
            return None
        self.events.append(
            kind(time=self.tick(), span=site.span, stack=site.stack, function=site.function, text=text, **fields)
        )
        return len(self.events) - 1

    def _worth(self, *key: object) -> bool:
        """Whether an event that changes nothing is worth writing down once more."""
        seen = self._seen.get(key, 0)
        self._seen[key] = seen + 1
        return seen < _ALIKE

    def _changed(self, number: int = 1) -> None:
        if number:
            self.changes += number
            self._seen.clear()

    # --- flags --------------------------------------------------------------------------------------------------------

    def flag_written(self, parameter: Any, old: bool, value: bool, how: str) -> None:
        """`requires_grad` of a parameter was written."""
        frame = _frame()
        site = self.sites.here(frame)
        number = self.models.parameter(parameter, old)
        self._flag(number, value, site, how, self._subject(frame))

    def _flag(self, number: int, value: bool, site: Site, how: str, text: str) -> None:
        write = self._write
        if write is None or write.site != site or write.value != value or number in write.parameters:
            self._finish_write()
            write = self._write = _Write(self.tick(), site, value, how, text)
        write.parameters[number] = None
        self.touched[number] = None
        if self.models.flags.get(number) != value:
            self.models.flags[number] = value
            self.measures.turned(number, value)
            self._changed()

    def _finish_write(self) -> None:
        write, self._write = self._write, None
        if write is None or len(self.events) >= _MOST_EVENTS:
            return
        self.events.append(
            GradSet(
                time=write.time, span=write.site.span, stack=write.site.stack, function=write.site.function,
                text=write.text, selections=self._selected(list(write.parameters), write.time),
                value=TRUE if write.value else FALSE, how=write.how,
            )
        )  # fmt: skip

    def _selected(self, parameters: list[int], time: int) -> Selections:
        """Parameters as selections: a whole module where they are just what lies below it."""
        left = dict.fromkeys(parameters)
        chosen: list[int] = []
        while left:
            first = next(iter(left))
            whole = (
                root for root in self._holders(first)
                if left.keys() >= set(self.models.held_below(root)) and self.models.whole_at(root, time)
            )  # fmt: skip
            root = next(whole, first)
            chosen.append(root)
            for each in self.models.held_below(root):
                left.pop(each, None)
        return self._all(chosen, time)

    def _holders(self, parameter: int) -> list[int]:
        """The modules above a parameter, the largest first."""
        found: list[int] = []
        level = [parameter]
        while level and len(found) < 50:
            level = [
                e.parent for n in level for e in self.models.heap[n].parents if not e.ends and e.parent not in found
            ]
            found.extend(dict.fromkeys(level))
        return found[::-1]

    def other_flag_written(self, tensor: Any, value: bool, how: str) -> None:
        """`requires_grad` of a tensor that is no parameter was written."""
        if not value or tensor.numel() != 1:
            return
        frame = _frame()
        connected = Truth.NO if tensor.grad_fn is None else Truth.MAYBE
        made = self.models.heap.new(Kind.TENSOR, "loss", None, 0)
        self._losses[id(tensor)] = (made.id, weakref.ref(tensor))
        site = self.sites.here(frame)
        self._add(LossForced, site, self._subject(frame), tensor=made.id, how=how, connected=connected)

    def backward(self, tensor: Any) -> None:
        """`.backward()` of a tensor."""
        site = self.sites.here(_frame())
        known = self._losses.get(id(tensor))
        if known is not None and known[1]() is tensor:
            self._add(TensorBackward, site, tensor=known[0])
        if self._worth("backward", site.span):
            self._add(Backward, site, grad=Truth.YES)

    def backward_failed(self, message: str) -> None:
        """Nothing that the loss was computed from requires a gradient."""
        self.measures.failed = (self.tick(), message)

    def attribute_set(self, module: nn.Module, name: str, value: object) -> None:
        """A plain attribute with the name of a flag or method was set on a module."""
        frame = _frame()
        first = next(self.sites.frames(frame), None)
        if first is not None and first.f_locals.get("self") is module:
            return  # an option that the class keeps for itself
        number = self._module(module, frame)
        site, text = self.sites.here(frame), self.sites.text(frame)
        self._add(
            AttributeSet, site, text or f"{self.models.name(number)}.{name}",
            target=number, kind="module", name=name, value=Const(value), shadows=Truth.of(hasattr(type(module), name)),
        )  # fmt: skip

    # --- modes --------------------------------------------------------------------------------------------------------

    def mode_called(self, module: nn.Module, mode: bool) -> None:
        """`train(mode)` is about to run, called by something else than a parent's `train`."""
        frame = _frame()
        number = self._module(module, frame)
        below = self.models.modules_below(number)
        changed = [each for each in below if self.models.modes.get(each) != mode]
        self._changed(len(changed))
        site = self.sites.here(frame)
        if changed or self._worth("mode", site, number, mode):
            self._add(
                ModeSet, site, f"{receiver_of(self.sites.text(frame))}.{'train' if mode else 'eval'}",
                selections=(Selection(of="modules", root=number, scope="all", at=self.clock + 1),),
                value=TRUE if mode else FALSE, how="train" if mode else "eval", root=number, framework=not site.direct,
            )  # fmt: skip
        for each in below:
            self.models.modes[each] = mode

    def mode_written(self, module: nn.Module, mode: bool) -> None:
        """`module.training = mode`, by hand."""
        number = self.models.number(module)
        if number is not None:
            site = self.sites.here(_frame())
            index = self._mode_is([number], mode, site, "flag")
            if index is not None:
                self._one_of_many(index, site)

    def _one_of_many(self, index: int, site: Site) -> None:
        """A statement that sets the flags of one module after the other is about none of them as a whole."""
        others = self._by_hand.setdefault(site, [])
        others.append(index)
        if len({event.root for each in others if isinstance(event := self.events[each], ModeSet)}) > 1:
            for each in others:
                self.events[each] = msgspec.structs.replace(self.events[each], root=None)

    def _mode_is(self, numbers: list[int], mode: bool, site: Site, how: str) -> int | None:
        for each in numbers:
            self.models.modes[each] = mode
        self._changed(len(numbers))
        time = self.clock + 1
        return self._add(
            ModeSet, site, selections=tuple(Selection(of="modules", root=n, scope="self", at=time) for n in numbers),
            value=TRUE if mode else FALSE, how=how, root=numbers[0] if len(numbers) == 1 else None,
            framework=not site.direct,
        )  # fmt: skip

    def settle_modes(self, module: nn.Module) -> None:
        """Compare the modes below a module with what is known of them."""
        wrong: dict[bool, list[int]] = {}
        for each in module.modules():
            number = self.models.number(each)
            mode = mode_of(each)
            if number is not None and self.models.modes.get(number) != mode:
                wrong.setdefault(mode, []).append(number)
        for mode, numbers in wrong.items():
            self._mode_is(numbers, mode, self.sites.here(_frame()), "library")

    # --- modules ------------------------------------------------------------------------------------------------------

    def _module(self, module: nn.Module, frame: FrameType | None) -> int:
        """The number of a module; what changed in its tree is written down."""
        known = self.models.number(module)
        number, replaced = self.models.module(module, self.tick())
        if known is None and not self.models.heap[number].parents:
            label = label_of(module, self.sites.frames(frame))
            if label:
                self.models.heap[number].label = label
        for each in replaced:
            self._changed()
            self._add(
                ModuleReplaced, self.sites.here(frame), self.models.name(each.new),
                parent=each.parent, name=each.name, old=each.old, new=each.new,
            )  # fmt: skip
        return number

    def adopt(self, module: nn.Module, frame: FrameType | None) -> int:
        """The number of a module that a finding is about."""
        return self._module(module, frame)

    def child_set(self, parent: nn.Module, old: nn.Module) -> bool:
        """A child is about to be replaced: whether that matters, since the parent or what goes is known."""
        frame = _frame()
        known = [parent, *old.parameters()]
        if all(self.models.number(each) is None for each in known):
            return False
        self._module(parent, frame)
        return True

    def child_replaced(self, parent: nn.Module) -> None:
        """A child of a known module was replaced."""
        self._module(parent, _frame())

    def wrapped(self, outer: nn.Module, inner: nn.Module, kind: str) -> None:
        """A module was put into DDP, a compiled module, an adapter."""
        frame = _frame()
        inside = self._module(inner, frame)
        outside = self._module(outer, frame)
        self._add(Wrapped, self.sites.here(frame), kind=kind, outer=outside, inner=inside)

    # --- forwards -----------------------------------------------------------------------------------------------------

    def forward(self, module: nn.Module, grad: bool) -> None:
        """A module is about to run forward, called from outside of any other module."""
        frame = _frame()
        number = self._module(module, frame)
        site = self.sites.here(frame)
        self.settle_modes(module)
        self._settle_flags(self.models.held_below(number), site)
        self.measures.forward(number)
        index = None
        if self._worth("forward", site.span, number, grad):
            index = self._add(
                Forward, site, receiver_of(self.sites.text(frame) + "."), module=number, grad=Truth.of(grad)
            )
        self._forwards.append((-1 if index is None else index, number))

    def forward_ended(self, ran: list[tuple[Any, bool, bool]]) -> None:
        """The forward ended; `ran` are the modules that ran in it, their modes, and whether gradients were recorded."""
        index, root = self._forwards.pop()
        time = self.tick()
        done: set[int] = set()
        for module, training, grad in [*ran, *compiled(ran)]:
            number = self.models.number(module)
            if number is not None:
                done.add(number)
                self.measures.ran(number, time, training=training, grad=grad)
        if index >= 0:
            heap = self.models.heap
            idle = [
                each for each in self.models.modules_below(root)
                if each not in done and (heap[each].norm is Truth.YES or heap[each].dropout is Truth.YES)
            ]  # fmt: skip
            self.events[index] = msgspec.structs.replace(self.events[index], skips=tuple(idle))

    def _settle_flags(self, numbers: list[int], site: Site) -> None:
        """Compare flags with what is known of them: some change by ways that have no probe."""
        for number in numbers:
            parameter = self.models.live(number)
            if parameter is not None and bool(parameter.requires_grad) != self.models.flags.get(number):
                self._flag(number, bool(parameter.requires_grad), site, "library", "")

    # --- optimizers ---------------------------------------------------------------------------------------------------

    def group_added(self, optimizer: Any, *, building: bool) -> None:
        """`add_param_group` ran, within the construction of the optimizer or later."""
        site = self.sites.here(_frame())
        number = self.models.optimizer(optimizer)
        group = self._group(optimizer.param_groups[-1])
        index = self._building.get(number)
        if building and index is not None:
            built = self.events[index]
            assert isinstance(built, OptimizerBuilt)
            self.events[index] = msgspec.structs.replace(built, groups=(*built.groups, self._all(group, built.time)))
        elif building:
            made = self._built(number, [group], site, optimizer)
            if made is not None:
                self._building[number] = made
        else:
            self._add(ParameterGroupAdded, site, optimizer=number, groups=(self._all(group, self.clock + 1),))
        self._membership.setdefault(number, {}).update(dict.fromkeys(group))
        self.measures.zero_rates.look(optimizer)
        self._changed(len(group))

    def _built(self, number: int, groups: list[list[int]], site: Site, optimizer: Any) -> int | None:
        selections = tuple(self._all(group, self.clock + 1) for group in groups)
        name = type(optimizer).__name__
        framework = not site.direct
        return self._add(OptimizerBuilt, site, optimizer=number, groups=selections, framework=framework, cls=name)

    def _group(self, group: dict[str, Any]) -> list[int]:
        return [self.models.parameter(each) for each in group["params"]]

    def _all(self, parameters: list[int], time: int) -> Selections:
        return tuple(Selection(of="parameters", root=each, scope="all", at=time) for each in parameters)

    def step_begins(self, optimizer: Any) -> None:
        """An optimizer is about to step."""
        number = self.models.optimizer(optimizer)
        site = self.sites.here(_frame())
        groups = [self._group(group) for group in optimizer.param_groups]
        known = self._membership.get(number)
        now = dict.fromkeys(parameter for group in groups for parameter in group)
        if known is None:
            self._built(number, groups, site, optimizer)
        elif now.keys() - known.keys():
            new = [each for each in now if each not in known]
            self._changed(len(new))
            self._add(ParameterGroupAdded, site, optimizer=number, groups=(self._all(new, self.clock + 1),))
        self._membership[number] = now
        self._settle_flags(list(now), site)
        self.measures.step_begins(optimizer, now)

    def step_ends(self, optimizer: Any) -> None:
        """An optimizer has stepped."""
        number = self.models.optimizer(optimizer)
        site = self.sites.here(_frame())
        if self._worth("step", site.span, number):
            self._add(Stepped, site, optimizer=number, framework=not site.direct)
        self.measures.step_ends(optimizer, number, self._membership.get(number, {}), self.tick())

    def zero_grad(self, target: Any, set_to_none: bool) -> None:
        """`zero_grad` of an optimizer or module."""
        site = self.sites.here(_frame())
        number = self.models.number(target)
        if number is not None and self._worth("zero", site.span, number):
            self._add(ZeroGrad, site, target=number, set_to_none=Const(set_to_none))

    # --- the end ------------------------------------------------------------------------------------------------------

    def held_by(self, optimizer: int) -> dict[int, None]:
        """The parameters that an optimizer holds."""
        return self._membership.get(optimizer, {})

    def introduce(self, model: nn.Module | None, optimizers: Sequence[Any]) -> None:
        """Objects that were there before the recording began."""
        frame = _frame()
        site = self.sites.here(frame)
        if model is not None:
            self._introduce_states(self._module(model, frame), site)
        for optimizer in optimizers:
            number = self.models.optimizer(optimizer)
            groups = [self._group(group) for group in optimizer.param_groups]
            self._built(number, groups, site, optimizer)
            self._membership[number] = dict.fromkeys(each for group in groups for each in group)

    def _introduce_states(self, root: int, site: Site) -> None:
        """What was frozen, or put in eval mode, before the recording began counts as done where it began."""
        frozen = [each for each in self.models.held_below(root) if not self.models.flags[each]]
        for each in frozen:
            self.models.heap[each].requires_grad = Truth.YES
        if frozen:
            self._add(GradSet, site, selections=self._selected(frozen, self.clock + 1), value=FALSE, how="earlier")
        modes = self.models.modes
        idle = [each for each in self.models.modules_below(root) if not modes[each]]
        parts = [each for each in idle if not any(other in idle for other in self._parents(each))]
        for each in parts if modes[root] else ():
            below = (Selection(of="modules", root=each, scope="all", at=self.clock + 1),)
            self._add(ModeSet, site, selections=below, value=FALSE, how="eval", root=each)

    def _parents(self, number: int) -> list[int]:
        return [edge.parent for edge in self.models.heap[number].parents]

    def optimizers(self) -> list[int]:
        """The numbers of all optimizers."""
        return [*self._membership]

    def timeline(self, entry: str) -> Timeline:
        """All that was recorded so far, for the rules to read. More may follow where the run goes on."""
        self._finish_write()
        heap = self.models.heap
        events = [*self.events, *self._followers()]
        for item in heap:
            if item.parents:
                item.label = self.models.name(item.id)
        ordered = sorted(events, key=lambda event: event.time)
        return Timeline(entry, heap, ordered, open_end=False)

    def _followers(self) -> list[WeightsWritten]:
        """Frozen parameters that moved though no optimizer moved them: the program writes them itself."""
        written = self.measures.written()
        if not written or not self.measures.steps:
            return []
        time = self.tick()
        return [WeightsWritten(time=time, span=UNKNOWN, selections=self._all(written, time), how="observed")]

    def _subject(self, frame: FrameType | None) -> str:
        """What the user calls the object whose flag is written."""
        return receiver_of(self.sites.text(frame)) if frame is not None else ""


def _frame() -> FrameType:
    import sys

    return sys._getframe(2)
