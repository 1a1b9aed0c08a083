"""Notebooks as one text: the one place where its lines become lines of cells.

All of freezelint sees a notebook as a single text, its code cells one below the other, and counts lines in that. Only
what is shown to people or other programs counts in cells.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from .spans import Span


class Cell(msgspec.Struct, frozen=True):
    """A code cell: its 1-based number among all cells, the line of the whole text that it starts at, its own text as
    the user wrote it, and for each of its lines the line of the notebook's file."""

    number: int
    first_line: int
    text: str
    file_lines: tuple[int, ...] = ()


class Notebook(msgspec.Struct, frozen=True):
    """The code cells of a notebook, in order."""

    cells: tuple[Cell, ...] = ()

    def cell_at(self, line: int) -> Cell | None:
        """The cell that holds a line of the whole text."""
        index = bisect_right(self.cells, line, key=lambda cell: cell.first_line) - 1
        return self.cells[index] if index >= 0 else None

    def numbered(self, number: int) -> Cell | None:
        """The cell with this number."""
        return next((cell for cell in self.cells if cell.number == number), None)

    def in_cell(self, span: Span) -> Span:
        """The place of the whole text as a place in a cell. What goes on beyond its cell ends with it."""
        cell = self.cell_at(span.line)
        if span.cell is not None or cell is None:
            return span
        lines = cell.text.split("\n")
        before = cell.first_line - 1
        end_line, end_column = span.end_line - before, span.end_column
        if end_line > len(lines):
            end_line, end_column = len(lines), len(lines[-1]) + 1
        line = min(span.line - before, end_line)
        return Span(span.path, line, span.column, end_line, end_column, cell.number)

    def in_text(self, span: Span) -> Span:
        """The place in a cell as a place of the whole text: what `in_cell` undoes."""
        cell = None if span.cell is None else self.numbered(span.cell)
        if cell is None:
            return span
        before = cell.first_line - 1
        return Span(span.path, span.line + before, span.column, span.end_line + before, span.end_column)

    def in_file(self, span: Span) -> tuple[int, int] | None:
        """The lines of the notebook's file on which the first and the last line of a place in a cell are written."""
        cell = None if span.cell is None else self.numbered(span.cell)
        if cell is None or not cell.file_lines:
            return None
        last = len(cell.file_lines) - 1
        return cell.file_lines[min(span.line - 1, last)], cell.file_lines[min(span.end_line - 1, last)]

    def file_line(self, line: int) -> int | None:
        """The line of the notebook's file on which a line of the whole text is written."""
        cell = self.cell_at(line)
        if cell is None or not cell.file_lines:
            return None
        return cell.file_lines[min(line - cell.first_line, len(cell.file_lines) - 1)]
