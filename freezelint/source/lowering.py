"""Turns the text of a module, or of some of its statements, into the intermediate representation.

LibCST is imported when the first text is lowered, not before: the import alone costs more than checking most
projects. `ast` parses the text first: it is five times faster, words syntax errors far better, knows where everything
stands, and refuses nesting that would crash LibCST's parser. Code that is newer than the running Python is refused by
`ast` but not by LibCST and is lowered all the same, only slower.
"""

from __future__ import annotations

import ast
import warnings

from . import ir
from .files import normalise_newlines
from .nesting import nests_too_deeply, text_nests_too_deeply

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
    refusal: SyntaxError | None = None
    tree: ast.Module | None = None
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        refusal = error
    if refusal is not None and "too many" in str(refusal.msg):
        raise SourceSyntaxError(_TOO_DEEP, (refusal.lineno or 1) + first_line - 1, 1) from refusal
    if text_nests_too_deeply(text) if tree is None else nests_too_deeply(tree, text):
        raise SourceSyntaxError(_TOO_DEEP, first_line, 1)

    import libcst

    from .lower_expressions import Context
    from .lower_statements import lower_body
    from .positions import locate

    try:
        module = libcst.parse_module(text)
    except libcst.ParserSyntaxError as error:
        raise _syntax_error(refusal, error.raw_line, error.raw_column, first_line) from error
    except (libcst.CSTValidationError, libcst.CSTLogicError) as error:
        # Raised for nodes that cannot be, such as text joined to bytes; they carry no position.
        raise _syntax_error(refusal, 1, 0, first_line) from error
    context = Context(locate(module, text, tree, first_line=first_line))
    return lower_body(module.body, context)


def _syntax_error(refusal: SyntaxError | None, line: int, column: int, first_line: int) -> SourceSyntaxError:
    """Where both parsers refuse the text, `ast` says it better."""
    if refusal is None:
        return SourceSyntaxError("the syntax is not understood", max(line, 1) + first_line - 1, column + 1)
    line, column = max(refusal.lineno or 1, 1), max(refusal.offset or 1, 1)
    return SourceSyntaxError(refusal.msg, line + first_line - 1, column)


def _refuse_odd_characters(text: str, first_line: int) -> None:
    if text.isascii() and "\0" not in text:
        return
    for index, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            before = text[:index]
            line, column = before.count("\n") + first_line, index - (before.rfind("\n") + 1) + 1
            what = "a null byte" if char == "\0" else "half of a character (a lone surrogate)"
            raise SourceSyntaxError(f"the text contains {what}", line, column)
