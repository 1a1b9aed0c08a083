"""Where something happens in the user's code: frames of the running program as spans."""

from __future__ import annotations

import ast
import dis
import linecache
import os
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from itertools import islice
from types import CodeType, FrameType

import msgspec

from freezelint.core.spans import Span

_DEEPEST = 400
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_OF_LIBRARIES = tuple(
    os.path.join(os.path.realpath(path), "")
    for name, path in sysconfig.get_paths().items()
    if name in ("stdlib", "platstdlib", "purelib", "platlib")
)
UNKNOWN = Span("", 1, 1, 1, 1)
"""The place of what happens with none of the user's code on the stack."""


class Site(msgspec.Struct, frozen=True):
    """A place in the user's code and the calls that lead there, outermost first. `direct` where the user's own code
    called torch, False where another library did on its behalf."""

    span: Span
    stack: tuple[Span, ...] = ()
    function: str = ""
    direct: bool = True


class Sites:
    """Turns frames into places. `names` gives files of the project their displayed paths; `cells` says which files
    are cells of a notebook (path, number)."""

    def __init__(
        self, names: Mapping[str, str] | None = None, cells: Mapping[str, tuple[str, int]] | None = None
    ) -> None:
        self.names = dict(names or {})
        self.cells = dict(cells or {})
        self._cwd = os.getcwd()
        self._files: dict[str, str | None] = {}
        self._spans: dict[tuple[CodeType, int], Span] = {}
        self._positions: dict[CodeType, tuple[tuple[int | None, ...], ...]] = {}

    def file(self, filename: str) -> str | None:
        """The displayed path of a file of the user, or None for one of a library."""
        if filename not in self._files:
            self._files[filename] = self._classified(filename)
        return self._files[filename]

    def _classified(self, filename: str) -> str | None:
        if filename in self.cells:
            return self.cells[filename][0]
        absolute = os.path.abspath(filename)
        for known in (absolute, os.path.realpath(absolute)):
            if known in self.names:
                return self.names[known]
        library = filename.startswith("<") or os.path.realpath(absolute).startswith((*_OF_LIBRARIES, _HERE + os.sep))
        if library or "site-packages" in absolute:
            return None
        relative = os.path.relpath(absolute, self._cwd)
        return (absolute if relative.startswith("..") else relative).replace(os.sep, "/")

    def frames(self, frame: FrameType | None) -> Iterator[FrameType]:
        """The user's frames, innermost first."""
        for _ in range(_DEEPEST):
            if frame is None:
                return
            if self.file(frame.f_code.co_filename) is not None:
                yield frame
            frame = frame.f_back

    def nearest(self, frame: FrameType | None) -> FrameType | None:
        """The frame that called the probes, where it is one of the user's."""
        while frame is not None and frame.f_code.co_filename.startswith(_HERE):
            frame = frame.f_back
        return frame if frame is not None and self.file(frame.f_code.co_filename) is not None else None

    def here(self, frame: FrameType | None = None) -> Site:
        """The place that the program has reached, seen from a probe."""
        frame = frame or sys._getframe(1)
        direct: bool | None = None
        spans: list[Span] = []
        function = ""
        for _ in range(_DEEPEST):
            if frame is None:
                break
            code = frame.f_code
            if self.file(code.co_filename) is not None:
                if not spans:
                    function = getattr(code, "co_qualname", code.co_name).replace("<module>", "")
                    direct = direct is None
                spans.append(self.span(frame))
            elif direct is None and not self._neutral(code.co_filename):
                direct = False
            frame = frame.f_back
        if not spans:
            return Site(UNKNOWN, direct=False)
        return Site(spans[0], tuple(reversed(spans[1:])), function, bool(direct))

    def _neutral(self, filename: str) -> bool:
        """Whether a library's frame says nothing of who acts: torch passes calls on, and so do the probes."""
        return filename.startswith(("<", _HERE)) or f"{os.sep}torch{os.sep}" in filename

    def span(self, frame: FrameType) -> Span:
        """The expression that the frame is evaluating; before Python 3.11 its whole line."""
        key = (frame.f_code, frame.f_lasti)
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = self._span(frame)
        return found

    def _span(self, frame: FrameType) -> Span:
        code = frame.f_code
        path, cell = self.file(code.co_filename) or "", self.cells.get(code.co_filename, ("", None))[1]
        line, end_line, column, end_column = self._position(code, frame.f_lasti)
        if line is None or end_line is None or column is None or end_column is None:
            line = line or frame.f_lineno
            text = linecache.getline(code.co_filename, line).rstrip()
            start = len(text) - len(text.lstrip())
            return Span(path, line, start + 1, line, max(len(text), start) + 1, cell)
        if end_line > line and not self._is_call(code, frame.f_lasti):
            # A statement with a block, such as `with`, has its whole block for a place.
            end_line, end_column = line, len(linecache.getline(code.co_filename, line).rstrip("\n").encode())
        return Span(
            path, line, _characters(code.co_filename, line, column) + 1,
            end_line, _characters(code.co_filename, end_line, end_column) + 1, cell,
        )  # fmt: skip

    def node(self, filename: str, node: ast.expr) -> Span:
        """The place of an expression in a file of the user."""
        cell = self.cells.get(filename, ("", None))[1]
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return Span(
            self.file(filename) or "", node.lineno, _characters(filename, node.lineno, node.col_offset) + 1,
            end_line, _characters(filename, end_line, end) + 1, cell,
        )  # fmt: skip

    def _position(self, code: CodeType, instruction: int) -> tuple[int | None, ...]:
        if not hasattr(code, "co_positions"):
            return (None, None, None, None)
        known = self._positions.get(code)
        if known is None:
            known = self._positions[code] = tuple(islice(code.co_positions(), 100_000))
        index = instruction // 2
        return known[index] if 0 <= index < len(known) else (None, None, None, None)

    def _is_call(self, code: CodeType, instruction: int) -> bool:
        return dis.opname[code.co_code[instruction]].startswith(("CALL", "PRECALL", "STORE", "BINARY", "KW_NAMES"))

    def written(self, frame: FrameType | None) -> str:
        """What the user wrote in the nearest of their frames, where it stands on one line."""
        first = next(self.frames(frame), None)
        return "" if first is None else self.text(first)

    def text(self, frame: FrameType) -> str:
        """What the user wrote there, or where the innermost frame of the user's stands, if it is on one line."""
        found = next(self.frames(frame), None)
        if found is None:
            return ""
        frame = found
        span = self.span(frame)
        if span.line != span.end_line:
            return ""
        return linecache.getline(frame.f_code.co_filename, span.line)[span.column - 1 : span.end_column - 1]


def _characters(filename: str, line: int, column: int) -> int:
    """A column in bytes of UTF-8 as a column in characters."""
    text = linecache.getline(filename, line)
    return column if text.isascii() else len(text.encode()[:column].decode(errors="ignore"))


def receiver_of(text: str) -> str:
    """The object in the text of a call or attribute: `a.b` of `a.b.eval()` and of `a.b.requires_grad`."""
    if text.endswith(")"):
        depth = 0
        for index in range(len(text) - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(text[index], 0)
            if depth == 0:
                text = text[:index]
                break
    return text.rpartition(".")[0]


def covers(span: Span, other: Span) -> bool:
    """Whether two places share a line."""
    return (
        span.path == other.path and span.cell == other.cell
        and span.line <= other.end_line and other.line <= span.end_line
    )  # fmt: skip
