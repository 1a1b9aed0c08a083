"""Turns the text of a module, or of some of its statements, into the intermediate representation.

`ast` parses the text: it is several times as fast as LibCST (0.44 against 2.7 s for a megabyte, lowering included),
words syntax errors far better and knows where everything stands. Code that is newer than the running Python is refused
by `ast` but not by LibCST and is lowered all the same, only slower; LibCST is imported for the first such text, not
before: the import alone costs more than checking most projects.
"""

from __future__ import annotations

import ast
import warnings

from . import ir
from .files import normalise_newlines
from .lower_ast_statements import lower_tree
from .nesting import nests_too_deeply

_TOO_DEEP = "nested too deeply to be analysed"


class SourceSyntaxError(Exception):
    """The text is no Python; the message is one line, line and column count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def lower(text: str, *, first_line: int = 1) -> tuple[ir.Statement, ...]:
    """The statements of `text`, whose first line is line `first_line` of its file; raises `SourceSyntaxError`."""
    text = normalise_newlines(text.removeprefix("\ufeff"))
    _refuse_odd_characters(text, first_line)
    with warnings.catch_warnings():
        # Python warns about the user's escapes and comparisons while it parses: not our message to give.
        warnings.simplefilter("ignore")
        try:
            return _lower(text, first_line)
        except (RecursionError, MemoryError) as error:
            raise SourceSyntaxError(_TOO_DEEP, first_line, 1) from error


def _lower(text: str, first_line: int) -> tuple[ir.Statement, ...]:
    try:
        tree = ast.parse(text)
    except SyntaxError as refusal:
        return _lower_by_libcst(text, first_line, refusal)
    return lower_tree(tree, text, first_line=first_line)


def _lower_by_libcst(text: str, first_line: int, refusal: SyntaxError) -> tuple[ir.Statement, ...]:
    if "too many" in str(refusal.msg):
        raise SourceSyntaxError(_TOO_DEEP, (refusal.lineno or 1) + first_line - 1, 1) from refusal
    if nests_too_deeply(text):
        raise SourceSyntaxError(_TOO_DEEP, first_line, 1)

    import libcst

    from .cst_positions import Locator
    from .lower_cst import Context
    from .lower_cst_statements import lower_body

    try:
        module = libcst.parse_module(text)
    except (libcst.ParserSyntaxError, libcst.CSTValidationError, libcst.CSTLogicError) as error:
        # Where both parsers refuse the text, `ast` says it better.
        line, column = max(refusal.lineno or 1, 1), max(refusal.offset or 1, 1)
        raise SourceSyntaxError(refusal.msg, line + first_line - 1, column) from error
    return lower_body(module.body, Context(Locator(module, text, first_line=first_line)))


def _refuse_odd_characters(text: str, first_line: int) -> None:
    if text.isascii() and "\0" not in text:
        return
    for index, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            before = text[:index]
            line, column = before.count("\n") + first_line, index - (before.rfind("\n") + 1) + 1
            what = "a null byte" if char == "\0" else "half of a character (a lone surrogate)"
            raise SourceSyntaxError(f"the text contains {what}", line, column)
