"""Splits a module into its top-level statements in one fast pass over its text, without parsing it.

A line that starts in column 1 starts a statement, unless it lies in a string or in brackets, continues a joined line,
or is a clause (`else`, `except`, ...) of the statement above; a decorator starts its definition. Where the text is
odd (a form feed before code, brackets that do not match, ...) `ast` finds the statements instead, and where that
fails too the whole file is one chunk. Comments and blank lines between statements belong to no chunk.
"""

from __future__ import annotations

import ast
import re
import warnings
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum

import msgspec

from .files import normalise_newlines
from .lexing import TOKEN
from .outline_names import imported_names, names_bound

Spans = list[tuple[int, int]]


class ChunkKind(str, Enum):
    """What a chunk is; "statement" is all that is neither of the others."""

    FUNCTION = "function"
    CLASS = "class"
    IMPORT = "import"
    ASSIGN = "assign"
    STATEMENT = "statement"


class Chunk(msgspec.Struct, frozen=True, gc=False):
    """One top-level statement: lines `first_line` to `last_line` of the file, decorators included.

    `names` are those that it binds in the module, a conditional definition's and a star import's ("*") included;
    `members` the methods of a class. Statements that share a line share a chunk. Its text is cut out of that of the
    `file` when it is asked for: a copy of all texts would double what is held.
    """

    kind: ChunkKind
    names: tuple[str, ...]
    first_line: int
    last_line: int
    file: str
    start: int
    end: int
    members: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The statement as it is written, from column 1 on."""
        return self.file[self.start : self.end]


class _Odd(Exception):
    """The fast pass does not understand the text."""


_NEWLINE = re.compile("\n")
_COLUMN_ONE = re.compile(r"\n([^\s#)\]}])")
_CLAUSE = re.compile(r"(?:else|elif|except|finally)\b")
_ODD_START = re.compile(r"^[ \t]*\f\s*[^\s#]", re.MULTILINE)
_CLOSE = {
    '"""': re.compile(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
    "'''": re.compile(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
}
_HEADER = re.compile(r"(?:async[ \t]+)?(def|class)[ \t]+(\w+)")
_ASSIGN = re.compile(r"(?!try\b)(\w+)[ \t]*(?::[^=\n\"'\[(]*)?=(?![=])(?![ \t]*[(\[*]?[^=\"'#\n(]*=(?!=))")
_METHOD = re.compile(r"\n([ \t]+)(?:async[ \t]+)?def[ \t]+(\w+)")
_HEADER_END = re.compile(r":[ \t]*(?:#[^\n]*)?\n(?:[ \t\f]*(?:#[^\n]*)?\n)*([ \t]+)")


def outline(text: str) -> tuple[Chunk, ...]:
    """The top-level statements of a module, in order; never fails."""
    text = normalise_newlines(text.removeprefix("\ufeff"))
    try:
        strings = _long_strings(text)
        return tuple(_chunks(text, strings, _fast_starts(text, strings)))
    except _Odd:
        return _by_ast(text)


# --- the fast pass -----------------------------------------------------------------------------------------------


def _long_strings(text: str) -> Spans:
    """The ranges of the triple-quoted strings."""
    spans: Spans = []
    position = 0
    nearest = {quote: text.find(quote) for quote in _CLOSE}
    while True:
        for quote, found in nearest.items():
            if 0 <= found < position:
                nearest[quote] = text.find(quote, position)
        quote = min(_CLOSE, key=lambda each: nearest[each] if nearest[each] >= 0 else len(text))
        start = nearest[quote]
        if start < 0:
            return spans
        hidden = _hidden_until(text, position, start)
        if hidden is not None:
            position = hidden
            continue
        closed = _CLOSE[quote].match(text, start + 3)
        if closed is None:
            raise _Odd
        position = closed.end()
        spans.append((start, position))


def _hidden_until(text: str, position: int, start: int) -> int | None:
    """Where the comment or short string ends that holds the quotes at `start`; None where nothing holds them."""
    line = text.rfind("\n", position, start) + 1 or position
    if line > 1 and text[line - 2] == "\\":
        raise _Odd  # perhaps in a short string that began on the line above
    before = text[line:start]
    if "#" not in before and '"' not in before and "'" not in before:
        return None
    for match in TOKEN.finditer(text, line):
        if match.start() >= start:
            return None
        if match.end() > start:
            return match.end()
    return None


def _fast_starts(text: str, strings: Spans) -> list[int]:
    """The offsets at which the top-level statements start; raises `_Odd`."""
    if "\f" in text and _ODD_START.search(text):
        raise _Odd
    starts: list[int] = []
    depth, before, decorated = 0, 0, False
    for start in _column_one(text, strings):
        depth += _opened(text, before, start)
        before = start
        if depth < 0:
            raise _Odd
        if starts and (depth or _CLAUSE.match(text, start)):
            continue
        if not decorated:
            starts.append(start)
        decorated = text[start] == "@"
    if depth + _opened(text, before, len(text)) != 0:
        raise _Odd
    return starts


def _column_one(text: str, strings: Spans) -> Iterator[int]:
    """The offsets of the code in column 1 that is in no string and continues no joined line."""
    remaining = iter(strings)
    span = next(remaining, None)
    if text and not text[0].isspace() and text[0] not in "#)]}":
        yield 0
    elif text[:1] in " \t" and text.strip():
        first = text.lstrip("\n \t\f")
        if text[: len(text) - len(first)].rpartition("\n")[2]:
            raise _Odd  # starts with an indented line, perhaps a comment
    for match in _COLUMN_ONE.finditer(text):
        start = match.start() + 1
        while span is not None and span[1] <= start:
            span = next(remaining, None)
        if span is not None and span[0] < start:
            continue
        if text[start - 2 : start - 1] == "\\":
            if "#" in text[text.rfind("\n", 0, start - 1) + 1 : start]:
                raise _Odd  # a backslash at the end of a comment joins nothing
            continue
        yield start


