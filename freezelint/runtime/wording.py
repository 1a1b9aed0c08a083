"""Words and numbers of verdicts."""

from __future__ import annotations

from collections.abc import Sequence


def plural(number: int, noun: str, several: str | None = None) -> str:
    """`1 step`, `3 steps`."""
    return f"{number} {noun if number == 1 else several or noun + 's'}"


def amount(value: float) -> str:
    """A measured change, to three digits."""
    return "a little" if 0 < value < 1e-300 else f"{value:.3g}"


def few(names: Sequence[str]) -> str:
    """`fc.weight`, `fc.bias` and 3 more."""
    shown = ", ".join(f"`{name}`" for name in names[:2])
    return shown if len(names) <= 2 else f"{shown} and {len(names) - 2} more"
