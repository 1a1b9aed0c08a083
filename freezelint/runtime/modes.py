"""Modes in a run: `train()` and `eval()`, flags set by hand, and what libraries do behind both."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from freezelint.core.events import ModeSet, Selection
from freezelint.core.symbols import FALSE, TRUE
from freezelint.runtime.log import Log
from freezelint.runtime.models import Models, mode_of
from freezelint.runtime.sites import Site, receiver_of
from freezelint.runtime.structure import Structure

if TYPE_CHECKING:
    from torch import nn


class Modes:
    """Follows `training` of modules."""

    def __init__(self, log: Log, models: Models, structure: Structure) -> None:
        self._log = log
        self._models = models
        self._structure = structure
        self._by_hand: dict[Site, list[int]] = {}

    def called(self, module: nn.Module, mode: bool) -> None:
        """`train(mode)` is about to run, called by something else than a parent's `train`."""
        frame = sys._getframe(1)
        log, modes = self._log, self._models.modes
        number = self._structure.module(module, frame)
        below = self._models.modules_below(number)
        changed = [each for each in below if modes.get(each) != mode]
        log.changed(len(changed))
        site = log.sites.here(frame)
        if changed or log.worth("mode", site, number, mode):
            log.add(
                ModeSet, site, f"{receiver_of(log.sites.written(frame))}.{'train' if mode else 'eval'}",
                selections=(Selection(of="modules", root=number, scope="all", at=log.clock + 1),),
                value=TRUE if mode else FALSE, how="train" if mode else "eval", root=number, framework=not site.direct,
            )  # fmt: skip
        for each in below:
            modes[each] = mode

    def written(self, module: nn.Module, mode: bool) -> None:
        """`module.training = mode`, by hand."""
        number = self._models.number(module)
        if number is not None:
            site = self._log.sites.here(sys._getframe(1))
            index = self._are([number], mode, site, "flag")
            if index is not None:
                self._one_of_many(index, site)

    def _one_of_many(self, index: int, site: Site) -> None:
        """A statement that sets the flags of one module after the other is about none of them as a whole."""
        events = self._log.events
        others = self._by_hand.setdefault(site, [])
        others.append(index)
        if len({event.root for each in others if isinstance(event := events[each], ModeSet)}) > 1:
            for each in others:
                self._log.amend(each, root=None)

    def _are(self, numbers: list[int], mode: bool, site: Site, how: str) -> int | None:
        for each in numbers:
            self._models.modes[each] = mode
        self._log.changed(len(numbers))
        time = self._log.clock + 1
        return self._log.add(
            ModeSet, site, selections=tuple(Selection(of="modules", root=n, scope="self", at=time) for n in numbers),
            value=TRUE if mode else FALSE, how=how, root=numbers[0] if len(numbers) == 1 else None,
            framework=not site.direct,
        )  # fmt: skip

    def settle(self, module: nn.Module) -> None:
        """Compare the modes below a module with what is known of them."""
        wrong: dict[bool, list[int]] = {}
        for each in module.modules():
            number = self._models.number(each)
            mode = mode_of(each)
            if number is not None and self._models.modes.get(number) != mode:
                wrong.setdefault(mode, []).append(number)
        for mode, numbers in wrong.items():
            self._are(numbers, mode, self._log.sites.here(sys._getframe(1)), "library")
