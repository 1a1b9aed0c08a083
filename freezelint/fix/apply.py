"""Chooses the fixes that can be applied together, and applies edits to the bytes of a file."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Sequence

import msgspec

from freezelint.core.findings import Edit, Finding, Safety
from freezelint.core.spans import Span
from freezelint.source.comment_edits import LineEdit
from freezelint.source.files import UnreadableSource, decode_raw

_LINE_END = re.compile(r"\r\n|\r|\n")

Place = tuple[int, int, int, int]


class CannotApply(Exception):
    """The edits cannot be written into the file; the message says why, without the path."""


class Chosen(msgspec.Struct, frozen=True):
    """The findings whose fixes are applied in one round, and the edits of each file, in order."""

    findings: tuple[Finding, ...]
    edits: dict[str, tuple[Edit, ...]]


def choose(findings: Iterable[Finding], *, allowed: Sequence[Safety], files: Iterable[str]) -> Chosen:
    """The findings that can be mended at once: their edits are in the given files and disjoint from those of the
    findings before them, or the same. The others wait for the next round."""
    writable = set(files)
    chosen: list[Finding] = []
    taken: dict[str, list[tuple[Place, str]]] = {}
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or fix.safety not in allowed:
            continue
        if not all(edit.span.path in writable and edit.span.cell is None for edit in fix.edits):
            continue
        placed = [(edit.span.path, (_place(edit), edit.text)) for edit in fix.edits]
        new = [(path, entry) for path, entry in placed if entry not in taken.get(path, ())]
        if any(_meets(entry[0], other[0]) for path, entry in new for other in taken.get(path, ())):
            continue
        for path, entry in new:
            insort(taken.setdefault(path, []), entry)
        chosen.append(finding)
    return Chosen(tuple(chosen), {path: tuple(_edit(path, each) for each in found) for path, found in taken.items()})


def _place(edit: Edit) -> Place:
    span = edit.span
    return span.line, span.column, span.end_line, span.end_column


def _edit(path: str, entry: tuple[Place, str]) -> Edit:
    return Edit(Span(path, *entry[0]), entry[1])


def _meets(left: Place, right: Place) -> bool:
    """Whether two edits concern the same characters, or are two insertions at one place."""
    first, second = sorted((left, right))
    return first[2:] > second[:2] or first[:2] == second[:2]


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes of a file with the edits made, in its own encoding and with its own line endings.

    The edits are in order and disjoint, their lines and columns those of the decoded text, which in a notebook is that
    of its cells. Raises `CannotApply`.
    """
    if edits and edits[0].span.path.endswith(".ipynb"):
        return _edited_notebook(data, edits)
    try:
        raw = decode_raw(data)
    except UnreadableSource as error:
        raise CannotApply(error.message) from error
    try:
        faithful = raw.encoded(raw.text) == data
    except UnicodeEncodeError:
        faithful = False
    if not faithful:
        raise CannotApply(f"its text cannot be written back as {raw.encoding} unchanged")
    ends = list(_LINE_END.finditer(raw.text))
    starts = [0, *(end.end() for end in ends)]
    usual = ends[0][0] if ends else "\n"
    text = raw.text
    for edit in reversed(edits):
        span = edit.span
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        # An edit in a line goes on with the line ending of that line: mixed endings stay mixed.
        newline = ends[span.line - 1][0] if span.line <= len(ends) else usual
        text = text[:start] + edit.text.replace("\n", newline) + text[end:]
    try:
        return raw.encoded(text)
    except UnicodeEncodeError as error:
        raise CannotApply(f"the new text cannot be written as {raw.encoding}") from error


def _edited_notebook(data: bytes, edits: Sequence[Edit]) -> bytes:
    # Imported only here: most projects have none.
    from freezelint.source.notebooks import CannotEdit, edited_notebook

    spans = [edit.span for edit in edits]
    places = [(span.line, span.column, span.end_line, span.end_column) for span in spans]
    try:
        return edited_notebook(data, [LineEdit(*place, edit.text) for place, edit in zip(places, edits, strict=True)])
    except UnreadableSource as error:
        raise CannotApply(error.message) from error
    except CannotEdit as error:
        raise CannotApply(str(error)) from error
