"""Lowers LibCST statements to the intermediate representation.

Positions: `at` of a simple statement is the whole statement; of `if`, `elif`, `for`, `while`, `with` and `match` the
header from its keyword to the colon; of `try` the keyword; of a function or class its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from . import ir
from .lower_cst import (
    Context,
    identifier,
    lower_arguments,
    lower_expression,
    lower_optional,
    lower_parameters,
    opaque,
)
from .lower_cst_patterns import lower_case

Statements = tuple[ir.Statement, ...]


def lower_body(lines: Iterable[cst.CSTNode], context: Context) -> Statements:
    """The statements of a module, block or one-line suite."""
    lowered: list[ir.Statement] = []
    for line in lines:
        small = line.body if isinstance(line, cst.SimpleStatementLine) else (line,)
        lowered.extend(_TABLE.get(type(node), _unknown)(node, context) for node in small)
    return tuple(lowered)


def _block(node: Any, context: Context) -> Statements:
    """The statements of an indented block or a one-line suite."""
    return lower_body(node.body, context)


def _clause(node: Any, context: Context) -> Statements:
    """The statements of an `else` or `finally`, which may be missing."""
    return () if node is None else lower_body(node.body.body, context)


def _unknown(node: cst.CSTNode, context: Context) -> ir.Statement:
    value = opaque(node, context)
    return ir.ExpressionStatement(value, value.at)


def _type_alias(node: cst.TypeAlias, context: Context) -> ir.Statement:
    # The value of a type alias is evaluated when it is asked for, so that it has no parts here.
    at = context.locate(node)
    return ir.ExpressionStatement(ir.Opaque((), at), at)


def _expression(node: cst.Expr, context: Context) -> ir.Statement:
    return ir.ExpressionStatement(lower_expression(node.value, context), context.locate(node))


def _assign(node: cst.Assign, context: Context) -> ir.Statement:
    targets = tuple(lower_expression(target.target, context) for target in node.targets)
    return ir.Assign(targets, lower_expression(node.value, context), None, context.locate(node))


def _annotated(node: cst.AnnAssign, context: Context) -> ir.Statement:
    target = lower_expression(node.target, context)
    annotation = lower_expression(node.annotation.annotation, context)
    return ir.Assign((target,), lower_optional(node.value, context), annotation, context.locate(node))


def _augmented(node: cst.AugAssign, context: Context) -> ir.Statement:
    target = lower_expression(node.target, context)
    value = lower_expression(node.value, context)
    return ir.AugmentedAssign(target, _AUGMENTED[type(node.operator)], value, context.locate(node))


def _return(node: cst.Return, context: Context) -> ir.Statement:
    return ir.Return(lower_optional(node.value, context), context.locate(node))


def _raise(node: cst.Raise, context: Context) -> ir.Statement:
    return ir.Raise(lower_optional(node.exc, context), context.locate(node))


def _assert(node: cst.Assert, context: Context) -> ir.Statement:
    return ir.Assert(lower_expression(node.test, context), context.locate(node))


def _delete(node: cst.Del, context: Context) -> ir.Statement:
    targets: list[cst.BaseExpression] = [node.target]
    if isinstance(node.target, cst.Tuple):
        targets = [element.value for element in node.target.elements]
    return ir.Delete(tuple(lower_expression(target, context) for target in targets), context.locate(node))


def _scope(node: cst.Global | cst.Nonlocal, context: Context) -> ir.Statement:
    kind = "global" if isinstance(node, cst.Global) else "nonlocal"
    names = tuple(identifier(item.name.value) for item in node.names)
    return ir.Scope(kind, names, context.locate(node))


def _jump(node: cst.BaseSmallStatement, context: Context) -> ir.Statement:
    return ir.Jump(type(node).__name__.lower(), context.locate(node))


# --- imports -----------------------------------------------------------------------------------------------------


def _import(node: cst.Import, context: Context) -> ir.Statement:
    return ir.Import(tuple(_alias(alias) for alias in node.names), context.locate(node))


def _import_from(node: cst.ImportFrom, context: Context) -> ir.Statement:
    if isinstance(node.names, cst.ImportStar):
        names: tuple[ir.ImportedName, ...] = (ir.ImportedName("*", None),)
    else:
        names = tuple(_alias(alias) for alias in node.names)
    module = "" if node.module is None else _dotted(node.module)
    return ir.ImportFrom(module, len(node.relative), names, context.locate(node))


def _alias(node: cst.ImportAlias) -> ir.ImportedName:
    bound = node.asname.name if node.asname is not None else None
    return ir.ImportedName(_dotted(node.name), identifier(bound.value) if isinstance(bound, cst.Name) else None)


def _dotted(node: cst.BaseExpression) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(identifier(node.attr.value))
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(identifier(node.value))
    return ".".join(reversed(parts))


# --- compound statements -----------------------------------------------------------------------------------------


def _if(node: cst.If, context: Context) -> ir.Statement:
    # Chains of `elif` are lowered in a loop, from the last to the first: there may be hundreds.
    chain = [node]
    while isinstance(chain[-1].orelse, cst.If):
        chain.append(chain[-1].orelse)
    orelse = _clause(chain[-1].orelse, context)
    for link in reversed(chain):
        test = lower_expression(link.test, context)
        body = _block(link.body, context)
        orelse = (ir.If(test, body, orelse, context.locate.header(link, link.test)),)
    return orelse[0]


def _for(node: cst.For, context: Context) -> ir.Statement:
    target, iterable = lower_expression(node.target, context), lower_expression(node.iter, context)
    body, orelse = _block(node.body, context), _clause(node.orelse, context)
    return ir.For(target, iterable, body, orelse, context.locate.header(node, node.iter))


def _while(node: cst.While, context: Context) -> ir.Statement:
    test = lower_expression(node.test, context)
    body, orelse = _block(node.body, context), _clause(node.orelse, context)
    return ir.While(test, body, orelse, context.locate.header(node, node.test))


def _with(node: cst.With, context: Context) -> ir.Statement:
    items = []
    for item in node.items:
        target = None if item.asname is None else item.asname.name
        items.append(ir.WithItem(lower_expression(item.item, context), lower_optional(target, context)))
    final = node.items[-1]
    last = final.item if final.asname is None else final.asname.name
    return ir.With(tuple(items), _block(node.body, context), context.locate.header(node, last))


def _try(node: cst.Try | cst.TryStar, context: Context) -> ir.Statement:
    return ir.Try(
        _block(node.body, context),
        tuple(_handler(handler, context) for handler in node.handlers),
        _clause(node.orelse, context),
        _clause(node.finalbody, context),
        context.locate.keyword(node, "try"),
    )


def _handler(node: cst.ExceptHandler | cst.ExceptStarHandler, context: Context) -> ir.Handler:
    bound = None if node.name is None else node.name.name
    name = identifier(bound.value) if isinstance(bound, cst.Name) else None
    return ir.Handler(lower_optional(node.type, context), name, _block(node.body, context))


def _match(node: cst.Match, context: Context) -> ir.Statement:
    subject = lower_expression(node.subject, context)
    cases = []
    for case in node.cases:
        pattern, names = lower_case(case.pattern, context)
        guard = lower_optional(case.guard, context)
        cases.append(ir.MatchCase(pattern, guard, names, _block(case.body, context)))
    return ir.Match(subject, tuple(cases), context.locate.header(node, node.subject))


def _function(node: cst.FunctionDef, context: Context) -> ir.Statement:
    decorators = tuple(lower_expression(item.decorator, context) for item in node.decorators)
    params = lower_parameters(node.params, context)
    returns = None if node.returns is None else lower_expression(node.returns.annotation, context)
    outer, context.yields = context.yields, False
    body = _block(node.body, context)
    yields, context.yields = context.yields, outer
    return ir.FunctionDef(
        identifier(node.name.value),
        params,
        body,
        decorators,
        returns,
        yields,
        node.asynchronous is not None,
        context.locate.name(node),
    )


def _class(node: cst.ClassDef, context: Context) -> ir.Statement:
    decorators = tuple(lower_expression(item.decorator, context) for item in node.decorators)
    bases: list[ir.Expression] = []
    keywords: list[ir.Argument] = []
    for argument in lower_arguments((*node.bases, *node.keywords), context):
        if argument.keyword is not None or argument.star == "**":
            keywords.append(argument)
        elif argument.star:
            bases.append(ir.Starred(argument.value, argument.value.at))
        else:
            bases.append(argument.value)
    body = _block(node.body, context)
    at = context.locate.name(node)
    return ir.ClassDef(identifier(node.name.value), tuple(bases), tuple(keywords), body, decorators, at)


_AUGMENTED: dict[type, str] = {
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**", cst.MatrixMultiplyAssign: "@",
    cst.BitAndAssign: "&", cst.BitOrAssign: "|", cst.BitXorAssign: "^", cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
}  # fmt: skip
_TABLE: dict[type, Callable[[Any, Context], ir.Statement]] = {
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Del: _delete,
    cst.Global: _scope,
    cst.Nonlocal: _scope,
    cst.Pass: _jump,
    cst.Break: _jump,
    cst.Continue: _jump,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.TypeAlias: _type_alias,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: _match,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
}
