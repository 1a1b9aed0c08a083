"""Finds where each LibCST node stands in its file.

LibCST's own positions cost twice its parsing. So the text is parsed by `ast` as well, whose nodes know their ranges,
and the two trees are walked side by side (`pairing.py`); only where that fails (the running Python refuses the
syntax, or a node has no partner) are LibCST's positions computed, for the whole file and once.

The convention is `ast`'s throughout: a parenthesised expression is placed without its outer parentheses, but a tuple
or generator expression with the innermost pair, which belongs to it; a compound statement starts at its keyword, not
at its decorators. Where only LibCST knows the answer, its ranges are bent to this.
"""

from __future__ import annotations

import ast
import re
from itertools import chain, repeat
from typing import Union

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from .ir import Position
from .pairing import pair

_DEFINITION = re.compile(r"(?:async[ \t\f]+)?(?:def|class)[ \t\f]+")
_CLOSERS = re.compile(r"(?:[ \t\f]*\))+")

Definition = Union[cst.FunctionDef, cst.ClassDef]


class Locator:
    """Maps the nodes of one module to positions: `locator(node)`."""

    def __init__(self, module: cst.Module, text: str, tree: ast.Module | None, *, first_line: int = 1) -> None:
        self._module = module
        self._shift = first_line - 1
        self._lines = text.split("\n")
        self._plain = text.isascii()
        self._columns: dict[int, list[int] | None] = {}
        self._pairs = pair(module, tree) if tree is not None else {}
        self._provided: dict[cst.CSTNode, CodeRange] | None = None

    def __call__(self, node: cst.CSTNode) -> Position:
        """The position of `node`."""
        found = self._pairs.get(id(node))
        if found is None:
            return self._ask_libcst(node)
        line, end_line = found.lineno, found.end_lineno or found.lineno
        column, end_column = found.col_offset, found.end_col_offset or found.col_offset
        if not self._plain:
            column, end_column = self._characters(line, column), self._characters(end_line, end_column)
        return Position(line + self._shift, column + 1, end_line + self._shift, end_column + 1)

    def knows(self, node: cst.CSTNode) -> bool:
        """Whether the position of `node` is known from `ast`, at no further cost."""
        return id(node) in self._pairs

    def header(self, node: cst.CSTNode, last: cst.CSTNode) -> Position:
        """From the start of the compound statement `node` to the end of `last`, the last expression before its
        colon, with the parentheses that close behind it on the same line."""
        start, end = self(node), self(last)
        closers = _CLOSERS.match(self._line(end.end_line), end.end_column - 1)
        end_column = closers.end() + 1 if closers else end.end_column
        return Position(start.line, start.column, end.end_line, end_column)

    def keyword(self, node: cst.CSTNode, word: str) -> Position:
        """The keyword that the statement `node` starts with."""
        start = self(node)
        return Position(start.line, start.column, start.line, start.column + len(word))

    def name(self, node: Definition) -> Position:
        """The name of a function or class."""
        start = self(node)
        match = _DEFINITION.match(self._line(start.line), start.column - 1)
        if match is None or not self._line(start.line).startswith(node.name.value, match.end()):
            return self._ask_libcst(node.name)
        column = match.end() + 1
        return Position(start.line, column, start.line, column + len(node.name.value))

    def _line(self, number: int) -> str:
        return self._lines[number - self._shift - 1]

    def _characters(self, line: int, offset: int) -> int:
        """The column in characters of a column in UTF-8 bytes, both from 0."""
        if line not in self._columns:
            text = self._lines[line - 1]
            self._columns[line] = None if text.isascii() else _character_columns(text)
        table = self._columns[line]
        return offset if table is None else table[min(offset, len(table) - 1)]

    def _ask_libcst(self, node: cst.CSTNode) -> Position:
        if self._provided is None:
            # The tree is fresh from the parser, so no node stands in it twice and the costly copy is not needed.
            wrapper = MetadataWrapper(self._module, unsafe_skip_copy=True)
            self._provided = dict(wrapper.resolve(PositionProvider))
        start, end = node, node
        match node:
            case cst.Tuple() | cst.GeneratorExp() if node.lpar:
                start, end = node.lpar[-1], node.rpar[0]
            case cst.Param():
                start, end = node.name, node.annotation or node.name
        first, last = self._provided[start].start, self._provided[end].end
        at = Position(first.line + self._shift, first.column + 1, last.line + self._shift, last.column + 1)
        if isinstance(node, cst.GeneratorExp) and not node.lpar:
            return self._with_brackets(at)
        return at

    def _with_brackets(self, at: Position) -> Position:
        """`at` with the brackets around it: to `ast` those of a call belong to a lone generator expression."""
        lines = self._lines
        line, before = at.line - self._shift, lines[at.line - self._shift - 1][: at.column - 1].rstrip()
        while not before and line > 1:
            line -= 1
            before = lines[line - 1].rstrip()
        end_line, column = at.end_line - self._shift, at.end_column - 1
        while end_line < len(lines) and not lines[end_line - 1][column:].strip():
            end_line, column = end_line + 1, 0
        after = lines[end_line - 1]
        column += len(after[column:]) - len(after[column:].lstrip())
        if not before.endswith("(") or not after.startswith(")", column):
            return at
        return Position(line + self._shift, len(before), end_line + self._shift, column + 2)


def locate(module: cst.Module, text: str, tree: ast.Module | None, *, first_line: int = 1) -> Locator:
    """A function from the nodes of `module` to their positions, lines counted from `first_line`.

    `text` is the source of `module`, `tree` the same parsed by `ast`, or None where `ast` refuses it.
    """
    return Locator(module, text, tree, first_line=first_line)


def _character_columns(line: str) -> list[int]:
    """For each byte of `line` in UTF-8 the index of its character, and the length for the end."""
    widths = (1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4 for char in line)
    table = list(chain.from_iterable(repeat(index, width) for index, width in enumerate(widths)))
    table.append(len(line))
    return table
