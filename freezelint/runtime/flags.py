"""Writes of `requires_grad` in a run: those of one statement become one event, about a whole module where it is one."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Any

from freezelint.core.events import GradSet, LossForced, Selection, Selections
from freezelint.core.objects import Kind
from freezelint.core.symbols import FALSE, TRUE
from freezelint.core.truth import Truth
from freezelint.runtime.log import Log
from freezelint.runtime.measures import Measures
from freezelint.runtime.models import Models
from freezelint.runtime.naming import leads_to
from freezelint.runtime.sites import Site, receiver_of
from freezelint.runtime.structure import Structure


class _Write:
    """Flags that are being written at one place: one event, however many parameters it concerns."""

    def __init__(self, time: int, site: Site, value: bool, how: str, text: str) -> None:
        self.time = time
        self.site = site
        self.value = value
        self.how = how
        self.text = text
        self.parameters: dict[int, None] = {}
        self.asked: dict[int, None] = {}
        """The modules whose parameters were asked for before, in order: each time the last one."""


class Flags:
    """Follows the flags of parameters, and of tensors that are a loss."""

    def __init__(self, log: Log, models: Models, measures: Measures, structure: Structure) -> None:
        self._log = log
        self._models = models
        self._measures = measures
        self._structure = structure
        self._write: _Write | None = None
        self._delivered: set[int] = set()
        self._losses: dict[int, tuple[int, weakref.ref[Any]]] = {}
        log.before_adding = self.finish

    def written(self, parameter: Any, old: bool, value: bool, how: str) -> None:
        """`requires_grad` of a parameter was written."""
        frame = sys._getframe(1)
        site = self._log.sites.here(frame)
        number = self._models.parameter(parameter, old)
        if not site.direct and not value and self._models.flags.get(number) is False:
            return  # a library makes sure of a freeze: it stays that of whoever asked for it
        if not site.direct and self._is_being_made(parameter, number, frame, site):
            # It is born with the flag that the library gives it, such as that of what it takes the place of.
            self._models.heap[number].requires_grad = Truth.of(value)
            self._models.flags[number] = value
            return
        self._note(number, value, site, how if site.direct else "library", self._subject(frame))

    def _is_being_made(self, parameter: Any, number: int, frame: FrameType, site: Site) -> bool:
        """Whether a library is making a parameter: no name of the user's leads to it yet, or it came into a module
        within this very call."""
        if self._structure.made.get(number) == site:
            return True
        if number not in self._delivered and leads_to(parameter, self._log.sites.frames(frame)):
            self._delivered.add(number)
        return number not in self._delivered

    def settle(self, numbers: list[int], site: Site) -> None:
        """Compare flags with what is known of them: some change by ways that have no probe."""
        for number in numbers:
            parameter = self._models.live(number)
            if parameter is not None and bool(parameter.requires_grad) != self._models.flags.get(number):
                self._note(number, bool(parameter.requires_grad), site, "library", "")

    def _note(self, number: int, value: bool, site: Site, how: str, text: str) -> None:
        write = self._write
        if write is None or write.site != site or write.value != value or number in write.parameters:
            self.finish()
            write = self._write = _Write(self._log.tick(), site, value, how, text)
        write.parameters[number] = None
        if self._structure.asked is not None:
            write.asked.pop(self._structure.asked, None)
            write.asked[self._structure.asked] = None
        if self._models.flags.get(number) != value:
            self._models.flags[number] = value
            self._measures.turned(number, value)
            self._log.changed()

    def finish(self) -> None:
        """The write that is being gathered is over: it becomes an event."""
        write, self._write = self._write, None
        if write is None or self._log.full():
            return
        self._log.place(
            GradSet(
                time=write.time, span=write.site.span, stack=write.site.stack, function=write.site.function,
                text=write.text, selections=self.selected(list(write.parameters), write.time, list(write.asked)),
                value=TRUE if write.value else FALSE, how=write.how,
            )
        )  # fmt: skip

    def selected(self, parameters: list[int], time: int, asked: Sequence[int] = ()) -> Selections:
        """Parameters as selections: a whole module where they are just what lies below it. Of several modules that
        hold the same, it is the one whose parameters were `asked` for last, else the largest."""
        left = dict.fromkeys(parameters)
        chosen: list[int] = []
        while left:
            first = next(iter(left))
            whole = [
                root for root in self._holders(first)
                if left.keys() >= set(self._models.held_below(root)) and self._models.whole_at(root, time)
            ]  # fmt: skip
            root = next((each for each in reversed(asked) if each in whole), (whole or [first])[0])
            chosen.append(root)
            for each in self._models.held_below(root):
                left.pop(each, None)
        return held(chosen, time)

    def _holders(self, parameter: int) -> list[int]:
        """The modules above a parameter, the largest first."""
        found: list[int] = []
        level = [parameter]
        while level and len(found) < 50:
            level = list(self._above(level, found))
            found.extend(dict.fromkeys(level))
        return found[::-1]

    def _above(self, level: list[int], found: list[int]) -> Iterator[int]:
        for number in level:
            for edge in self._models.heap[number].parents:
                if not edge.ends and edge.parent not in found:
                    yield edge.parent

    # --- tensors that are no parameters -----------------------------------------------------------------------------

    def forced(self, tensor: Any, value: bool, how: str) -> None:
        """`requires_grad` of a tensor that is no parameter was written."""
        if not value or tensor.numel() != 1:
            return
        frame = sys._getframe(1)
        connected = Truth.NO if tensor.grad_fn is None else Truth.MAYBE
        made = self._models.heap.new(Kind.TENSOR, "loss", None, 0)
        self._losses[id(tensor)] = (made.id, weakref.ref(tensor))
        site = self._log.sites.here(frame)
        self._log.add(LossForced, site, self._subject(frame), tensor=made.id, how=how, connected=connected)

    def loss(self, tensor: Any) -> int | None:
        """The number of a tensor whose flag was forced."""
        known = self._losses.get(id(tensor))
        return known[0] if known is not None and known[1]() is tensor else None

    def _subject(self, frame: FrameType) -> str:
        """What the user calls the object whose flag is written."""
        return receiver_of(self._log.sites.written(frame))


def held(numbers: list[int], time: int) -> Selections:
    """All parameters at and below objects, each as a selection."""
    return tuple(Selection(of="parameters", root=each, scope="all", at=time) for each in numbers)
