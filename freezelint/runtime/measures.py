"""What is measured beside the log: movements, statistics, modes, gradients, by the numbers of the recorder's heap."""

from __future__ import annotations

from typing import Any

import msgspec

from freezelint.core.objects import Kind
from freezelint.runtime.models import Models
from freezelint.runtime.twice import Twice
from freezelint.runtime.values import Drift, Fingerprint, Moves, Runs, distance, fingerprint
from freezelint.runtime.zeros import AtZeroGradient, SinceRateZero

_LOOKS = (1, 2, 4, 8, 16, 32, 64, 128)
"""The steps after which all values are looked at, and every so many after the last of them."""
_RESTARTS = 4
"""How often a changed flag begins that anew: what is switched at every step is not worth it."""


class Step(msgspec.Struct, frozen=True):
    """One optimizer step: how many of what it held required a gradient, had one, and were frozen with one left."""

    time: int
    optimizer: int
    held: int
    trainable: int
    with_grad: int


class Measures:
    """All measurements of a run."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self.moves: dict[int, Moves] = {}
        self.drifts: dict[int, Drift] = {}
        self.runs: dict[int, Runs] = {}
        self.live: set[int] = set()
        """The modules that ran with gradients at least once."""
        self.graph_runs: dict[int, Runs] = {}
        """Forwards with gradients recorded that were the last of their root before a step."""
        self.steps: list[Step] = []
        self.pushed: dict[int, float] = {}
        """By how much a step moved a parameter that was frozen."""
        self.twice = Twice(models)
        self.zero_gradients = AtZeroGradient(models)
        self.zero_rates = SinceRateZero(models)
        self.failed: tuple[int, str] | None = None
        """When a backward failed since nothing required a gradient, and what torch said."""
        self.raised: list[tuple[int, str, str]] = []
        """What forwards and backwards raised: when, in which of them, and the name of the exception."""
        self._turned_at = self._restarts = 0
        self._suspects: dict[int, Fingerprint | None] = {}
        self._cycle: dict[int, tuple[int, bool]] = {}

    # --- forwards -----------------------------------------------------------------------------------------------------

    def forward(self, root: int) -> None:
        """A module tree is about to run: where its statistics stand, and which of its layers to run twice."""
        for number in self._models.norms_below(root):
            guards = self._models.guards(number)
            frozen = self._frozen(guards) or self.zero_rates.hold(guards)
            layer = self._models.live(number)
            if layer is not None:
                self.drifts.setdefault(number, Drift()).forward(layer, frozen=frozen, steps=len(self.steps))
        self.twice.look(
            number for number in self._models.random_below(root)
            if self._models.modes.get(number) and self._frozen(self._models.guards(number))
        )  # fmt: skip

    def _frozen(self, parameters: list[int]) -> bool:
        flags = self._models.flags
        return not any(flags.get(each) for each in parameters)

    def ran(self, number: int, time: int, *, training: bool, grad: bool) -> None:
        """A module ran."""
        self.runs.setdefault(number, Runs()).add(time, training=training)
        if grad:
            self.live.add(number)
            self._cycle[number] = (time, training)

    # --- flags and steps ----------------------------------------------------------------------------------------------

    def turned(self, number: int, flag: bool) -> None:
        """A parameter's flag changed."""
        moves = self.moves.get(number)
        parameter = self._models.live(number)
        if self._restarts < _RESTARTS and self._turned_at != len(self.steps):
            self._restarts += 1
            self._turned_at = len(self.steps)
        if moves is not None and parameter is not None:
            moves.turned(parameter, flag)

    def step_begins(self, optimizer: Any, held: dict[int, None]) -> None:
        """Just before a step. What is frozen and can move all the same is looked at closely."""
        everything = type(optimizer).__name__ == "LBFGS"  # its flat history moves whatever it holds
        self._suspects.clear()
        for number, parameter in self._models.known(Kind.PARAMETER):
            if number not in self.moves:
                self.moves[number] = Moves(parameter, flag=bool(parameter.requires_grad))
            if number in held and not parameter.requires_grad and (everything or parameter.grad is not None):
                self._suspects[number] = fingerprint(parameter)
        self.zero_rates.look(optimizer)
        self.zero_gradients.step_begins(held)

    def step_ends(self, optimizer: Any, number: int, held: dict[int, None], time: int) -> None:
        """Just after a step. Only now all gradients are there: a closure may compute them within the step."""
        trainable = with_grad = 0
        for each, parameter in self._models.known(Kind.PARAMETER):
            moves = self.moves.get(each)
            if moves is None:
                moves = self.moves[each] = Moves(parameter, flag=bool(parameter.requires_grad))
            open_ = parameter.requires_grad
            moves.open_steps += open_
            moves.frozen_steps += not open_
            has = parameter.grad is not None
            moves.grad_steps += has
            if not open_:
                moves.frozen_at = time
            elif has:
                moves.trained_at = time
            if each in held:
                moves.held += 1
                trainable += open_
                with_grad += has and open_
        for each, before in self._suspects.items():
            amount = distance(before, fingerprint(self._models.live(each)))
            if amount:
                self.pushed[each] = max(self.pushed.get(each, 0.0), amount)
        self._suspects.clear()
        self.zero_gradients.step_ends()
        for each, (moment, training) in self._cycle.items():
            self.graph_runs.setdefault(each, Runs()).add(moment, training=training)
        self._cycle.clear()
        self.steps.append(Step(time, number, len(held), trainable, with_grad))
        since = len(self.steps) - self._turned_at
        if since in _LOOKS or since % _LOOKS[-1] == 0:
            self.look()

    def look(self) -> None:
        """Measure everything as it is now: what has gone by the end of the run cannot be measured then."""
        for number, moves in self.moves.items():
            moves.so_far(self._models.live(number), flag=moves.flag)
        for number in self.drifts:
            self.drift(number)
        self.zero_rates.measure()

    # --- questions ----------------------------------------------------------------------------------------------------

    def steps_after(self, time: int) -> int:
        """How many optimizer steps followed a moment."""
        return sum(step.time > time for step in self.steps)

    def moved(self, number: int, *, frozen: bool) -> float | None:
        """By how much a parameter moved while it was frozen (or was not); None where it is not known."""
        moves = self.moves.get(number)
        return None if moves is None else moves.so_far(self._models.live(number), flag=not frozen)

    def written(self) -> list[int]:
        """The parameters that moved while they were frozen, by other means than an optimizer."""
        return [each for each, moves in self.moves.items() if moves.moved.get(False) and each not in self.pushed]

    def drift(self, number: int) -> dict[str, float]:
        """By how much each buffer of a layer moved while it was frozen."""
        found = self.drifts.get(number)
        return {} if found is None else found.close(self._models.live(number))
