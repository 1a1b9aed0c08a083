"""A file as the recipes see it: its LibCST tree, where each node stands, and what it stands in."""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Union

import libcst as cst
import msgspec

from freezelint.core.findings import Edit
from freezelint.core.spans import Span
from freezelint.source.cst_positions import Locator
from freezelint.source.nesting import nests_too_deeply

Statement = Union[cst.BaseSmallStatement, cst.BaseCompoundStatement]
Scope = Union[cst.Module, cst.FunctionDef, cst.Lambda, cst.ClassDef]
_BLOCKS = (
    cst.BaseSuite, cst.BaseStatement, cst.BaseSmallStatement, cst.Else, cst.ExceptHandler, cst.ExceptStarHandler,
    cst.Finally, cst.MatchCase,
)  # fmt: skip
Block = Union[cst.Module, cst.IndentedBlock]


class Refused(Exception):
    """The recipe does not fit the file: the fix is shown in words and not applied."""


class Change(msgspec.Struct, frozen=True, order=True):
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


def overlap(changes: Sequence[Change]) -> bool:
    """Whether two of the changes, in order, concern the same characters, or two insertions one place."""
    return any(left.end > right.start or left.start == right.start == right.end for left, right in pairwise(changes))


class Tree:
    """The tree of one file. Raises `Refused` where the text is no Python that can be parsed."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        _parse(text)
        try:
            self.module = cst.parse_module(text)
        except (cst.ParserSyntaxError, cst.CSTValidationError, cst.CSTLogicError, RecursionError) as error:
            raise Refused("the file cannot be parsed") from error
        self._position = Locator(self.module, text)
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self.children: dict[cst.CSTNode, list[cst.CSTNode]] = {}
        self.bound: dict[cst.CSTNode, list[tuple[str, cst.CSTNode]]] = {}
        """The names that each scope binds, as far as anybody has asked: see `names.bindings`."""
        self._placed: dict[tuple[int, int], list[cst.CSTNode]] = {}
        self._index()

    def _index(self) -> None:
        pending: list[cst.CSTNode] = [self.module]
        while pending:
            node = pending.pop()
            # LibCST makes this list anew each time, at some cost.
            children = self.children[node] = list(node.children)
            self.parents.update(dict.fromkeys(children, node))
            pending.extend(children)
            if self.knows(node):
                # The outer of two nodes in one place comes first.
                self._placed.setdefault(self.range(node), []).append(node)

    # --- places ---------------------------------------------------------------------------------------------------

    def range(self, node: cst.CSTNode) -> tuple[int, int]:
        """From which character to which a node reaches, without brackets around it."""
        if isinstance(node, cst.BaseCompoundStatement):
            return self._compound(node)
        at = self._position(node)
        return self._starts[at.line - 1] + at.column - 1, self._starts[at.end_line - 1] + at.end_column - 1

    def _compound(self, node: cst.BaseCompoundStatement) -> tuple[int, int]:
        """LibCST lets a block end where the next one starts; here it ends with its last statement."""
        at = self._position(node)
        start = self._starts[at.line - 1] + at.column - 1
        body: cst.CSTNode = node
        while not isinstance(body, cst.BaseSmallStatement):
            inner = [each for each in body.children if isinstance(each, _BLOCKS)]
            if not inner:
                break
            body = inner[-1]
        return start, self.range(body)[1] if isinstance(body, cst.BaseSmallStatement) else start

    def knows(self, node: cst.CSTNode) -> bool:
        """Whether the place of a node is known."""
        if isinstance(node, cst.Name):
            # Names that are no expressions: of attributes, keywords, definitions, imports.
            match self.parents[node]:
                case cst.Attribute(attr=name) | cst.FunctionDef(name=name) | cst.ClassDef(name=name):
                    return name is not node
                case cst.Arg(keyword=name):
                    return name is not node
                case cst.Param(name=name):
                    return name is not node
                case cst.ImportAlias() | cst.AsName() | cst.NameItem():
                    return False
        return isinstance(node, (cst.BaseExpression, cst.BaseSmallStatement, cst.BaseCompoundStatement, cst.Param))

    def source(self, node: cst.CSTNode) -> str:
        """The text of a node, without brackets around it."""
        start, end = self.range(node)
        return self.text[start:end]

    def offsets(self, span: Span) -> tuple[int, int]:
        """From which character to which a span reaches."""
        last = len(self._starts) - 1
        if span.cell is not None or span.path != self.path or not (span.line <= span.end_line <= last):
            raise Refused("the place is not in this file")
        start = self._starts[span.line - 1] + span.column - 1
        return start, self._starts[span.end_line - 1] + span.end_column - 1

    def edit(self, change: Change) -> Edit:
        """A change as lines and columns."""
        line, end_line = bisect_right(self._starts, change.start), bisect_right(self._starts, change.end)
        column, end_column = change.start - self._starts[line - 1] + 1, change.end - self._starts[end_line - 1] + 1
        return Edit(Span(self.path, line, column, end_line, end_column), change.text)

    # --- nodes ----------------------------------------------------------------------------------------------------

    def at(self, span: Span) -> list[cst.CSTNode]:
        """The nodes in exactly this place, the innermost first; those that the name of a function or class stands
        for where it is such a name."""
        place = self.offsets(span)
        found = self._placed.get(place)
        if found is None:
            raise Refused("nothing is known at the place")
        return found[::-1]

    def definition(self, span: Span) -> cst.FunctionDef:
        """The function whose name stands at the place."""
        for nodes in self._placed.values():
            for node in nodes:
                if isinstance(node, cst.FunctionDef):
                    name = self._position.name(node)
                    if (name.line, name.column) == (span.line, span.column):
                        return node
        raise Refused("no function has its name there")

    def around(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """What the node stands in, the innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def statement(self, node: cst.CSTNode) -> Statement:
        """The statement that a node stands in, or is."""
        for each in (node, *self.around(node)):
            if isinstance(each, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
                return each
        raise Refused("the place is in no statement")

    def statement_at(self, span: Span) -> Statement:
        """The statement in which the place stands."""
        return self.statement(self.at(span)[0])

    def scope(self, node: cst.CSTNode) -> Scope:
        """The function, class or module whose names a node sees first. The decorators, defaults and bases of a
        definition belong to what is around it."""
        before = node
        for each in self.around(node):
            if isinstance(each, cst.Module) or (
                isinstance(each, (cst.FunctionDef, cst.ClassDef, cst.Lambda)) and each.body is before
            ):
                return each
            before = each
        return self.module

    # --- lines ----------------------------------------------------------------------------------------------------

    def line(self, statement: Statement) -> cst.CSTNode:
        """What stands for a statement in its block: itself, or the line where it is the only one on it."""
        if isinstance(statement, cst.BaseCompoundStatement):
            return statement
        parent = self.parents[statement]
        if not isinstance(parent, cst.SimpleStatementLine) or len(parent.body) != 1:
            raise Refused("other statements share its line")
        return parent

    def block(self, statement: Statement) -> tuple[Block, int]:
        """The block of a statement that has its lines for itself, and its number there."""
        line = self.line(statement)
        parent = self.parents[line]
        if not isinstance(parent, (cst.Module, cst.IndentedBlock)):
            raise Refused("the statement is in no block of its own")
        return parent, next(number for number, each in enumerate(parent.body) if each is line)

    def inner(self, line: cst.CSTNode) -> Statement:
        """The statement of a line of a block."""
        found = line.body[0] if isinstance(line, cst.SimpleStatementLine) else line
        assert isinstance(found, (cst.BaseSmallStatement, cst.BaseCompoundStatement))
        return found

    def whole_lines(self, statement: Statement) -> tuple[int, int]:
        """From the start of the first line of a statement to the start of the line after it, decorators and the
        comment at its end included."""
        self.line(statement)
        start, end = self.range(statement)
        for decorator in getattr(statement, "decorators", ()):
            start = min(start, self.range(decorator.decorator)[0])
        first = self.text.rfind("\n", 0, start) + 1
        after = self.text.find("\n", end)
        return first, len(self.text) if after < 0 else after + 1

    def indent(self, statement: Statement) -> str:
        """The blanks before a statement."""
        first, _ = self.whole_lines(statement)
        line = self.text[first : self.text.find("\n", first)] if "\n" in self.text[first:] else self.text[first:]
        return line[: len(line) - len(line.lstrip(" \t\f"))]

    def lines_of(self, start: int, end: int) -> Iterator[int]:
        """The starts of the lines from `start` to `end`."""
        while start < end:
            yield start
            following = self.text.find("\n", start)
            if following < 0:
                return
            start = following + 1

    def comments(self, start: int, end: int) -> int:
        """How many comments start in the text from `start` to `end`."""
        return sum(1 for place in self._comment_places() if start <= place < end)

    def _comment_places(self) -> Sequence[int]:
        if not hasattr(self, "_comments"):
            self._comments = list(_comment_starts(self.text))
        return self._comments

    def inside_strings(self) -> set[int]:
        """The starts of the lines that begin inside a string."""
        inside: set[int] = set()
        kinds = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)
        for (start, end), nodes in self._placed.items():
            if any(isinstance(node, kinds) for node in nodes):
                first = self.text.find("\n", start, end)
                if first >= 0:
                    inside.update(self.lines_of(first + 1, end))
        return inside


