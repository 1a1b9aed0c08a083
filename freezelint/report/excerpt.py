"""Cuts the line of a span out of its source, with carets below it, to fit a given width."""

from __future__ import annotations

import msgspec

from freezelint.core.spans import Span
from freezelint.report.printable import cells

CUT = "..."


class Excerpt(msgspec.Struct, frozen=True):
    """A source line as shown, and the blanks and carets that go below it."""

    line: int
    text: str
    indent: int
    carets: int


def excerpt(source: str, span: Span, width: int) -> Excerpt | None:
    """The first line of the span within `width` columns; None where the source has no such line."""
    # Not str.splitlines: a form feed or a file separator ends no line of Python.
    lines = source.split("\n")
    if not 1 <= span.line <= len(lines):
        return None
    shown = cells(lines[span.line - 1].rstrip())
    start = min(span.column - 1, len(shown))
    end = min(span.end_column - 1, len(shown)) if span.end_line == span.line else len(shown)
    end = max(start, end)
    first, last = _window([columns for _, columns in shown], start, max(width, 4 * len(CUT)))
    before, after = CUT if first > 0 else "", CUT if last < len(shown) else ""
    text = before + "".join(character for character, _ in shown[first:last]) + after
    indent = len(before) + sum(columns for _, columns in shown[first:start])
    carets = sum(columns for _, columns in shown[start : min(end, last)])
    return Excerpt(line=span.line, text=text, indent=indent, carets=max(1, carets))


def _window(widths: list[int], start: int, width: int) -> tuple[int, int]:
    """From which character to which a line is shown so that it fits and the one at `start` is in sight."""
    if sum(widths) <= width:
        return 0, len(widths)
    room = width - 2 * len(CUT)
    first = start
    # A third of the room for what stands before the span, most of it for the span itself.
    before = 0
    while first > 0 and before + widths[first - 1] <= room // 3:
        first -= 1
        before += widths[first]
    last, used = first, 0
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    # At the end of the line there is room left: fill it from the left.
    while first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, last
