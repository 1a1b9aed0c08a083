"""Three-valued truth: what is known to hold, known not to hold, or not known."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final


class Truth(Enum):
    """YES and NO are knowledge; MAYBE is its absence, and is never certain."""

    NO = 0
    MAYBE = 1
    YES = 2

    @staticmethod
    def of(value: bool) -> Truth:
        """The truth of a plain boolean."""
        return YES if value else NO

    def __and__(self, other: Truth) -> Truth:
        # By identity with plain globals: this is asked millions of times, and `.value` of an enum is slow.
        if self is other:
            return self
        return NO if self is NO or other is NO else MAYBE

    def __or__(self, other: Truth) -> Truth:
        if self is other:
            return self
        return YES if self is YES or other is YES else MAYBE

    def __invert__(self) -> Truth:
        return MAYBE if self is MAYBE else NO if self is YES else YES

    def join(self, other: Truth) -> Truth:
        """What is known where either of two worlds may be the real one."""
        return self if self is other else Truth.MAYBE

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with Truth.YES, Truth.NO or Truth.MAYBE")


YES: Final = Truth.YES
NO: Final = Truth.NO
MAYBE: Final = Truth.MAYBE


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
