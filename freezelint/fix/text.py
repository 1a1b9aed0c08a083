"""Applies changes and edits to text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .tree import Change


def applied(text: str, changes: Sequence[Change]) -> str:
    """The text with all the changes made; they are in order and do not overlap."""
    for change in reversed(changes):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def overlap(changes: Sequence[Change]) -> bool:
    """Whether two of the changes, in order, concern the same characters, or two insertions one place."""
    pairs = pairwise(changes)
    return any(left.end > right.start or left.start == right.start == right.end for left, right in pairs)
