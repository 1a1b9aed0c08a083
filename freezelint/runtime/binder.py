"""Binds findings to the live objects they are about, by watching the statements they stand in.

While a file is loaded, the statement of each finding is put into a `with` block that notes when it begins, ends, or
raises, and the object that the statement is about is passed through a function that returns it as it is. Lines and
columns stay what they were, so tracebacks do too.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec

from freezelint.core.spans import Span

WATCH, BIND, OVERRIDE = "__freezelint_watch__", "__freezelint_bind__", "__freezelint_override__"


class Wanted(msgspec.Struct, frozen=True):
    """A place to watch for the finding of this number: its own, or with `later` that of a note.

    With `around` the loops that it stands in are watched as well: to be never reached may be the mistake itself.
    """

    number: int
    span: Span
    later: bool = False
    around: bool = False


def instrument(tree: ast.Module, text: str, wanted: Sequence[Wanted]) -> set[int]:
    """Put the statements of findings under watch; the numbers of those whose own statement was found.

    `tree` is changed; `text` is its source, by which columns in characters are told from those in bytes.
    """
    found: set[int] = set()
    lines = text.split("\n")
    for each in wanted:
        number, place = each.number, _Place(each.span, lines)
        statement, body, loop = _statement(tree, place)
        if statement is None or body is None:
            continue
        if each.later:
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                _around(statement, body, _call(WATCH, number, "later"))
            continue
        found.add(number)
        if each.around and loop is not None:
            _around(*loop, _call(WATCH, number, "around"))
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if isinstance(statement, ast.FunctionDef):
                statement.decorator_list.append(_at(_call(OVERRIDE, number), statement))
            continue
        _Binding(number, place).visit(statement)
        _around(statement, body, _call(WATCH, number))
    ast.fix_missing_locations(tree)
    return found


def _around(statement: ast.stmt, body: list[ast.stmt], context: ast.expr) -> None:
    """Put a statement into a `with` block."""
    index = next(i for i, each in enumerate(body) if each is statement)
    body[index] = _at(ast.With(items=[ast.withitem(context_expr=context)], body=[statement]), statement)


class _Place:
    """A span in the terms of `ast`: lines, and columns in bytes."""

    def __init__(self, span: Span, lines: Sequence[str]) -> None:
        self.line, self.end_line = span.line, span.end_line
        self.start = (span.line, _bytes(lines, span.line, span.column))
        self.end = (span.end_line, _bytes(lines, span.end_line, span.end_column))

    def is_at(self, node: Any) -> bool:
        """Whether a node has exactly this range."""
        return (node.lineno, node.col_offset) == self.start and (node.end_lineno, node.end_col_offset) == self.end

    def inside(self, node: Any) -> bool:
        """Whether a node lies within this range."""
        return self.start <= (node.lineno, node.col_offset) and (node.end_lineno, node.end_col_offset) <= self.end


def _bytes(lines: Sequence[str], line: int, column: int) -> int:
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return len(text[: column - 1].encode())


_InBlock: TypeAlias = tuple[ast.stmt, list[ast.stmt]]


def _statement(
    tree: ast.Module, place: _Place
) -> tuple[ast.stmt | None, list[ast.stmt] | None, _InBlock | None]:  # fmt: skip
    """The innermost statement that holds the start of a place, the block it stands in, and the outermost loop of its
    function around it, with the block of that."""
    best: tuple[ast.stmt | None, list[ast.stmt] | None, _InBlock | None] = (None, None, None)
    blocks: list[tuple[list[ast.stmt], _InBlock | None]] = [(tree.body, None)]
    while blocks:
        body, loop = blocks.pop()
        for statement in body:
            first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", ()))])
            last = statement.end_lineno or first
            if isinstance(statement, ast.With) and _is_watch(statement):
                blocks.append((statement.body, loop))
            elif first <= place.line <= last:
                if _holds_columns(statement, place):
                    best = (statement, body, loop)
                inside = loop
                if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    inside = None
                elif isinstance(statement, (ast.For, ast.While)) and loop is None:
                    inside = (statement, body)
                blocks.extend((block, inside) for block in _blocks(statement))
    if isinstance(best[0], (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)):
        return None, None, None
    return best


def _is_watch(statement: ast.With) -> bool:
    call = statement.items[0].context_expr
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == WATCH


def _holds_columns(statement: ast.stmt, place: _Place) -> bool:
    """Whether the statement is the one among several on a line."""
    start, end = (statement.lineno, statement.col_offset), (statement.end_lineno or 0, statement.end_col_offset or 0)
    if getattr(statement, "decorator_list", None):
        return True
    return start <= place.start < end or place.start < start <= place.end


def _blocks(statement: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


class _Binding(ast.NodeTransformer):
    """Passes what a finding is about through `BIND`: the value at its place, and the receiver of what is done there."""

    def __init__(self, number: int, place: _Place) -> None:
        self._number = number
        self._place = place

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.stmt):
            self._header(node)
            return node
        return self.generic_visit(node)

    def _header(self, statement: ast.stmt) -> None:
        """Only the statement's own expressions, not those of a block below it."""
        for name, value in ast.iter_fields(statement):
            if isinstance(value, ast.expr):
                setattr(statement, name, self._expression(value))
            elif isinstance(value, list):
                for index, each in enumerate(value):
                    if isinstance(each, ast.expr):
                        value[index] = self._expression(each)
                    elif isinstance(each, ast.withitem):
                        each.context_expr = self._expression(each.context_expr)

    def _expression(self, node: ast.expr) -> ast.expr:
        whole = self._place.is_at(node)
        if not whole and not _overlaps(self._place, node):
            return node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == BIND:
            # Another finding at this place: what is bound for it is bound once more, within.
            node.args[-1] = self._expression(node.args[-1])
            return node
        if isinstance(node, ast.Call) and whole:
            node.args = [e if isinstance(e, ast.Starred) else self._bound(e, "argument") for e in node.args]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (whole or self._place.inside(node)):
            _bind_owner(node.func.value, self._bound)
            node.func.value = self._bound(node.func.value, "receiver")
        elif isinstance(node, ast.Attribute) and (whole or self._place.inside(node)):
            node.value = self._bound(node.value, "receiver")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr" and node.args:
            node.args[0] = self._bound(node.args[0], "receiver")
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute):
            node.left.value = self._bound(node.left.value, "receiver")
        else:
            for name, value in ast.iter_fields(node):
                if isinstance(value, ast.expr):
                    setattr(node, name, self._expression(value))
                elif isinstance(value, list):
                    self._parts(value)
        if whole and isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            # What is negated tells more than the truth that is left of it.
            node.operand = self._bound(node.operand, "value")
            return node
        if whole and not isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
            return self._bound(node, "value")
        return node

    def _parts(self, values: list[Any]) -> None:
        for index, each in enumerate(values):
            if isinstance(each, ast.expr) and not isinstance(each, ast.Starred):
                values[index] = self._expression(each)
            elif isinstance(each, ast.comprehension):
                each.iter = self._expression(each.iter)
                self._parts(each.ifs)
            elif isinstance(each, (ast.keyword, ast.Starred)):
                each.value = self._expression(each.value)

    def _bound(self, node: ast.expr, role: str) -> ast.expr:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in (BIND, "super"):
            return node
        bound: ast.expr = _at(_call(BIND, self._number, role, node), node)
        return bound


def _bind_owner(node: ast.expr, bound: Callable[[ast.expr, str], ast.expr]) -> None:
    """Of `p.grad[2:]` and `p.data`, the parameter `p` is what matters."""
    if isinstance(node, ast.Subscript):
        _bind_owner(node.value, bound)
    elif isinstance(node, ast.Attribute) and node.attr in ("grad", "data"):
        node.value = bound(node.value, "receiver")


def _overlaps(place: _Place, node: ast.expr) -> bool:
    return (node.lineno, node.col_offset) < place.end and place.start < (node.end_lineno or 0, node.end_col_offset or 0)


def _call(name: str, number: int, role: str | None = None, node: ast.expr | None = None) -> ast.Call:
    arguments: list[ast.expr] = [ast.Constant(number)]
    if role is not None:
        arguments.append(ast.Constant(role))
    if node is not None:
        arguments.append(node)
    return ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=arguments, keywords=[])


def _at(node: Any, like: ast.AST) -> Any:
    """The node with all its new parts at the place of another one."""
    for each in ast.walk(node):
        if isinstance(each, (ast.expr, ast.stmt)) and not hasattr(each, "lineno"):
            ast.copy_location(each, like)
    return ast.copy_location(node, like)
