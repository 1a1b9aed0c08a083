"""What is known of where the program runs: the releases of torch that it may meet."""

from __future__ import annotations

import msgspec

_ZERO_GRAD_CLEARS = (2,)


class Environment(msgspec.Struct, frozen=True):
    """The libraries that a program runs with, as far as its project says.

    torch_below: no torch of this release or a later one is used; None where there is no such bound.
    """

    torch_below: tuple[int, ...] | None = None

    @property
    def zero_grad_clears(self) -> bool:
        """Whether `zero_grad()` sets gradients to None where it is not told: the default since torch 2.0."""
        below = self.torch_below
        while below and below[-1] == 0:
            below = below[:-1]  # 2.0.0 is 2
        return below is None or below > _ZERO_GRAD_CLEARS
