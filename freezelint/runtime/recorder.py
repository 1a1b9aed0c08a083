"""Records what a run does to flags, modes and optimizers, as a timeline of the same kind as the analysis writes.

The probes call it and its parts; they name objects, find the place in the user's code, and write events. What they are
told is checked against the real objects before each forward and step, so that flags and modes set by ways that have no
probe are recorded as well, at the place where they were noticed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from freezelint.core.events import (
    Backward,
    Event,
    Forward,
    GradSet,
    ModeSet,
    Selection,
    TensorBackward,
    WeightsWritten,
)
from freezelint.core.symbols import FALSE
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.runtime.cuts import Cuts
from freezelint.runtime.flags import Flags, held
from freezelint.runtime.log import Log
from freezelint.runtime.measures import Measures
from freezelint.runtime.memberships import Memberships
from freezelint.runtime.models import Models, compiled
from freezelint.runtime.modes import Modes
from freezelint.runtime.sites import UNKNOWN, Site, Sites, receiver_of
from freezelint.runtime.structure import Structure

if TYPE_CHECKING:
    from types import FrameType

    from torch import nn


class Recorder:
    """The log of one run, what was measured beside it, and the parts that write it."""

    def __init__(self, sites: Sites) -> None:
        self.log = Log(sites)
        self.models = Models()
        self.measures = Measures(self.models)
        self.structure = Structure(self.log, self.models)
        self.flags = Flags(self.log, self.models, self.measures, self.structure)
        self.modes = Modes(self.log, self.models, self.structure)
        self.memberships = Memberships(self.log, self.models, self.measures, self.flags, self.structure)
        self.cuts = Cuts(self.log, self.models, self.measures)
        self.whole = True
        """Whether the program was not cut short: what never happened in a whole run does not happen later on."""
        self._forwards: list[tuple[int, int]] = []

    @property
    def events(self) -> list[Event]:
        """The events as they were written down."""
        return self.log.events

    @property
    def changes(self) -> int:
        """How many flags, modes or memberships were really changed so far."""
        return self.log.changes

    def tick(self) -> int:
        """The next moment."""
        return self.log.tick()

    def adopt(self, module: nn.Module, frame: FrameType | None) -> int:
        """The number of a module that a finding is about."""
        return self.structure.module(module, frame)

    def held_by(self, optimizer: int) -> dict[int, None]:
        """The parameters that an optimizer holds."""
        return self.memberships.of(optimizer)

    def optimizers(self) -> list[int]:
        """The numbers of all optimizers."""
        return self.memberships.optimizers()

    # --- forwards and backwards ---------------------------------------------------------------------------------------

    def forward(self, module: nn.Module, grad: bool) -> None:
        """A module is about to run forward, called from outside of any other module."""
        frame = sys._getframe(1)
        number = self.structure.module(module, frame)
        site = self.log.sites.here(frame)
        self.modes.settle(module)
        self.flags.settle(self.models.held_below(number), site)
        self.measures.forward(number)
        if not grad:
            self.cuts.without_gradients(module)
        index = None
        if self.log.worth("forward", site.span, number, grad):
            text = receiver_of(self.log.sites.written(frame) + ".")
            index = self.log.add(Forward, site, text, module=number, grad=Truth.of(grad))
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
            self.log.amend(index, skips=tuple(idle))

    def backward(self, tensor: Any) -> None:
        """`.backward()` of a tensor."""
        site = self.log.sites.here(sys._getframe(1))
        loss = self.flags.loss(tensor)
        if loss is not None:
            self.log.add(TensorBackward, site, tensor=loss)
        if self.log.worth("backward", site.span):
            self.log.add(Backward, site, grad=Truth.YES)

    def raised(self, where: str, error: BaseException) -> None:
        """A "forward" or "backward" raised."""
        time = self.tick()
        self.measures.raised.append((time, where, type(error).__name__))
        if where == "backward" and "does not require grad" in str(error):
            self.measures.failed = (time, str(error))

    # --- the beginning and the end ------------------------------------------------------------------------------------

    def introduce(self, model: nn.Module | None, optimizers: Sequence[Any]) -> None:
        """Objects that were there before the recording began."""
        frame = sys._getframe(1)
        site = self.log.sites.here(frame)
        if model is not None:
            self._introduce_states(self.structure.module(model, frame), site)
        for optimizer in optimizers:
            self.memberships.introduce(optimizer, site)

    def _introduce_states(self, root: int, site: Site) -> None:
        """What was frozen, or put in eval mode, before the recording began counts as done where it began."""
        frozen = [each for each in self.models.held_below(root) if not self.models.flags[each]]
        for each in frozen:
            self.models.heap[each].requires_grad = Truth.YES
        if frozen:
            selections = self.flags.selected(frozen, self.log.clock + 1)
            self.log.add(GradSet, site, selections=selections, value=FALSE, how="earlier")
        modes = self.models.modes
        idle = [each for each in self.models.modules_below(root) if not modes[each]]
        parts = [each for each in idle if not any(other in idle for other in self._parents(each))]
        for each in parts if modes[root] else ():
            below = (Selection(of="modules", root=each, scope="all", at=self.log.clock + 1),)
            self.log.add(ModeSet, site, selections=below, value=FALSE, how="eval", root=each)

    def _parents(self, number: int) -> list[int]:
        return [edge.parent for edge in self.models.heap[number].parents]

    def timeline(self, entry: str) -> Timeline:
        """All that was recorded so far, for the rules to read. More may follow where the run goes on."""
        self.flags.finish()
        heap = self.models.heap
        events = [*(self.cuts.told(self.events) if self.whole else self.events), *self._followers()]
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
        return [WeightsWritten(time=time, span=UNKNOWN, selections=held(written, time), how="observed")]
