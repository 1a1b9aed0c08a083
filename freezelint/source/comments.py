"""Reads suppression comments: `# freezelint: ignore[...]` and `# noqa: FRZ...`.

A comment counts where Python sees a comment, never in a string. It covers the logical line that it stands in, so that
either end of a call over several lines will do; `ignore-next-line` covers the next logical line that holds code, and
`ignore-file` counts only on a line of its own. Brackets left empty or open suppress nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from .files import normalise_newlines
from .lexing import TOKEN

Kind = Literal["line", "next-line", "file"]
Style = Literal["freezelint", "noqa"]


class Suppression(msgspec.Struct, frozen=True):
    """One suppression, from its `#` at (line, column) to `end_column`, exclusive; `codes` empty means all.

    `first_line` to `last_line` are the lines covered: of the statement (a compound one's header), or of the file.
    """

    line: int
    column: int
    end_column: int
    kind: Kind
    codes: tuple[str, ...]
    reason: str
    style: Style
    first_line: int
    last_line: int


class _Comment(msgspec.Struct, frozen=True):
    """A comment, whether it stands alone on its line, and the logical lines it belongs to and stands above."""

    text: str
    line: int
    column: int
    alone: bool
    own: tuple[int, int]
    below: tuple[int, int]


_WORTH_READING = re.compile(r"freezelint\s*:|noqa(?!\s*:)|noqa\s*:[^\n]*FRZ", re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"\#\s*freezelint\s*:\s*ignore(?P<scope>-next-line|-file)?(?![\w-])"
    r"\s*(?:\[(?P<codes>[^\]\n]*)\]|(?!\[))\s*(?P<reason>[^#\n]*)"
)
_NOQA = re.compile(r"#\s*noqa(?![\w-])(?:\s*:\s*(?P<codes>[A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*))?(?!\s*:)", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s,]+")
_OURS = "FRZ"


def suppressions(text: str) -> tuple[Suppression, ...]:
    """The suppressions of a file, in order."""
    if not _may_hold(text):
        return ()
    text = normalise_newlines(text)
    last = text.count("\n") + 1
    found = (each for comment in _comments(text) for each in _read(comment, last))
    return tuple(found)


class DirectiveCodes(msgspec.Struct, frozen=True):
    """The codes as written in a directive, those of other tools included, and the offsets between which they stand."""

    codes: tuple[str, ...]
    start: int
    end: int


def directive_codes(directive: str) -> DirectiveCodes:
    """The codes in the text of one suppression, from its `#` on."""
    match = _DIRECTIVE.match(directive) or _NOQA.match(directive)
    if match is None or match["codes"] is None:
        return DirectiveCodes((), 0, 0)
    codes = tuple(code for code in _SEPARATOR.split(match["codes"]) if code)
    return DirectiveCodes(codes, match.start("codes"), match.end("codes"))


def _may_hold(text: str) -> bool:
    """Plain searches first: most files hold neither word."""
    written = any(word in text for word in ("freezelint", "noqa", "NOQA", "NoQA", "Noqa"))
    return written and _WORTH_READING.search(text) is not None


def logical_lines(text: str) -> tuple[tuple[int, int], ...]:
    """The first and last lines of the logical lines that hold code, in order: statements, compound ones' headers."""
    text = normalise_newlines(text)
    found: list[tuple[int, int]] = []
    line, position, depth, first = 1, 0, 0, 0
    for match in TOKEN.finditer(text):
        token = match[0]
        before = text[position : match.start()]
        if not first and (before.strip() or (token[0] not in "#\n" and token != "\\\n")):
            first = line
        position = match.end()
        if len(token) == 1:
            depth = max(depth + (token in "([{") - (token in ")]}"), 0)
        if token == "\n" and not depth:
            if first:
                found.append((first, line))
            first = 0
        line += token.count("\n")
    if first or text[position:].strip():
        found.append((first or line, line))
    return tuple(found)


def _comments(text: str) -> Iterator[_Comment]:
    """The comments that may matter, with the logical lines around them."""
    waiting: list[tuple[str, int, int, bool]] = []
    above: list[tuple[str, int, int, bool, tuple[int, int]]] = []
    line, column_one, position, depth, first = 1, 0, 0, 0, 0
    for match in TOKEN.finditer(text):
        token, start = match[0], match.start()
        if not first and text[position:start].strip():
            first = line
        position = match.end()
        if token[0] == "#":
            alone = not text[column_one:start].strip()
            if "freezelint" in token or "noqa" in token.lower():
                waiting.append((token, line, start - column_one + 1, alone))
            continue
        if token != "\n":
            first = first or line
            depth = max(depth + (token in "([{") - (token in ")]}"), 0) if len(token) == 1 else depth
        if "\n" in token:
            if token == "\n" and not depth:
                yield from _settle(waiting, above, first, line)
                first = 0
            line += token.count("\n")
            column_one = start + token.rfind("\n") + 1
    if not first and text[position:].strip():
        first = line
    yield from _settle(waiting, above, first, line)
    for token, number, column, alone, own in above:
        yield _Comment(token, number, column, alone, own, (0, 0))


def _settle(
    waiting: list[tuple[str, int, int, bool]],
    above: list[tuple[str, int, int, bool, tuple[int, int]]],
    first: int,
    last: int,
) -> Iterator[_Comment]:
    """At the end of a logical line: comments above it learn what is below, its own wait for the next one."""
    if first:
        for token, number, column, alone, own in above:
            yield _Comment(token, number, column, alone, own, (first, last))
        above.clear()
    for token, number, column, alone in waiting:
        above.append((token, number, column, alone, (first, last) if first else (number, number)))
    waiting.clear()


def _read(comment: _Comment, last: int) -> Iterator[Suppression]:
    """The suppressions in one comment."""
    for match in _DIRECTIVE.finditer(comment.text):
        kind: Kind = {"-next-line": "next-line", "-file": "file"}.get(match["scope"] or "", "line")  # type: ignore[assignment]
        codes = _codes(match["codes"] or "")
        if (match["codes"] is not None and not codes) or (kind == "file" and not comment.alone):
            continue
        covered = {"line": comment.own, "next-line": comment.below, "file": (1, last)}[kind]
        yield _suppression(comment, match, kind, codes, match["reason"].strip(), "freezelint", covered)
    for match in _NOQA.finditer(comment.text):
        codes = tuple(code for code in _codes(match["codes"] or "") if code.startswith(_OURS))
        if codes or match["codes"] is None:
            yield _suppression(comment, match, "line", codes, "", "noqa", comment.own)


def _codes(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.upper() for code in _SEPARATOR.split(listed) if code))


def _suppression(
    comment: _Comment,
    match: re.Match[str],
    kind: Kind,
    codes: tuple[str, ...],
    reason: str,
    style: Style,
    covered: tuple[int, int],
) -> Suppression:
    start = comment.column + match.start()
    end = start + len(match[0].rstrip())
    return Suppression(comment.line, start, end, kind, codes, reason, style, *covered)
