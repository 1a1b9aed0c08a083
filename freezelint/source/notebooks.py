"""Notebooks as source files: their code cells one below the other, and edits of that text written back into cells.

Each cell ends with an empty line of its own, so that what is added behind its last line, or taken away with it, stays
in the cell. Markdown, outputs and cells for other languages are no part of the text. Formats 3 and 4 are read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence

import msgspec

from freezelint.core.cells import Cell, Notebook

from .comment_edits import LineEdit
from .files import SourceFile, UnreadableSource, decode_raw, normalise_newlines
from .magics import plain_python
from .notebook_json import Node, Replacement, Source, Text, parse, replaced

_LINE_END = re.compile(r"\r\n|\r|\n")


class _CodeCell(msgspec.Struct, frozen=True):
    """A code cell as it stands in the file; `first_line` is that of the whole text, `raw` has its own line ends."""

    number: int
    source: Source
    raw: str
    first_line: int

    @property
    def lines(self) -> int:
        """How many lines of the whole text it takes, its empty one included."""
        return len(_LINE_END.findall(self.raw)) + 2


def source_of_notebook(data: bytes, path: str) -> SourceFile:
    """The notebook with these bytes, shown as `path`; raises `UnreadableSource`."""
    json_text = decode_raw(data).text
    cells = list(_code_cells(parse(json_text)))
    text = "\n".join(plain_python(normalise_newlines(cell.raw)) + "\n" for cell in cells)
    starts = [0, *(match.end() for match in re.finditer("\n", json_text))]
    return SourceFile(path, text, Notebook(tuple(_cell(cell, starts) for cell in cells)))


def cells_of(source: SourceFile) -> Iterator[tuple[int, str]]:
    """The number of each code cell, and its text as Python."""
    lines = source.text.split("\n")
    for cell in source.notebook.cells if source.notebook is not None else ():
        first = cell.first_line - 1
        yield cell.number, "\n".join(lines[first : first + cell.text.count("\n") + 1])


def _cell(cell: _CodeCell, starts: Sequence[int]) -> Cell:
    offsets = [0, *(match.end() for match in _LINE_END.finditer(cell.raw))]
    file_lines = tuple(bisect_right(starts, place) for place in _places(cell.source, offsets))
    return Cell(cell.number, cell.first_line, normalise_newlines(cell.raw), file_lines)


def _places(source: Source, offsets: Sequence[int]) -> Iterator[int]:
    """Where in the JSON the strings start that hold these characters of a cell, given in order. No string of JSON goes
    over several lines of the file."""
    first, waiting = 0, deque(offsets)
    for item in source.items:
        first += len(item.value)
        while waiting and (waiting[0] < first or item is source.items[-1]):
            waiting.popleft()
            yield item.start


def _code_cells(notebook: Node) -> Iterator[_CodeCell]:
    """The Python cells of the notebook, in order; raises `UnreadableSource` where it is none."""
    if not isinstance(notebook, dict):
        raise UnreadableSource("the notebook is no JSON object", 1, 1)
    line = 1
    for number, cell in enumerate(_cells(notebook), start=1):
        if not isinstance(cell, dict):
            raise UnreadableSource(f"cell {number} of the notebook is no JSON object")
        if _string(cell.get("cell_type")) != "code" or not _is_python(notebook, cell):
            continue
        source = _source(cell, number)
        found = _CodeCell(number, source, source.value, line)
        line += found.lines
        yield found


def _cells(notebook: dict[str, Node]) -> list[Node]:
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")
    if cells is None and isinstance(sheets, list):
        nested = [sheet.get("cells") if isinstance(sheet, dict) else None for sheet in sheets]
        return [cell for found in nested if isinstance(found, list) for cell in found]
    raise UnreadableSource("the notebook has no list of cells", 1, 1)


def _source(cell: dict[str, Node], number: int) -> Source:
    """The source of a code cell, which format 3 calls its input."""
    match cell.get("source", cell.get("input")):
        case None:
            return Source((), listed=True)
        case Text() as text:
            return Source((text,), listed=False)
        case [*items] if all(isinstance(item, Text) for item in items):
            return Source(tuple(item for item in items if isinstance(item, Text)), listed=True)
        case _:
            raise UnreadableSource(f"the source of cell {number} of the notebook is no text")


def _is_python(notebook: dict[str, Node], cell: dict[str, Node]) -> bool:
    """Whether the cell is Python, as far as anything is said of it."""
    said = (
        _string(cell.get("language")),
        _string(_at(cell, "metadata", "vscode", "languageId")),
        _string(_at(notebook, "metadata", "language_info", "name")),
        _string(_at(notebook, "metadata", "kernelspec", "language")),
    )
    language = next((each.lower() for each in said if each), "python")
    return language.startswith(("python", "ipython"))


def _at(node: Node | None, *keys: str) -> Node | None:
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _string(node: Node | None) -> str:
    return node.value if isinstance(node, Text) else ""


# --- edits -----------------------------------------------------------------------------------------------------------


class CannotEdit(Exception):
    """The edits cannot be written into the notebook; the message says why."""


def edited_notebook(data: bytes, edits: Sequence[LineEdit]) -> bytes:
    """The notebook with the edits made in its cells, and every other byte as it was.

    The edits are disjoint, their lines and columns those of the whole text. Raises `UnreadableSource` and `CannotEdit`.
    """
    raw = decode_raw(data)
    cells = list(_code_cells(parse(raw.text)))
    changes: list[tuple[int, int, str]] = []
    wanted: dict[int, str] = {}
    for cell in cells:
        inside = [edit for edit in edits if cell.first_line <= edit.line < cell.first_line + cell.lines]
        if not inside:
            continue
        replacements = [_replacement(cell, edit) for edit in inside]
        changes.extend(replaced(raw.text, cell.source, replacements))
        wanted[cell.number] = _applied(cell.raw, replacements)
    text = raw.text
    for start, end, written in sorted(changes, reverse=True):
        text = text[:start] + written + text[end:]
    after = {cell.number: cell.raw for cell in _code_cells(parse(text))}
    if after != {cell.number: wanted.get(cell.number, cell.raw) for cell in cells}:
        raise CannotEdit("the change cannot be written into its cells")
    return raw.encoded(text)


def _replacement(cell: _CodeCell, edit: LineEdit) -> Replacement:
    """The edit as one of the cell's own text, which lacks the last of the line ends that it has in the whole text."""
    if edit.end_line >= cell.first_line + cell.lines or not cell.source.items:
        raise CannotEdit("the change goes on beyond its cell")
    ends = list(_LINE_END.finditer(cell.raw))
    length = len(cell.raw)
    newline = ends[0][0] if ends else "\n"
    starts = [0, *(end.end() for end in ends), length + 1]
    start = starts[edit.line - cell.first_line] + edit.column - 1
    end = starts[edit.end_line - cell.first_line] + edit.end_column - 1
    text = edit.text
    if start > length:
        start, text = length, "\n" + text.removesuffix("\n")
    elif end > length:
        if not text and ends and ends[-1].end() == start:
            start = ends[-1].start()
        text = text.removesuffix("\n")
    return Replacement(start, min(end, length), text.replace("\n", newline))


def _applied(text: str, replacements: Sequence[Replacement]) -> str:
    for each in sorted(replacements, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text