def still_parses(tree: Tree, changes: Sequence[Change]) -> bool:
    """Whether the file is Python after the changes: of it only the top-level statements that they touch are parsed."""
    if not changes:
        return True
    starts = [0, *(tree.whole_lines(tree.inner(line))[0] for line in tree.module.body[1:] if _has_lines(line))]
    first, last = bisect_right(starts, changes[0].start) - 1, bisect_right(starts, changes[-1].end)
    begin, end = starts[max(0, first - 1)], starts[last] if last < len(starts) else len(tree.text)
    part = tree.text[begin:end]
    for change in reversed(changes):
        part = part[: change.start - begin] + change.text + part[change.end - begin :]
    return parses(part)


def _has_lines(line: cst.CSTNode) -> bool:
    return not isinstance(line, cst.SimpleStatementLine) or len(line.body) == 1


def parses(text: str) -> bool:
    """Whether the text is Python."""
    try:
        _parse(text)
    except Refused:
        return False
    return True


def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Refused("the file cannot be parsed") from error
    if nests_too_deeply(text):
        raise Refused("the file nests too deeply")
    return tree


def _comment_starts(text: str) -> Iterator[int]:
    from freezelint.source.lexing import TOKEN

    for match in TOKEN.finditer(text):
        if match[0].startswith("#"):
            yield match.start()
