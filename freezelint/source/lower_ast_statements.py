"""Lowers `ast` statements and patterns to the intermediate representation.

Positions: `at` of a simple statement is the whole statement; of `if`, `elif`, `for`, `while`, `with` and `match` the
header from its keyword to the colon; of `try` the keyword; of a function or class its name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from . import ir
from .lower_ast import (
    OPERATORS,
    Context,
    lower_all,
    lower_arguments,
    lower_expression,
    lower_optional,
    lower_parameters,
    opaque,
)

Statements = tuple[ir.Statement, ...]

_DEFINITION = re.compile(r"(?:async[ \t\f]+)?(?:def|class)[ \t\f]+(\w+)")
_CLOSERS = re.compile(r"(?:[ \t\f]*\))+")


def lower_tree(tree: ast.Module, text: str, *, first_line: int = 1) -> Statements:
    """The statements of a module whose text is `text`, lines counted from `first_line`."""
    return _block(tree.body, Context(text, first_line))


def _block(body: list[ast.stmt], context: Context) -> Statements:
    table = _TABLE
    return tuple([table.get(type(node), _unknown)(node, context) for node in body])


def _header(node: ast.stmt, last: ast.expr, context: Context) -> ir.Position:
    """From the start of a compound statement to the end of the last expression before its colon, with the
    parentheses that close behind it on the same line."""
    end_line = last.end_lineno or last.lineno
    end = context.column(end_line, last.end_col_offset or 0)
    closers = _CLOSERS.match(context.lines[end_line - 1], end)
    start = context.column(node.lineno, node.col_offset)
    return context.position(node.lineno, start, end_line, closers.end() if closers else end)


def _name_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, context: Context) -> ir.Position:
    start = context.column(node.lineno, node.col_offset)
    found = _DEFINITION.match(context.lines[node.lineno - 1], start)
    if found is not None:
        return context.position(node.lineno, found.start(1), node.lineno, found.end(1))
    # The name stands on a line of its own, behind a backslash.
    for number in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1):
        line = context.lines[number - 1]
        if node.name in line:
            column = line.index(node.name)
            return context.position(number, column, number, column + len(node.name))
    return context.position(node.lineno, start, node.lineno, start)


def _unknown(node: ast.stmt, context: Context) -> ir.Statement:
    value = opaque(node, context)
    return ir.ExpressionStatement(value, value.at)


def _type_alias(node: ast.stmt, context: Context) -> ir.Statement:
    # The value of a type alias is evaluated when it is asked for, so that it has no parts here.
    at = context.at(node)
    return ir.ExpressionStatement(ir.Opaque((), at), at)


def _expression(node: ast.Expr, context: Context) -> ir.Statement:
    return ir.ExpressionStatement(lower_expression(node.value, context), context.at(node))


def _assign(node: ast.Assign, context: Context) -> ir.Statement:
    targets = lower_all(node.targets, context)
    return ir.Assign(targets, lower_expression(node.value, context), None, context.at(node))


def _annotated(node: ast.AnnAssign, context: Context) -> ir.Statement:
    target, annotation = lower_expression(node.target, context), lower_expression(node.annotation, context)
    return ir.Assign((target,), lower_optional(node.value, context), annotation, context.at(node))


def _augmented(node: ast.AugAssign, context: Context) -> ir.Statement:
    target, value = lower_expression(node.target, context), lower_expression(node.value, context)
    return ir.AugmentedAssign(target, OPERATORS[type(node.op)], value, context.at(node))


def _return(node: ast.Return, context: Context) -> ir.Statement:
    return ir.Return(lower_optional(node.value, context), context.at(node))


def _raise(node: ast.Raise, context: Context) -> ir.Statement:
    return ir.Raise(lower_optional(node.exc, context), context.at(node))


def _assert(node: ast.Assert, context: Context) -> ir.Statement:
    return ir.Assert(lower_expression(node.test, context), context.at(node))


def _delete(node: ast.Delete, context: Context) -> ir.Statement:
    targets: list[ast.expr] = list(node.targets)
    if len(targets) == 1 and isinstance(targets[0], ast.Tuple):
        # `del (a, b)` deletes both, as `del a, b` does.
        targets = list(targets[0].elts)
    return ir.Delete(lower_all(targets, context), context.at(node))


def _global(node: ast.Global, context: Context) -> ir.Statement:
    return ir.Scope("global", tuple(node.names), context.at(node))


def _nonlocal(node: ast.Nonlocal, context: Context) -> ir.Statement:
    return ir.Scope("nonlocal", tuple(node.names), context.at(node))


def _jump(node: ast.stmt, context: Context) -> ir.Statement:
    return ir.Jump(type(node).__name__.lower(), context.at(node))


def _import(node: ast.Import, context: Context) -> ir.Statement:
    return ir.Import(_aliases(node.names), context.at(node))


def _import_from(node: ast.ImportFrom, context: Context) -> ir.Statement:
    return ir.ImportFrom(node.module or "", node.level, _aliases(node.names), context.at(node))


def _aliases(names: list[ast.alias]) -> tuple[ir.ImportedName, ...]:
    return tuple(ir.ImportedName(each.name, each.asname) for each in names)


# --- compound statements -----------------------------------------------------------------------------------------


def _if(node: ast.If, context: Context) -> ir.Statement:
    # Chains of `elif` are lowered in a loop, from the last to the first: there may be hundreds.
    chain = [node]
    while len(chain[-1].orelse) == 1 and type(following := chain[-1].orelse[0]) is ast.If:
        chain.append(following)
    orelse = _block(chain[-1].orelse, context)
    for link in reversed(chain):
        test, body = lower_expression(link.test, context), _block(link.body, context)
        orelse = (ir.If(test, body, orelse, _header(link, link.test, context)),)
    return orelse[0]


def _for(node: ast.For | ast.AsyncFor, context: Context) -> ir.Statement:
    target, iterable = lower_expression(node.target, context), lower_expression(node.iter, context)
    body, orelse = _block(node.body, context), _block(node.orelse, context)
    return ir.For(target, iterable, body, orelse, _header(node, node.iter, context))


def _while(node: ast.While, context: Context) -> ir.Statement:
    test = lower_expression(node.test, context)
    body, orelse = _block(node.body, context), _block(node.orelse, context)
    return ir.While(test, body, orelse, _header(node, node.test, context))


def _with(node: ast.With | ast.AsyncWith, context: Context) -> ir.Statement:
    items = tuple(
        ir.WithItem(lower_expression(item.context_expr, context), lower_optional(item.optional_vars, context))
        for item in node.items
    )
    final = node.items[-1]
    last = final.optional_vars if final.optional_vars is not None else final.context_expr
    return ir.With(items, _block(node.body, context), _header(node, last, context))


def _try(node: Any, context: Context) -> ir.Statement:
    start = context.column(node.lineno, node.col_offset)
    return ir.Try(
        _block(node.body, context),
        tuple(
            ir.Handler(lower_optional(each.type, context), each.name, _block(each.body, context))
            for each in node.handlers
        ),
        _block(node.orelse, context),
        _block(node.finalbody, context),
        context.position(node.lineno, start, node.lineno, start + len("try")),
    )


def _match(node: ast.Match, context: Context) -> ir.Statement:
    subject = lower_expression(node.subject, context)
    cases = []
    for case in node.cases:
        pattern, names = _case(case.pattern, context)
        guard = lower_optional(case.guard, context)
        cases.append(ir.MatchCase(pattern, guard, names, _block(case.body, context)))
    return ir.Match(subject, tuple(cases), _header(node, node.subject, context))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> ir.Statement:
    decorators = lower_all(node.decorator_list, context)
    params = lower_parameters(node.args, context)
    returns = lower_optional(node.returns, context)
    outer, context.yields = context.yields, False
    body = _block(node.body, context)
    yields, context.yields = context.yields, outer
    is_async = type(node) is ast.AsyncFunctionDef
    return ir.FunctionDef(node.name, params, body, decorators, returns, yields, is_async, _name_of(node, context))


def _class(node: ast.ClassDef, context: Context) -> ir.Statement:
    decorators = lower_all(node.decorator_list, context)
    bases: list[ir.Expression] = []
    keywords: list[ir.Argument] = []
    for argument in lower_arguments(node.bases, node.keywords, context):
        if argument.keyword is not None or argument.star == "**":
            keywords.append(argument)
        elif argument.star:
            bases.append(ir.Starred(argument.value, argument.value.at))
        else:
            bases.append(argument.value)
    body = _block(node.body, context)
    return ir.ClassDef(node.name, tuple(bases), tuple(keywords), body, decorators, _name_of(node, context))


# --- patterns ----------------------------------------------------------------------------------------------------


def _case(pattern: ast.pattern, context: Context) -> tuple[ir.Expression | None, tuple[str, ...]]:
    """The pattern of one case as `ir.MatchCase` wants it, and the names that it binds in source order."""
    names: list[str] = []
    values: list[ir.Expression] = []
    _gather(pattern, names, values, context)
    # `case 1 as x` compares with 1, `case x` and `case _` with nothing.
    inner = pattern
    while isinstance(inner, ast.MatchAs) and inner.pattern is not None:
        inner = inner.pattern
    match inner:
        case ast.MatchAs():
            return None, tuple(names)
        case ast.MatchValue() | ast.MatchSingleton():
            return values[0], tuple(names)
        case _:
            return ir.Opaque(tuple(values), context.at(pattern)), tuple(names)


def _gather(node: ast.pattern, names: list[str], values: list[ir.Expression], context: Context) -> None:
    """Collects the names that a pattern binds and the expressions that it evaluates."""
    bound: str | None = None
    match node:
        case ast.MatchValue():
            values.append(lower_expression(node.value, context))
        case ast.MatchSingleton():
            values.append(ir.Const(node.value, context.at(node)))
        case ast.MatchAs():
            if node.pattern is not None:
                _gather(node.pattern, names, values, context)
            bound = node.name
        case ast.MatchStar():
            bound = node.name
        case ast.MatchSequence() | ast.MatchOr():
            for part in node.patterns:
                _gather(part, names, values, context)
        case ast.MatchMapping():
            for key, part in zip(node.keys, node.patterns, strict=True):
                values.append(lower_expression(key, context))
                _gather(part, names, values, context)
            bound = node.rest
        case ast.MatchClass():
            values.append(lower_expression(node.cls, context))
            for part in (*node.patterns, *node.kwd_patterns):
                _gather(part, names, values, context)
    # The alternatives of `case A(x) | B(x)` bind the same names.
    if bound is not None and bound not in names:
        names.append(bound)


_TABLE: dict[type, Callable[[Any, Context], ir.Statement]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Delete: _delete,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.Pass: _jump,
    ast.Break: _jump,
    ast.Continue: _jump,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Match: _match,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
}
# Statements that the running Python may be too old to know.
for _class_name, _lower in (("TryStar", _try), ("TypeAlias", _type_alias)):
    if hasattr(ast, _class_name):
        _TABLE[getattr(ast, _class_name)] = _lower