def _opened(text: str, start: int, end: int) -> int:
    """How many more brackets open than close in this range of code; counting alone settles it nearly always."""
    if all(text.count(left, start, end) == text.count(right, start, end) for left, right in ("()", "[]", "{}")):
        return 0
    tokens = [match[0] for match in TOKEN.finditer(text, start, end)]
    return sum(1 for token in tokens if token in "([{") - sum(1 for token in tokens if token in ")]}")


# --- chunks ------------------------------------------------------------------------------------------------------


def _chunks(text: str, strings: Spans, starts: list[int]) -> Iterator[Chunk]:
    """The chunks that start at these offsets."""
    line, counted = 1, 0
    for start, end in zip(starts, [*starts, len(text)][1:], strict=True):
        line += text.count("\n", counted, start)
        counted = start
        own = strings[bisect_left(strings, (start, 0)) : bisect_left(strings, (end, 0))]
        end = _trimmed(text, start, end, floor=own[-1][1] if own else start)
        part = text[start:end]
        kind, names, members = _describe(part, [(first - start, last - start) for first, last in own])
        yield Chunk(kind, names, line, line + part.count("\n"), text, start, end, members)


def _trimmed(text: str, start: int, end: int, *, floor: int) -> int:
    """`end` without the blank lines and comments before it, down to `floor`, where the last long string ends."""
    while end > floor:
        line = text.rfind("\n", start, end) + 1
        if line <= start or line < floor:
            break
        content = text[line:end].strip()
        if content and not content.startswith("#"):
            break
        end = line - 1
    return end


def _describe(text: str, strings: Spans) -> tuple[ChunkKind, tuple[str, ...], tuple[str, ...]]:
    """Kind, names and members of one chunk: by patterns where they are safe, else by `ast`."""
    header = _HEADER.match(text, _definition(text) if text[0] == "@" else 0)
    if header is not None:
        if header[1] == "def":
            return ChunkKind.FUNCTION, (header[2],), ()
        return ChunkKind.CLASS, (header[2],), _methods(text, header.start(), strings)
    if text.startswith(("import ", "from ")) and (imported := imported_names(text)) is not None:
        return ChunkKind.IMPORT, imported, ()
    if ";" not in text and (assigned := _ASSIGN.match(text)) is not None:
        return ChunkKind.ASSIGN, (assigned[1],), ()
    statements = _parse(text)
    if statements is None:
        return ChunkKind.STATEMENT, (), ()
    return _kind(statements), names_bound(statements), ()


def _definition(text: str) -> int:
    """Where the definition below the decorators starts."""
    match = re.search(r"^(?:async[ \t]+)?(?:def|class)\b", text, re.MULTILINE)
    return match.start() if match else 0


def _methods(text: str, header: int, strings: Spans) -> tuple[str, ...]:
    """The functions defined directly in a class body: those indented like its first line."""
    for end in _HEADER_END.finditer(text, header):
        if _opened(text, header, end.start()) == 0:
            found = _METHOD.finditer(text, end.start())
            names = (method[2] for method in found if method[1] == end[1] and not _inside(method.start(), strings))
            return tuple(dict.fromkeys(names))
    return ()


def _inside(offset: int, strings: Spans) -> bool:
    index = bisect_left(strings, (offset, 0)) - 1
    return index >= 0 and offset < strings[index][1]


def line_starts(text: str) -> array[int]:
    """The offsets at which the lines start, and that of one more line behind the last."""
    starts = array("L", [0])
    starts.extend(found.end() for found in _NEWLINE.finditer(text))
    starts.append(len(text) + 1)
    return starts


# --- by ast ------------------------------------------------------------------------------------------------------


def _parse(text: str) -> list[ast.stmt] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _by_ast(text: str) -> tuple[Chunk, ...]:
    statements = _parse(text)
    if statements is None:
        return (Chunk(ChunkKind.STATEMENT, (), 1, max(len(text.splitlines()), 1), text, 0, len(text)),)
    starts = line_starts(text)
    groups: list[list[ast.stmt]] = []
    for statement in statements:
        if groups and _first_line(statement) <= _last_line(groups[-1][-1]):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    chunks = []
    for group in groups:
        first, last = _first_line(group[0]), _last_line(group[-1])
        members = _members(group[0]) if len(group) == 1 else ()
        start, end = starts[first - 1], starts[last] - 1
        chunks.append(Chunk(_kind(group), names_bound(group), first, last, text, start, end, members))
    return tuple(chunks)


def _kind(statements: list[ast.stmt]) -> ChunkKind:
    kinds = {_kind_of(statement) for statement in statements}
    return kinds.pop() if len(kinds) == 1 else ChunkKind.STATEMENT


def _kind_of(statement: ast.stmt) -> ChunkKind:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return ChunkKind.FUNCTION
        case ast.ClassDef():
            return ChunkKind.CLASS
        case ast.Import() | ast.ImportFrom():
            return ChunkKind.IMPORT
        case ast.Assign() | ast.AnnAssign():
            return ChunkKind.ASSIGN
        case _:
            return ChunkKind.STATEMENT


def _members(statement: ast.stmt) -> tuple[str, ...]:
    body = statement.body if isinstance(statement, ast.ClassDef) else []
    methods = (node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return tuple(dict.fromkeys(methods))


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _last_line(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno
