"""Lowers the patterns of `match` statements: the value compared with, if it is one, and the names bound."""

from __future__ import annotations

from typing import Any

import libcst as cst

from . import ir
from .lower_cst import Context, identifier, lower_expression


def lower_case(pattern: cst.MatchPattern, context: Context) -> tuple[ir.Expression | None, tuple[str, ...]]:
    """The pattern of one case as `ir.MatchCase` wants it, and the names that it binds in source order."""
    names: list[str] = []
    values: list[ir.Expression] = []
    _gather(pattern, names, values, context)
    # `case 1 as x` compares with 1, `case x` and `case _` with nothing.
    inner: Any = pattern
    while isinstance(inner, cst.MatchAs) and inner.pattern is not None:
        inner = inner.pattern
    match inner:
        case cst.MatchAs():
            return None, tuple(names)
        case cst.MatchValue() | cst.MatchSingleton():
            return values[0], tuple(names)
        case _:
            return ir.Opaque(tuple(values), context.locate(pattern)), tuple(names)


def _gather(node: Any, names: list[str], values: list[ir.Expression], context: Context) -> None:
    """Collects the names that a pattern binds and the expressions that it evaluates."""
    match node:
        case cst.MatchValue():
            values.append(lower_expression(node.value, context))
        case cst.MatchSingleton():
            constant = {"True": True, "False": False}.get(node.value.value)
            values.append(ir.Const(constant, context.locate(node)))
        case cst.MatchAs():
            if node.pattern is not None:
                _gather(node.pattern, names, values, context)
            _bind(node.name, names)
        case cst.MatchStar():
            _bind(node.name, names)
        case cst.MatchList() | cst.MatchTuple():
            for part in node.patterns:
                _gather(part if isinstance(part, cst.MatchStar) else part.value, names, values, context)
        case cst.MatchOr():
            for option in node.patterns:
                _gather(option.pattern, names, values, context)
        case cst.MatchMapping():
            for element in node.elements:
                values.append(lower_expression(element.key, context))
                _gather(element.pattern, names, values, context)
            _bind(node.rest, names)
        case cst.MatchClass():
            values.append(lower_expression(node.cls, context))
            for argument in node.patterns:
                _gather(argument.value, names, values, context)
            for keyword in node.kwds:
                _gather(keyword.pattern, names, values, context)


def _bind(name: cst.Name | None, names: list[str]) -> None:
    # The alternatives of `case A(x) | B(x)` bind the same names.
    if name is not None and (bound := identifier(name.value)) not in names:
        names.append(bound)
