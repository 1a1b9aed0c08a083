"""Finds where each LibCST node stands in its file.

The convention is `ast`'s throughout: a parenthesised expression is placed without its outer parentheses, but a tuple
or generator expression with the innermost pair, which belongs to it; a compound statement starts at its keyword, not
at its decorators. LibCST's ranges are bent to this.
"""

from __future__ import annotations

import re
from typing import Union

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from .ir import Position

_DEFINITION = re.compile(r"(?:async[ \t\f]+)?(?:def|class)[ \t\f]+")
_CLOSERS = re.compile(r"(?:[ \t\f]*\))+")

Definition = Union[cst.FunctionDef, cst.ClassDef]


class Locator:
    """Maps the nodes of one module to positions: `locator(node)`."""

    def __init__(self, module: cst.Module, text: str, *, first_line: int = 1) -> None:
        self._shift = first_line - 1
        self._lines = text.split("\n")
        # The tree is fresh from the parser, so no node stands in it twice and the costly copy is not needed.
        wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
        self._provided: dict[cst.CSTNode, CodeRange] = dict(wrapper.resolve(PositionProvider))

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
            return self(node.name)
        column = match.end() + 1
        return Position(start.line, column, start.line, column + len(node.name.value))

    def _line(self, number: int) -> str:
        return self._lines[number - self._shift - 1]

    def __call__(self, node: cst.CSTNode) -> Position:
        """The position of `node`."""
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
