"""Lowers LibCST expressions to the intermediate representation, where `ast` of the running Python refuses the text.

One function per LibCST class, found through a table by type: visitors cost more than the work they would organise.
Chains of operators, which people and generators write by the hundred, are lowered in loops; other nesting recurses.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable
from typing import Any

import libcst as cst

from . import ir
from .cst_positions import Locator

_LITERALS = {"True": True, "False": False, "None": None}


class Context:
    """What lowering needs beside the node: the positions, and whether the function at hand has met a `yield`."""

    __slots__ = ("locate", "yields")

    def __init__(self, locate: Locator) -> None:
        self.locate = locate
        self.yields = False


def lower_expression(node: cst.CSTNode, context: Context) -> ir.Expression:
    """The expression that `node` stands for; `Opaque` where its class is not known."""
    return _TABLE.get(type(node), opaque)(node, context)


def lower_optional(node: cst.CSTNode | None, context: Context) -> ir.Expression | None:
    """As `lower_expression`, None staying None."""
    return None if node is None else lower_expression(node, context)


def opaque(node: cst.CSTNode, context: Context) -> ir.Opaque:
    """A node that is not understood, with the expressions just below it."""
    parts: list[ir.Expression] = []
    pending = list(reversed(node.children))
    while pending:
        child = pending.pop()
        if isinstance(child, cst.BaseExpression):
            parts.append(lower_expression(child, context))
        else:
            pending.extend(reversed(child.children))
    return ir.Opaque(tuple(parts), context.locate(node))


def identifier(text: str) -> str:
    """A name as Python sees it: identifiers are compared in normal form KC."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def lower_arguments(args: Any, context: Context) -> tuple[ir.Argument, ...]:
    """The arguments of a call or a class header, in source order."""
    lowered = []
    for arg in args:
        keyword = None if arg.keyword is None else identifier(arg.keyword.value)
        lowered.append(ir.Argument(lower_expression(arg.value, context), keyword, arg.star))
    return tuple(lowered)


def lower_parameters(node: cst.Parameters, context: Context) -> tuple[ir.Parameter, ...]:
    """The parameters of a function or lambda, in source order; each is placed from its name to its annotation."""
    return tuple(
        ir.Parameter(
            identifier(param.name.value),
            kind,
            lower_optional(param.default, context),
            None if param.annotation is None else lower_expression(param.annotation.annotation, context),
            context.locate(param),
        )
        for kind, param in _in_order(node)
    )


def _in_order(node: cst.Parameters) -> list[tuple[str, cst.Param]]:
    """The parameters in source order, each with its kind."""
    found = [("positional", param) for param in (*node.posonly_params, *node.params)]
    if isinstance(node.star_arg, cst.Param):
        found.append(("*", node.star_arg))
    found.extend(("keyword", param) for param in node.kwonly_params)
    if node.star_kwarg is not None:
        found.append(("**", node.star_kwarg))
    return found


def _name(node: cst.Name, context: Context) -> ir.Expression:
    text = node.value
    if text in _LITERALS:
        return ir.Const(_LITERALS[text], context.locate(node))
    return ir.Name(identifier(text), context.locate(node))


def _attribute(node: cst.Attribute, context: Context) -> ir.Expression:
    at = context.locate(node)
    # The node ends with the attribute's name, on one line.
    name_at = ir.Position(at.end_line, at.end_column - len(node.attr.value), at.end_line, at.end_column)
    return ir.Attribute(lower_expression(node.value, context), identifier(node.attr.value), at, name_at)


def _call(node: cst.Call, context: Context) -> ir.Expression:
    func = lower_expression(node.func, context)
    return ir.Call(func, lower_arguments(node.args, context), context.locate(node))


def _ellipsis(node: cst.Ellipsis, context: Context) -> ir.Expression:
    return ir.Const(..., context.locate(node))


def _number(node: cst.Integer | cst.Float | cst.Imaginary, context: Context) -> ir.Expression:
    at = context.locate(node)
    text = node.value
    if text.isdecimal() and len(text) < 10 and (text == "0" or text[0] != "0"):
        return ir.Const(int(text), at)
    try:
        return ir.Const(ast.literal_eval(text), at)
    except (ValueError, SyntaxError):
        # For example more digits than Python converts to an int.
        return ir.Opaque((), at)


# --- strings -----------------------------------------------------------------------------------------------------


def string_value(text: str) -> str | bytes | None:
    """The value of a string literal as written, prefix and quotes included; None where it has none."""
    if text[0] in "'\"" and "\\" not in text:
        size = 3 if text[:3] in ("'''", '"""') and len(text) >= 6 else 1
        return text[size:-size]
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError):
        return None
    return value if isinstance(value, str | bytes) else None


