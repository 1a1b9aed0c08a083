"""Lowers `ast` trees to the intermediate representation: the usual way, where the running Python can parse the text.

One function per class of node, found through a table by type. Columns, which `ast` counts in UTF-8 bytes, become
columns in characters. Chains of binary operators and of `elif` are lowered in loops; other nesting recurses.
Expressions are in this module, statements in `lower_ast_statements`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from itertools import chain, repeat
from typing import Any

from . import ir


class Context:
    """What lowering needs beside the node: the lines, and whether the function at hand has met a `yield`."""

    __slots__ = ("_columns", "_plain", "_shift", "lines", "yields")

    def __init__(self, text: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.yields = False
        self._shift = first_line - 1
        self._plain = text.isascii()
        self._columns: dict[int, list[int] | None] = {}

    def at(self, node: Any) -> ir.Position:
        """Where a node stands."""
        if self._plain:
            shift = self._shift
            return ir.Position(
                node.lineno + shift, node.col_offset + 1, node.end_lineno + shift, node.end_col_offset + 1
            )
        return self.between(node, node)

    def between(self, first: Any, last: Any) -> ir.Position:
        """From the start of one node to the end of another."""
        return self.position(
            first.lineno,
            self.column(first.lineno, first.col_offset),
            last.end_lineno,
            self.column(last.end_lineno, last.end_col_offset),
        )

    def position(self, line: int, column: int, end_line: int, end_column: int) -> ir.Position:
        """A position from lines of the text, counted from 1, and columns in characters, from 0."""
        return ir.Position(line + self._shift, column + 1, end_line + self._shift, end_column + 1)

    def column(self, line: int, offset: int) -> int:
        """The column in characters of a column in UTF-8 bytes, both from 0."""
        if self._plain:
            return offset
        if line not in self._columns:
            text = self.lines[line - 1]
            self._columns[line] = None if text.isascii() else _character_columns(text)
        table = self._columns[line]
        return offset if table is None else table[min(offset, len(table) - 1)]


def _character_columns(line: str) -> list[int]:
    """For each byte of `line` in UTF-8 the index of its character, and the length for the end."""
    widths = (1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4 for char in line)
    table = list(chain.from_iterable(repeat(index, width) for index, width in enumerate(widths)))
    table.append(len(line))
    return table


def lower_expression(node: ast.expr, context: Context) -> ir.Expression:
    """The expression that `node` stands for; `Opaque` where its class is not known."""
    return _TABLE.get(type(node), opaque)(node, context)


def lower_optional(node: ast.expr | None, context: Context) -> ir.Expression | None:
    """As `lower_expression`, None staying None."""
    return None if node is None else lower_expression(node, context)


def lower_all(nodes: Iterable[ast.expr], context: Context) -> tuple[ir.Expression, ...]:
    """The expressions in order."""
    table = _TABLE
    return tuple([table.get(type(node), opaque)(node, context) for node in nodes])


def opaque(node: Any, context: Context) -> ir.Opaque:
    """A node that is not understood, with the expressions just below it."""
    parts: list[ir.Expression] = []
    pending = list(reversed(list(ast.iter_child_nodes(node))))
    while pending:
        child = pending.pop()
        if isinstance(child, ast.expr):
            parts.append(lower_expression(child, context))
        else:
            pending.extend(reversed(list(ast.iter_child_nodes(child))))
    return ir.Opaque(tuple(parts), context.at(node))


def lower_arguments(args: list[ast.expr], keywords: list[ast.keyword], context: Context) -> tuple[ir.Argument, ...]:
    """The arguments of a call or a class header, in source order."""
    lowered = [
        ir.Argument(lower_expression(arg.value, context), None, "*")
        if type(arg) is ast.Starred
        else ir.Argument(lower_expression(arg, context))
        for arg in args
    ]
    if not keywords:
        return tuple(lowered)
    lowered.extend(
        ir.Argument(lower_expression(each.value, context), each.arg, "**" if each.arg is None else "")
        for each in keywords
    )
    if args and _start(keywords[0].value) < _start(args[-1]):
        # `f(a=1, *rest)`: rare, and the order matters.
        places = [_start(arg) for arg in args] + [_start(each.value) for each in keywords]
        lowered = [lowered[index] for index in sorted(range(len(lowered)), key=places.__getitem__)]
    return tuple(lowered)


def _start(node: ast.expr) -> tuple[int, int]:
    return (node.lineno, node.col_offset)


def lower_parameters(node: ast.arguments, context: Context) -> tuple[ir.Parameter, ...]:
    """The parameters of a function or lambda, in source order; each is placed from its name to its annotation."""
    found: list[ir.Parameter] = []

    def add(param: ast.arg, kind: str, default: ast.expr | None) -> None:
        annotation = lower_optional(param.annotation, context)
        found.append(ir.Parameter(param.arg, kind, lower_optional(default, context), annotation, context.at(param)))

    positional = [*node.posonlyargs, *node.args]
    bare = len(positional) - len(node.defaults)
    for index, param in enumerate(positional):
        add(param, "positional", node.defaults[index - bare] if index >= bare else None)
    if node.vararg is not None:
        add(node.vararg, "*", None)
    for param, default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        add(param, "keyword", default)
    if node.kwarg is not None:
        add(node.kwarg, "**", None)
    return tuple(found)


def _name(node: ast.Name, context: Context) -> ir.Expression:
    return ir.Name(node.id, context.at(node))


def _constant(node: ast.Constant, context: Context) -> ir.Expression:
    return ir.literal(node.value, context.at(node))


def _attribute(node: ast.Attribute, context: Context) -> ir.Expression:
    at = context.at(node)
    # The node ends with the attribute's name, on one line; in another normal form the name may have another length.
    start = at.end_column - len(node.attr) if node.attr.isascii() else at.end_column - _written(node, at, context)
    name_at = ir.Position(at.end_line, start, at.end_line, at.end_column)
    return ir.Attribute(lower_expression(node.value, context), node.attr, at, name_at)


def _written(node: ast.Attribute, at: ir.Position, context: Context) -> int:
    before = context.lines[(node.end_lineno or 1) - 1][: at.end_column - 1]
    return len(before) - max(before.rfind(mark) for mark in ". \t") - 1


def _call(node: ast.Call, context: Context) -> ir.Expression:
    func = lower_expression(node.func, context)
    return ir.Call(func, lower_arguments(node.args, node.keywords, context), context.at(node))


def _formatted(node: ast.JoinedStr, context: Context) -> ir.Expression:
    at = context.at(node)
    parts: list[ir.Expression] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append(lower_expression(part.value, context))
        elif isinstance(part, ast.Constant):
            # Literal parts are placed where the whole string stands, whatever the version of Python makes of them.
            parts.append(ir.literal(part.value, at))
    return ir.FormattedString(tuple(parts), at)


# --- operators ---------------------------------------------------------------------------------------------------


def _boolean(node: ast.BoolOp, context: Context) -> ir.Expression:
    op = "and" if type(node.op) is ast.And else "or"
    operands: list[ir.Expression] = []
    for operand in lower_all(node.values, context):
        if isinstance(operand, ir.BoolOp) and operand.op == op:
            operands.extend(operand.operands)
        else:
            operands.append(operand)
    return ir.BoolOp(op, tuple(operands), context.at(node))


def _unary(node: ast.UnaryOp, context: Context) -> ir.Expression:
    return ir.Unary(OPERATORS[type(node.op)], lower_expression(node.operand, context), context.at(node))


def _binary(node: ast.BinOp, context: Context) -> ir.Expression:
    links: list[ast.BinOp] = []
    inner: ast.expr = node
    while type(inner) is ast.BinOp:
        links.append(inner)
        inner = inner.left
    left = lower_expression(inner, context)
    for link in reversed(links):
        right = lower_expression(link.right, context)
        left = ir.Binary(OPERATORS[type(link.op)], left, right, context.at(link))
    return left


def _comparison(node: ast.Compare, context: Context) -> ir.Expression:
    left = lower_expression(node.left, context)
    ops = tuple(OPERATORS[type(op)] for op in node.ops)
    return ir.Compare(left, ops, lower_all(node.comparators, context), context.at(node))


def _conditional(node: ast.IfExp, context: Context) -> ir.Expression:
    test, body = lower_expression(node.test, context), lower_expression(node.body, context)
    return ir.Conditional(test, body, lower_expression(node.orelse, context), context.at(node))


# --- containers --------------------------------------------------------------------------------------------------


def _subscript(node: ast.Subscript, context: Context) -> ir.Expression:
    value = lower_expression(node.value, context)
    return ir.Subscript(value, lower_expression(node.slice, context), context.at(node))


def _slice(node: ast.Slice, context: Context) -> ir.Expression:
    lower, upper = lower_optional(node.lower, context), lower_optional(node.upper, context)
    return ir.Slice(lower, upper, lower_optional(node.step, context), context.at(node))


def _tuple(node: ast.Tuple, context: Context) -> ir.Expression:
    return ir.Sequence("tuple", lower_all(node.elts, context), context.at(node))


def _list(node: ast.List, context: Context) -> ir.Expression:
    return ir.Sequence("list", lower_all(node.elts, context), context.at(node))


def _set(node: ast.Set, context: Context) -> ir.Expression:
    return ir.Sequence("set", lower_all(node.elts, context), context.at(node))


def _starred(node: ast.Starred, context: Context) -> ir.Expression:
    return ir.Starred(lower_expression(node.value, context), context.at(node))


def _dictionary(node: ast.Dict, context: Context) -> ir.Expression:
    keys = tuple(lower_optional(key, context) for key in node.keys)
    return ir.DictDisplay(keys, lower_all(node.values, context), context.at(node))


def _comprehension(node: Any, context: Context) -> ir.Expression:
    mapping = type(node) is ast.DictComp
    element = lower_expression(node.key if mapping else node.elt, context)
    value = lower_expression(node.value, context) if mapping else None
    clauses = tuple(
        ir.Clause(
            lower_expression(each.target, context),
            lower_expression(each.iter, context),
            lower_all(each.ifs, context),
        )
        for each in node.generators
    )
    return ir.Comprehension(_COMPREHENSIONS[type(node)], element, value, clauses, context.at(node))


# --- functions ---------------------------------------------------------------------------------------------------


def _lambda(node: ast.Lambda, context: Context) -> ir.Expression:
    params = lower_parameters(node.args, context)
    outer = context.yields
    body = lower_expression(node.body, context)
    context.yields = outer  # a yield in a lambda makes the lambda the generator
    return ir.Lambda(params, body, context.at(node))


def _await(node: ast.Await, context: Context) -> ir.Expression:
    return ir.Await(lower_expression(node.value, context), context.at(node))


def _yield(node: ast.Yield, context: Context) -> ir.Expression:
    context.yields = True
    return ir.Yield(lower_optional(node.value, context), False, context.at(node))


def _yield_from(node: ast.YieldFrom, context: Context) -> ir.Expression:
    context.yields = True
    return ir.Yield(lower_expression(node.value, context), True, context.at(node))


def _walrus(node: ast.NamedExpr, context: Context) -> ir.Expression:
    target = ir.Name(node.target.id, context.at(node.target))
    return ir.Walrus(target, lower_expression(node.value, context), context.at(node))


_COMPREHENSIONS: dict[type, str] = {
    ast.ListComp: "list", ast.SetComp: "set", ast.DictComp: "dict", ast.GeneratorExp: "generator",
}  # fmt: skip
OPERATORS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_TABLE: dict[type, Callable[[Any, Context], ir.Expression]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.JoinedStr: _formatted,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _comparison,
    ast.IfExp: _conditional,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _set,
    ast.Starred: _starred,
    ast.Dict: _dictionary,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Lambda: _lambda,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.NamedExpr: _walrus,
}
