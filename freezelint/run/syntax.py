"""Notices broken syntax, also in files that nothing else would parse."""

from __future__ import annotations

import warnings

import msgspec

from freezelint.core.findings import Problem
from freezelint.core.spans import Span
from freezelint.source.files import SourceFile

_ONLY_AST = 0x400
"""`ast.PyCF_ONLY_AST`, without the import of `ast`: stop after parsing."""


def syntax_problem(path: str, text: str) -> Problem | None:
    """The problem of a file that is not Python, else None.

    The interpreter's own parser is five times as fast as LibCST's, but knows only its own version of the language:
    lowering has the last word on what it refuses.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, path, "exec", _ONLY_AST, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _second_opinion(path, text)
    return None


def cell_problem(source: SourceFile) -> Problem | None:
    """The problem of the first cell of a notebook that is not Python, placed in the cell; else None."""
    from freezelint.source.notebooks import cells_of

    for number, code in cells_of(source):
        problem = syntax_problem(source.path, code)
        if problem is not None:
            line = problem.line or 1
            place = Span(source.path, line, 1, line, 1, number)
            lines = source.notebook.in_file(place) if source.notebook is not None else None
            return msgspec.structs.replace(problem, cell=number, line=line, file_line=lines[0] if lines else None)
    return None


def _second_opinion(path: str, text: str) -> Problem | None:
    from freezelint.source.lowering import SourceSyntaxError, lower

    try:
        lower(text)
    except SourceSyntaxError as error:
        return Problem(path=path, message=error.message, line=error.line, column=error.column, code="FRZ902")
    return None
