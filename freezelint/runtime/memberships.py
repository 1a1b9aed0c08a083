"""What the optimizers of a run hold and do: how they are built, what is added to them, when they step."""

from __future__ import annotations

import sys
from typing import Any

from freezelint.core.events import (
    OptimizerBuilt,
    OptimizerTraits,
    Options,
    ParameterGroupAdded,
    Selection,
    Selections,
    Stepped,
    ZeroGrad,
)
from freezelint.core.symbols import TRUE, Const, Literal
from freezelint.libraries.optimizers import optimizer_fact
from freezelint.runtime.flags import Flags, held
from freezelint.runtime.log import Log
from freezelint.runtime.measures import Measures
from freezelint.runtime.models import Models
from freezelint.runtime.sites import Site
from freezelint.runtime.structure import Structure

_PICKED = (Literal(TRUE, True),)
"""What is known of a test that picked parameters: that they passed it."""


class Memberships:
    """Follows optimizers and what they hold."""

    def __init__(self, log: Log, models: Models, measures: Measures, flags: Flags, structure: Structure) -> None:
        self._log = log
        self._models = models
        self._measures = measures
        self._flags = flags
        self._structure = structure
        self._held: dict[int, dict[int, None]] = {}
        self._building: dict[int, int] = {}

    def of(self, optimizer: int) -> dict[int, None]:
        """The parameters that an optimizer holds."""
        return self._held.get(optimizer, {})

    def optimizers(self) -> list[int]:
        """The numbers of all optimizers."""
        return [*self._held]

    def introduce(self, optimizer: Any, site: Site) -> None:
        """An optimizer that was there before the recording began."""
        number = self._models.optimizer(optimizer)
        groups = self._groups(optimizer)
        self._built(number, groups, optimizer.param_groups, site, optimizer)
        self._held[number] = dict.fromkeys(each for group in groups for each in group)

    def group_added(self, optimizer: Any, *, building: bool) -> None:
        """`add_param_group` ran, within the construction of the optimizer or later."""
        site = self._log.sites.here(sys._getframe(1))
        number = self._models.optimizer(optimizer)
        new = optimizer.param_groups[-1]
        group = self._group(new)
        index = self._building.get(number)
        if building and index is not None:
            built = self._log.events[index]
            assert isinstance(built, OptimizerBuilt)
            groups, options = (*built.groups, self._whole(group, built.time)), (*built.options, _options(new))
            self._log.amend(index, groups=groups, options=options)
        elif building:
            made = self._built(number, [group], [new], site, optimizer)
            if made is not None:
                self._building[number] = made
        else:
            self._added(number, group, _options(new), site)
        self._held.setdefault(number, {}).update(dict.fromkeys(group))
        self._measures.zero_rates.look(optimizer)
        self._log.changed(len(group))

    def _added(self, number: int, group: list[int], options: Options, site: Site) -> None:
        selections: Selections = self._whole(group, self._log.clock + 1)
        self._log.add(ParameterGroupAdded, site, optimizer=number, groups=(selections,), options=(options,))

    def _built(
        self, number: int, groups: list[list[int]], real: list[dict[str, Any]], site: Site, optimizer: Any
    ) -> int | None:
        kind = type(optimizer)
        fact = optimizer_fact(f"torch.optim.{kind.__name__}") if kind.__module__.startswith("torch.optim") else None
        return self._log.add(
            OptimizerBuilt, site, optimizer=number, framework=not site.direct, cls=kind.__name__,
            groups=tuple(self._whole(group, self._log.clock + 1) for group in groups),
            options=tuple(_options(each) for each in real), traits=OptimizerTraits() if fact is None else fact.traits,
        )  # fmt: skip

    def _whole(self, group: list[int], time: int) -> Selections:
        """A group as selections: the modules whose parameters were asked for, as far as all of them are in it. Others
        were picked by some test from the last module that holds more."""
        left = dict.fromkeys(group)
        found: Selections = ()
        for number in dict.fromkeys(reversed(self._structure.asked_lately)):
            below = self._models.held_below(number)
            if below and left.keys() >= set(below) and self._models.whole_at(number, time):
                found += held([number], time)
                for each in below:
                    del left[each]
            elif not left.keys().isdisjoint(below):
                break
        return found + tuple(
            Selection(of="parameters", root=each, scope="all", at=time, tests=_PICKED) for each in left
        )

    def _groups(self, optimizer: Any) -> list[list[int]]:
        return [self._group(group) for group in optimizer.param_groups]

    def _group(self, group: dict[str, Any]) -> list[int]:
        return [self._models.parameter(each) for each in group["params"]]

    # --- steps --------------------------------------------------------------------------------------------------------

    def step_begins(self, optimizer: Any) -> None:
        """An optimizer is about to step."""
        number = self._models.optimizer(optimizer)
        site = self._log.sites.here(sys._getframe(1))
        groups = self._groups(optimizer)
        known = self._held.get(number)
        now = dict.fromkeys(parameter for group in groups for parameter in group)
        if known is None:
            self._built(number, groups, optimizer.param_groups, site, optimizer)
        elif now.keys() - known.keys():
            new = [each for each in now if each not in known]
            self._log.changed(len(new))
            self._added(number, new, Options(complete=False), site)
        self._held[number] = now
        self._flags.settle(list(now), site)
        self._measures.step_begins(optimizer, now)

    def step_ends(self, optimizer: Any) -> None:
        """An optimizer has stepped."""
        number = self._models.optimizer(optimizer)
        site = self._log.sites.here(sys._getframe(1))
        if self._log.worth("step", site.span, number):
            self._log.add(Stepped, site, optimizer=number, framework=not site.direct)
        self._measures.step_ends(optimizer, number, self._held.get(number, {}), self._log.tick())

    def zero_grad(self, target: Any, set_to_none: bool) -> None:
        """`zero_grad` of an optimizer or module."""
        site = self._log.sites.here(sys._getframe(1))
        number = self._models.number(target)
        if number is not None and self._log.worth("zero", site.span, number):
            self._log.add(ZeroGrad, site, target=number, set_to_none=Const(set_to_none))


def _options(group: dict[str, Any]) -> Options:
    """The options of a parameter group that are numbers or flags."""
    values = {name: value for name, value in group.items() if isinstance(value, (bool, int, float))}
    return Options(tuple((name, Const(value)) for name, value in values.items()))
