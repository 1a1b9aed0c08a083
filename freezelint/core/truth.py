"""Three-valued truth: what is known to hold, known not to hold, or not known."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """YES and NO are knowledge; MAYBE is its absence, and is never certain."""

    NO = 0
    MAYBE = 1
    YES = 2

    @staticmethod
    def of(value: bool) -> Truth:
        """The truth of a plain boolean."""
        return Truth.YES if value else Truth.NO

    def __and__(self, other: Truth) -> Truth:
        return self if self.value <= other.value else other

    def __or__(self, other: Truth) -> Truth:
        return self if self.value >= other.value else other

    def __invert__(self) -> Truth:
        return Truth(2 - self.value)

    def join(self, other: Truth) -> Truth:
        """What is known where either of two worlds may be the real one."""
        return self if self is other else Truth.MAYBE

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with Truth.YES, Truth.NO or Truth.MAYBE")


YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.MAYBE


def every(truths: Iterable[Truth]) -> Truth:
    """YES where all are YES (also of none), NO where one is NO."""
    result = Truth.YES
    for truth in truths:
        result = result & truth
        if result is Truth.NO:
            break
    return result


def some(truths: Iterable[Truth]) -> Truth:
    """NO where all are NO (also of none), YES where one is YES."""
    result = Truth.NO
    for truth in truths:
        result = result | truth
        if result is Truth.YES:
            break
    return result
