"""What is known of where the program runs: the releases of torch that it may meet, and what a run of it went over."""

from __future__ import annotations

import msgspec

from .spans import Span

_ZERO_GRAD_CLEARS = (2,)


class GoneOver(msgspec.Struct, frozen=True):
    """Names that a run of the program went over: of "parameters" or "modules", and where it asked for them."""

    span: Span
    of: str
    names: tuple[str, ...]


class Environment(msgspec.Struct, frozen=True):
    """The libraries that a program runs with, as far as its project says.

    torch_below: no torch of this release or a later one is used; None where there is no such bound.
    gone_over: where it was run, the names that it went over then.
    """

    torch_below: tuple[int, ...] | None = None
    gone_over: tuple[GoneOver, ...] = ()

    @property
    def zero_grad_clears(self) -> bool:
        """Whether `zero_grad()` sets gradients to None where it is not told: the default since torch 2.0."""
        below = self.torch_below
        while below and below[-1] == 0:
            below = below[:-1]  # 2.0.0 is 2
        return below is None or below > _ZERO_GRAD_CLEARS
