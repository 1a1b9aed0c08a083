"""What the models of a run are made of, over time: modules get to be known, their children are replaced or wrapped."""

from __future__ import annotations

import sys
from collections import deque
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

from freezelint.core.environment import GoneOver
from freezelint.core.events import AttributeSet, ModuleReplaced, Wrapped
from freezelint.core.symbols import Const
from freezelint.core.truth import Truth
from freezelint.runtime.log import Log
from freezelint.runtime.models import Models
from freezelint.runtime.naming import label_of
from freezelint.runtime.sites import Site

if TYPE_CHECKING:
    from torch import nn

_NAMES = 3
"""How often the names that are gone over at one place are noted."""
_LOOKS = 20
"""How often a module is gone over anew since its parameters are asked for: some do so at every step."""


class Structure:
    """Makes modules known, and writes down what changes in their trees."""

    def __init__(self, log: Log, models: Models) -> None:
        self._log = log
        self._models = models
        self._named_in_passing: set[int] = set()
        self.gone_over: dict[GoneOver, None] = {}
        """The names that the user's code went over."""
        self._noted: dict[tuple[CodeType, int], int] = {}
        self._looks: dict[int, int] = {}
        self.made: dict[int, Site] = {}
        """The parameters that a library put into modules, each with the place of the user's call."""
        self.asked: int | None = None
        """The module whose parameters were asked for last."""
        self.asked_lately: deque[int] = deque(maxlen=64)
        """The last of those, in order."""

    def module(self, module: nn.Module, frame: FrameType | None, *, in_passing: bool = False) -> int:
        """The number of a module; what changed in its tree is written down. `in_passing` where the name by which the
        frames know it may be that of a helper's argument."""
        models, log = self._models, self._log
        known = models.number(module)
        number, replaced = models.module(module, log.tick())
        if (known is None or number in self._named_in_passing) and not models.heap[number].parents:
            label = label_of(module, log.sites.frames(frame))
            if label:
                models.heap[number].label = label
            if in_passing:
                self._named_in_passing.add(number)
            else:
                self._named_in_passing.discard(number)
        if models.attached:
            site = log.sites.here(frame)
            if not site.direct:
                self.made.update((below, site) for each in models.attached for below in models.held_below(each))
        for each in replaced:
            log.changed()
            log.add(
                ModuleReplaced, log.sites.here(frame), models.name(each.new),
                parent=each.parent, name=each.name, old=each.old, new=each.new,
            )  # fmt: skip
        return number

    def asked_for_parameters(self, module: nn.Module) -> None:
        """Somebody goes over the parameters of a module: now is the time to see what holds what, before flags are
        written and layers exchanged."""
        number = self._models.number(module)
        if number is None or self._looks.get(number, 0) < _LOOKS:
            number = self.module(module, sys._getframe(1), in_passing=True)
            self._looks[number] = self._looks.get(number, 0) + 1
        self.asked = number
        self.asked_lately.append(number)

    def asked_for_modules(self, module: nn.Module) -> None:
        """Somebody goes over a module and all below it."""
        if self._models.number(module) is None:
            self.module(module, sys._getframe(1), in_passing=True)

    def wants_names(self, frame: FrameType) -> bool:
        """Whether the names of what is asked for at a frame are worth noting: the user's own code goes over them."""
        nearest = self._log.sites.nearest(frame)
        if nearest is None:
            return False
        place = nearest.f_code, nearest.f_lasti
        self._noted[place] = self._noted.get(place, 0) + 1
        return self._noted[place] <= _NAMES

    def went_over(self, of: str, names: tuple[str, ...]) -> None:
        """The user's code goes over these names of "parameters" or "modules"."""
        self.gone_over.setdefault(GoneOver(self._log.sites.here(sys._getframe(1)).span, of, names))

    def child_set(self, parent: nn.Module, old: nn.Module) -> bool:
        """A child is about to be replaced: whether that matters, since the parent or what goes is known."""
        known = [parent, *old.parameters()]
        if all(self._models.number(each) is None for each in known):
            return False
        self.module(parent, sys._getframe(1))
        return True

    def child_replaced(self, parent: nn.Module) -> None:
        """A child of a known module was replaced."""
        self.module(parent, sys._getframe(1))

    def wrapped(self, outer: nn.Module, inner: nn.Module, kind: str) -> None:
        """A module was put into DDP, a compiled module, an adapter."""
        frame = sys._getframe(1)
        inside = self.module(inner, frame)
        outside = self.module(outer, frame)
        self._log.add(Wrapped, self._log.sites.here(frame), kind=kind, outer=outside, inner=inside)

    def attribute_set(self, module: nn.Module, name: str, value: Any) -> None:
        """A plain attribute with the name of a flag or method was set on a module."""
        frame = sys._getframe(1)
        sites = self._log.sites
        nearest = sites.nearest(frame)
        if nearest is None or nearest.f_locals.get("self") is module:
            return  # what a library sets, or an option that the class keeps for itself
        number = self.module(module, frame)
        text = sites.written(frame)
        text = text if text.endswith(f".{name}") else f"{self._models.name(number)}.{name}"
        self._log.add(
            AttributeSet, sites.here(frame), text,
            target=number, kind="module", name=name, value=Const(value), shadows=Truth.of(hasattr(type(module), name)),
        )  # fmt: skip
