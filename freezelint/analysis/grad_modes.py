"""The grad mode: whether operations are recorded, under which condition, and what turned that off."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from freezelint.core.spans import Span
from freezelint.core.symbols import Path, relation
from freezelint.core.truth import Truth


class GradMode(msgspec.Struct, frozen=True):
    """Whether gradients are recorded; `span` and `how` tell what set it so, where the program did."""

    enabled: Truth
    span: Span | None = None
    how: str = ""


GradLog: TypeAlias = tuple[tuple[Path, GradMode], ...]
"""Guarded writes of the mode, oldest first. It is never changed in place, so leaving a context is to take the old one
back."""

RECORDING: GradLog = (((), GradMode(Truth.YES)),)
_MOST = 16


def mode_at(log: GradLog, path: Path) -> GradMode:
    """The mode where `path` holds: MAYBE where that is open."""
    found: list[GradMode] = []
    for condition, mode in reversed(log):
        holds = relation(condition, path)
        if holds is Truth.NO:
            continue
        found.append(mode)
        if holds is Truth.YES:
            break
    first = found[0] if found else GradMode(Truth.MAYBE)
    return first if all(mode.enabled is first.enabled for mode in found) else GradMode(Truth.MAYBE)


def set_mode(log: GradLog, mode: GradMode, path: Path) -> GradLog:
    """The log with the mode set where `path` holds."""
    kept = tuple(entry for entry in log if entry[0] != path) if path else ()
    if len(kept) >= _MOST:
        kept = (((), GradMode(Truth.MAYBE)), *kept[-_MOST // 2 :])
    return (*kept, (path, mode))
