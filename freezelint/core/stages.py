"""Where the time of a run goes: seconds by stage, each moment counted once, and counts of what was done."""

from __future__ import annotations

import time
from types import TracebackType


class Stages:
    """A clock that knows which stage the work is in. A stage within another one stops the clock of the outer."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.counts: dict[str, int] = {}
        self._within: list[str] = []
        self._since = time.perf_counter()

    def __call__(self, name: str) -> _Stage:
        """A context in which the time is the stage's."""
        return _Stage(self, name)

    def count(self, name: str, number: int = 1) -> None:
        """Something was done so many times more."""
        self.counts[name] = self.counts.get(name, 0) + number

    def add(self, seconds: dict[str, float], counts: dict[str, int]) -> None:
        """Add what another process measured."""
        for name, spent in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
        for name, number in counts.items():
            self.count(name, number)

    def taken(self) -> tuple[dict[str, float], dict[str, int]]:
        """The seconds and counts since the last call, which are forgotten here."""
        self._charge()
        taken = (self.seconds, self.counts)
        self.seconds, self.counts = {}, {}
        return taken

    def enter(self, name: str) -> None:
        """A stage begins; see `__call__`."""
        self._charge()
        self._within.append(name)

    def leave(self) -> None:
        """The innermost stage ends."""
        self._charge()
        self._within.pop()

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._within:
            name = self._within[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


class _Stage:
    """One stay in a stage."""

    def __init__(self, stages: Stages, name: str) -> None:
        self._stages = stages
        self._name = name

    def __enter__(self) -> None:
        self._stages.enter(self._name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stages.leave()
