"""What moves although its gradient, or the learning rate of its group, is zero."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from freezelint.runtime.models import Models
from freezelint.runtime.values import Fingerprint, distance, fingerprint

_MOST = 4096
"""How many of a parameter's values are compared."""


class AtZeroGradient:
    """By how much single steps move the values of watched parameters whose gradient is zero. Only what a finding is
    about is watched: to look at all gradients would cost as much as a step."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self.watched: dict[int, None] = {}
        self.moved: dict[int, float] = {}
        """0 where such a step did not move it."""
        self._before: dict[int, tuple[Any, Any]] = {}

    def step_begins(self, held: Iterable[int]) -> None:
        """Just before a step of the optimizer that holds these."""
        self._before.clear()
        if not self.watched:
            return
        for number in held:
            parameter = self._models.live(number) if number in self.watched else None
            gradient = None if parameter is None else parameter.grad
            if parameter is None or gradient is None or gradient.is_sparse:
                continue
            where = (gradient.detach().reshape(-1) == 0).nonzero()[:_MOST, 0]
            if where.numel():
                self._before[number] = where, parameter.detach().reshape(-1)[where].clone()

    def step_ends(self) -> None:
        """Just after it."""
        for number, (where, before) in self._before.items():
            parameter = self._models.live(number)
            if parameter is not None:
                by = float((parameter.detach().reshape(-1)[where] - before).abs().max())
                self.moved[number] = max(self.moved.get(number, 0.0), by)
        self._before.clear()


class SinceRateZero:
    """How far parameters have moved since the learning rate of their group was first seen to be 0."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._start: dict[int, Fingerprint | None] = {}
        self._moved: dict[int, float] = {}

    def look(self, optimizer: Any) -> None:
        """See which groups have a rate of 0."""
        for group in optimizer.param_groups:
            rate = group.get("lr")
            if isinstance(rate, (int, float)) and rate == 0:
                self.add(self._models.parameter(each) for each in group["params"])

    def add(self, numbers: Iterable[int]) -> None:
        """The rate of these is 0 now."""
        for number in numbers:
            if number not in self._start:
                self._start[number] = fingerprint(self._models.live(number))

    def hold(self, numbers: Iterable[int]) -> bool:
        """Whether there are some, and the rate of all of them was 0."""
        known = [number in self._start for number in numbers]
        return bool(known) and all(known)

    def measure(self) -> dict[int, float]:
        """By how much each moved until now, as far as that is known."""
        for number, start in self._start.items():
            parameter = self._models.live(number)
            by = None if parameter is None else distance(start, fingerprint(parameter))
            if by is not None:
                self._moved[number] = max(self._moved.get(number, 0.0), by)
        return self._moved
