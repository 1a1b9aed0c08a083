"""Edits of suppression comments: what to take out so that a comment, or one code in it, is gone and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from .comments import Suppression, directive_codes


class LineEdit(msgspec.Struct, frozen=True):
    """Replace columns `column` to `end_column` (1-based, exclusive) of lines `line` to `end_line` by `text`."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def without_codes(text: str, suppression: Suppression, codes: Collection[str]) -> LineEdit:
    """The edit that takes `codes` out of the suppression, and all of it where none are left or it has none."""
    lines = text.split("\n")
    line = lines[suppression.line - 1]
    start, end = suppression.column - 1, suppression.end_column - 1
    written = directive_codes(line[start:end])
    left = [code for code in written.codes if code.upper() not in codes]
    if suppression.codes and left:
        first, last = start + written.start, start + written.end
        return LineEdit(suppression.line, first + 1, suppression.line, last + 1, ", ".join(left))
    return _whole(lines, suppression.line, start, end)


def _whole(lines: list[str], number: int, start: int, end: int) -> LineEdit:
    """The edit that removes a directive, with the blanks before it and, where nothing else is on it, the line."""
    line = lines[number - 1]
    before, after = line[:start], line[end:]
    if not after.strip():
        if before.strip():
            return LineEdit(number, len(before.rstrip()) + 1, number, len(line) + 1, "")
        if number < len(lines):
            return LineEdit(number, 1, number + 1, 1, "")
        # The last line ends with no line end of its own: that of the line above goes.
        above = max(number - 1, 1)
        return LineEdit(above, len(lines[above - 1]) + 1 if above < number else 1, number, len(line) + 1, "")
    blanks = len(after) - len(after.lstrip())
    if after.lstrip().startswith("#"):
        return LineEdit(number, start + 1, number, end + blanks + 1, "")
    # Prose after codes is no part of the directive, and would become code without a sign of its own.
    return LineEdit(number, start + 1, number, end + blanks + 1, "# ")


def with_codes(text: str, suppression: Suppression, codes: Collection[str]) -> LineEdit | None:
    """The edit that adds `codes` to a `# freezelint: ignore[...]` comment; None where it has no list of codes."""
    line = text.split("\n")[suppression.line - 1]
    start = suppression.column - 1
    written = directive_codes(line[start : suppression.end_column - 1])
    if suppression.style != "freezelint" or not written.codes:
        return None
    merged = dict.fromkeys([*written.codes, *(code for code in codes if code not in suppression.codes)])
    first, last = start + written.start, start + written.end
    return LineEdit(suppression.line, first + 1, suppression.line, last + 1, ", ".join(merged))


_NEWLINE = re.compile(r"\r\n|\r|\n")


def applied(text: str, edits: Collection[LineEdit]) -> str:
    """The text with the edits made, which must not overlap; each line keeps its own kind of line end.

    `text` may have any of the line ends that Python knows; lines and columns count as in its normalised form.
    """
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        first = starts[edit.line - 1] + edit.column - 1
        last = starts[edit.end_line - 1] + edit.end_column - 1
        text = text[:first] + edit.text + text[last:]
    return text
