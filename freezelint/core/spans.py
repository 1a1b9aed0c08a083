"""Where something stands in the user's source."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A range of a file: 1-based lines and columns (columns in characters), the end exclusive.

    `path` is the path as it was given or found, with forward slashes; `cell` is the 1-based cell of a notebook
    (lines then count within the cell), None elsewhere.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None