def _simple_string(node: cst.SimpleString, context: Context) -> ir.Expression:
    value = string_value(node.value)
    at = context.locate(node)
    return ir.Opaque((), at) if value is None else ir.literal(value, at)


def _string(node: Any, context: Context) -> ir.Expression:
    """Concatenated or formatted strings: one constant, or one formatted string with all parts in order."""
    at = context.locate(node)
    pieces = _pieces(node)
    if all(type(piece) is cst.SimpleString for piece in pieces):
        values = [string_value(piece.value) for piece in pieces]
        if all(isinstance(value, str) for value in values):
            return ir.literal("".join(values), at)  # type: ignore[arg-type]
        if all(isinstance(value, bytes) for value in values):
            return ir.Const(b"".join(values), at)  # type: ignore[arg-type]
        return ir.Opaque((), at)
    parts: list[ir.Expression] = []
    for piece in pieces:
        if type(piece) is cst.FormattedString:
            parts.extend(_formatted_parts(piece, at, context))
        elif type(piece) is cst.SimpleString:
            parts.append(ir.literal(string_value(piece.value), at))
        else:
            return opaque(node, context)
    return ir.FormattedString(tuple(parts), at)


def _pieces(node: Any) -> list[Any]:
    """The literals of an implicit concatenation in order; LibCST nests them to the right."""
    pieces = []
    while type(node) is cst.ConcatenatedString:
        pieces.append(node.left)
        node = node.right
    pieces.append(node)
    return pieces


def _formatted_parts(node: cst.FormattedString, at: ir.Position, context: Context) -> list[ir.Expression]:
    """Literal parts are placed where the whole string stands: `ast` knows no better."""
    raw = "r" in node.start.lower()
    quote = node.start.lstrip("fFrR")
    parts: list[ir.Expression] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringExpression):
            parts.append(lower_expression(part.expression, context))
        elif isinstance(part, cst.FormattedStringText):
            text = part.value.replace("{{", "{").replace("}}", "}")
            value = text if raw or "\\" not in text else string_value(quote + text + quote)
            parts.append(ir.literal(text if value is None else value, at))
    return parts


# --- operators ---------------------------------------------------------------------------------------------------


def _boolean(node: cst.BooleanOperation, context: Context) -> ir.Expression:
    op = "and" if type(node.operator) is cst.And else "or"
    operands: list[ir.Expression] = []
    for part in _boolean_operands(node):
        operand = lower_expression(part, context)
        if isinstance(operand, ir.BoolOp) and operand.op == op:
            operands.extend(operand.operands)
        else:
            operands.append(operand)
    return ir.BoolOp(op, tuple(operands), context.locate(node))


def _boolean_operands(node: cst.BooleanOperation) -> list[cst.BaseExpression]:
    """The operands of a chain of one operator, left to right; one in parentheses is an operand of its own."""
    kind = type(node.operator)
    operands = [node.right]
    left = node.left
    while type(left) is cst.BooleanOperation and type(left.operator) is kind and not left.lpar:
        operands.append(left.right)
        left = left.left
    operands.append(left)
    operands.reverse()
    return operands


def _unary(node: cst.UnaryOperation, context: Context) -> ir.Expression:
    operand = lower_expression(node.expression, context)
    return ir.Unary(_OPERATORS[type(node.operator)], operand, context.locate(node))


def _binary(node: cst.BinaryOperation, context: Context) -> ir.Expression:
    chain: list[cst.BinaryOperation] = []
    inner: cst.BaseExpression = node
    while type(inner) is cst.BinaryOperation:
        chain.append(inner)
        inner = inner.left
    left = lower_expression(inner, context)
    for link in reversed(chain):
        right = lower_expression(link.right, context)
        left = ir.Binary(_OPERATORS[type(link.operator)], left, right, context.locate(link))
    return left


def _comparison(node: cst.Comparison, context: Context) -> ir.Expression:
    left = lower_expression(node.left, context)
    ops = tuple(_OPERATORS[type(target.operator)] for target in node.comparisons)
    comparators = tuple(lower_expression(target.comparator, context) for target in node.comparisons)
    return ir.Compare(left, ops, comparators, context.locate(node))


def _conditional(node: cst.IfExp, context: Context) -> ir.Expression:
    return ir.Conditional(
        lower_expression(node.test, context),
        lower_expression(node.body, context),
        lower_expression(node.orelse, context),
        context.locate(node),
    )


# --- containers --------------------------------------------------------------------------------------------------


def _subscript(node: cst.Subscript, context: Context) -> ir.Expression:
    value = lower_expression(node.value, context)
    parts = tuple(_index(element.slice, context) for element in node.slice)
    single = len(parts) == 1 and not isinstance(node.slice[0].comma, cst.Comma)
    if single and not isinstance(parts[0], ir.Starred):
        return ir.Subscript(value, parts[0], context.locate(node))
    first, last = parts[0].at, parts[-1].at
    at = ir.Position(first.line, first.column, last.end_line, last.end_column)
    return ir.Subscript(value, ir.Sequence("tuple", parts, at), context.locate(node))


def _index(node: Any, context: Context) -> ir.Expression:
    if isinstance(node, cst.Slice):
        return ir.Slice(
            lower_optional(node.lower, context),
            lower_optional(node.upper, context),
            lower_optional(node.step, context),
            context.locate(node),
        )
    value = lower_expression(node.value, context)
    return ir.Starred(value, value.at) if node.star else value


def _sequence(node: cst.Tuple | cst.List | cst.Set, context: Context) -> ir.Expression:
    elements = tuple(
        lower_expression(element if type(element) is cst.StarredElement else element.value, context)
        for element in node.elements
    )
    return ir.Sequence(_SEQUENCES[type(node)], elements, context.locate(node))


def _starred(node: cst.StarredElement, context: Context) -> ir.Expression:
    return ir.Starred(lower_expression(node.value, context), context.locate(node))


def _dictionary(node: cst.Dict, context: Context) -> ir.Expression:
    keys: list[ir.Expression | None] = []
    values: list[ir.Expression] = []
    for element in node.elements:
        keys.append(lower_expression(element.key, context) if isinstance(element, cst.DictElement) else None)
        values.append(lower_expression(element.value, context))
    return ir.DictDisplay(tuple(keys), tuple(values), context.locate(node))


def _comprehension(node: Any, context: Context) -> ir.Expression:
    mapping = type(node) is cst.DictComp
    element = lower_expression(node.key if mapping else node.elt, context)
    value = lower_expression(node.value, context) if mapping else None
    clauses = []
    clause = node.for_in
    while clause is not None:
        target, iterable = lower_expression(clause.target, context), lower_expression(clause.iter, context)
        tests = tuple(lower_expression(test.test, context) for test in clause.ifs)
        clauses.append(ir.Clause(target, iterable, tests))
        clause = clause.inner_for_in
    return ir.Comprehension(_COMPREHENSIONS[type(node)], element, value, tuple(clauses), context.locate(node))


# --- functions ---------------------------------------------------------------------------------------------------


def _lambda(node: cst.Lambda, context: Context) -> ir.Expression:
    params = lower_parameters(node.params, context)
    outer = context.yields
    body = lower_expression(node.body, context)
    context.yields = outer  # a yield in a lambda makes the lambda the generator
    return ir.Lambda(params, body, context.locate(node))


def _await(node: cst.Await, context: Context) -> ir.Expression:
    return ir.Await(lower_expression(node.expression, context), context.locate(node))


def _yield(node: cst.Yield, context: Context) -> ir.Expression:
    context.yields = True
    if isinstance(node.value, cst.From):
        return ir.Yield(lower_expression(node.value.item, context), True, context.locate(node))
    return ir.Yield(lower_optional(node.value, context), False, context.locate(node))


def _walrus(node: cst.NamedExpr, context: Context) -> ir.Expression:
    target = lower_expression(node.target, context)
    if not isinstance(target, ir.Name):
        return opaque(node, context)
    return ir.Walrus(target, lower_expression(node.value, context), context.locate(node))


_SEQUENCES: dict[type, str] = {cst.Tuple: "tuple", cst.List: "list", cst.Set: "set"}
_COMPREHENSIONS: dict[type, str] = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.DictComp: "dict",
    cst.GeneratorExp: "generator",
}
_OPERATORS: dict[type, str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%",
    cst.Power: "**", cst.MatrixMultiply: "@", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^",
    cst.LeftShift: "<<", cst.RightShift: ">>",
    cst.Not: "not", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~",
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip
_TABLE: dict[type, Callable[[Any, Context], ir.Expression]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.SimpleString: _simple_string,
    cst.ConcatenatedString: _string,
    cst.FormattedString: _string,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Imaginary: _number,
    cst.Ellipsis: _ellipsis,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Subscript: _subscript,
    cst.Tuple: _sequence,
    cst.List: _sequence,
    cst.Set: _sequence,
    cst.StarredElement: _starred,
    cst.Dict: _dictionary,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.Lambda: _lambda,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.NamedExpr: _walrus,
}
