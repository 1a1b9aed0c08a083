"""Walks a LibCST tree and the `ast` tree of the same text side by side and notes which nodes are the same.

One table says, for each LibCST class, which `ast` classes may stand for it and how the children correspond. The walk
keeps its own stack, so depth is no danger. A LibCST class that the table does not know stays unpaired together with
all below it; a pair that cannot be right (`Shape`) drops the whole result, for a half-wrong map of positions is worse
than a slow one.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Union

import libcst as cst

Located = Union[ast.expr, ast.stmt, ast.arg, ast.excepthandler, ast.pattern]
Pairs = dict[int, Located]
_Stack = list[tuple[Any, Any]]
_Push = Callable[[Any, Any, _Stack], None]


class Shape(Exception):
    """The two trees do not have the same shape."""


def pair(module: cst.Module, tree: ast.Module) -> Pairs:
    """`id` of each LibCST node with its `ast` partner; empty where the trees differ in shape."""
    found: Pairs = {}
    stack: _Stack = []
    try:
        _together(_flat(module.body), tree.body, stack)
        while stack:
            node, partner = stack.pop()
            entry = _TABLE.get(type(node))
            if entry is None:
                continue
            kinds, push = entry
            if type(partner) not in kinds:
                raise Shape
            found[id(node)] = partner
            if push is not None:
                push(node, partner, stack)
    except Shape:
        return {}
    return found


def _together(nodes: Iterable[Any], partners: Sequence[Any], stack: _Stack) -> None:
    """Pushes two lists of the same length."""
    nodes = list(nodes)
    if len(nodes) != len(partners):
        raise Shape
    stack.extend(zip(nodes, partners, strict=True))


def _maybe(node: Any, partner: Any, stack: _Stack) -> None:
    """Pushes two nodes that are both there or both missing."""
    if node is None and partner is None:
        return
    if node is None or partner is None:
        raise Shape
    stack.append((node, partner))


def _flat(lines: Iterable[Any]) -> Iterator[Any]:
    """The statements of a body, those that share a line one by one."""
    for line in lines:
        if type(line) is cst.SimpleStatementLine:
            yield from line.body
        else:
            yield line


def _fields(*pairs: tuple[str, str]) -> _Push:
    """Children that correspond one to one."""

    def push(node: Any, partner: Any, stack: _Stack) -> None:
        for left, right in pairs:
            stack.append((getattr(node, left), getattr(partner, right)))

    return push


def _optional(*pairs: tuple[str, str]) -> _Push:
    """Children that correspond one to one and may be missing."""

    def push(node: Any, partner: Any, stack: _Stack) -> None:
        for left, right in pairs:
            _maybe(getattr(node, left), getattr(partner, right), stack)

    return push


# --- expressions -------------------------------------------------------------------------------------------------


def _attribute(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.value, partner.value))


def _arguments(args: Iterable[cst.Arg], values: Iterable[ast.expr], keywords: Iterable[ast.keyword],
               stack: _Stack) -> None:  # fmt: skip
    """`ast` keeps positional and named arguments in two lists, each in source order."""
    positional, named = list(values), [keyword.value for keyword in keywords]
    positional.reverse()
    named.reverse()
    for arg in args:
        queue = named if arg.keyword is not None or arg.star == "**" else positional
        if not queue:
            raise Shape
        partner = queue.pop()
        if arg.star == "*":
            if type(partner) is not ast.Starred:
                raise Shape
            partner = partner.value
        stack.append((arg.value, partner))
    if positional or named:
        raise Shape


def _call(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.func, partner.func))
    _arguments(node.args, partner.args, partner.keywords, stack)


def _subscript(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.value, partner.value))
    elements, index = node.slice, partner.slice
    single = len(elements) == 1 and not getattr(elements[0].slice, "star", None)
    if single and not isinstance(elements[0].comma, cst.Comma):
        _element(elements[0].slice, index, stack)
    elif type(index) is ast.Tuple and len(index.elts) == len(elements):
        for element, part in zip(elements, index.elts, strict=True):
            _element(element.slice, part, stack)
    else:
        raise Shape


def _element(node: Any, partner: Any, stack: _Stack) -> None:
    if type(node) is cst.Slice:
        stack.append((node, partner))
    elif node.star:
        if type(partner) is not ast.Starred:
            raise Shape
        stack.append((node.value, partner.value))
    else:
        stack.append((node.value, partner))


def _boolean(node: Any, partner: Any, stack: _Stack) -> None:
    operands = boolean_operands(node)
    _together(operands, partner.values, stack)


def boolean_operands(node: cst.BooleanOperation) -> list[cst.BaseExpression]:
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


def _comparison(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.left, partner.left))
    _together([target.comparator for target in node.comparisons], partner.comparators, stack)


def _elements(node: Any, partner: Any, stack: _Stack) -> None:
    if len(node.elements) != len(partner.elts):
        raise Shape
    for element, part in zip(node.elements, partner.elts, strict=True):
        stack.append((element if type(element) is cst.StarredElement else element.value, part))


def _dictionary(node: Any, partner: Any, stack: _Stack) -> None:
    if len(node.elements) != len(partner.keys):
        raise Shape
    for element, key, value in zip(node.elements, partner.keys, partner.values, strict=True):
        if type(element) is cst.DictElement:
            _maybe(element.key, key, stack)
        elif key is not None:
            raise Shape
        stack.append((element.value, value))


def _comprehension(node: Any, partner: Any, stack: _Stack) -> None:
    if type(node) is cst.DictComp:
        stack.append((node.key, partner.key))
        stack.append((node.value, partner.value))
    else:
        stack.append((node.elt, partner.elt))
    clause = node.for_in
    for generator in partner.generators:
        if clause is None:
            raise Shape
        stack.append((clause.target, generator.target))
        stack.append((clause.iter, generator.iter))
        _together([test.test for test in clause.ifs], generator.ifs, stack)
        clause = clause.inner_for_in
    if clause is not None:
        raise Shape


def _lambda(node: Any, partner: Any, stack: _Stack) -> None:
    _parameters(node.params, partner.args, stack)
    stack.append((node.body, partner.body))


def parameters(node: cst.Parameters) -> list[tuple[str, cst.Param]]:
    """The parameters in source order, each with its kind ("positional", "*", "keyword", "**")."""
    found = [("positional", param) for param in (*node.posonly_params, *node.params)]
    if isinstance(node.star_arg, cst.Param):
        found.append(("*", node.star_arg))
    found.extend(("keyword", param) for param in node.kwonly_params)
    if node.star_kwarg is not None:
        found.append(("**", node.star_kwarg))
    return found


def _parameters(node: cst.Parameters, partner: ast.arguments, stack: _Stack) -> None:
    plain = [*partner.posonlyargs, *partner.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(partner.defaults))
    defaults += partner.defaults
    args: list[tuple[ast.arg, ast.expr | None]] = list(zip(plain, defaults, strict=True))
    if partner.vararg is not None:
        args.append((partner.vararg, None))
    args.extend(zip(partner.kwonlyargs, partner.kw_defaults, strict=True))
    if partner.kwarg is not None:
        args.append((partner.kwarg, None))
    params = parameters(node)
    if len(params) != len(args):
        raise Shape
    for (_, param), (arg, default) in zip(params, args, strict=True):
        stack.append((param, arg))
        _maybe(param.default, default, stack)


def _parameter(node: Any, partner: Any, stack: _Stack) -> None:
    _annotation(node.annotation, partner.annotation, stack)


def _annotation(node: cst.Annotation | None, partner: ast.expr | None, stack: _Stack) -> None:
    _maybe(None if node is None else node.annotation, partner, stack)


def _yield(node: Any, partner: Any, stack: _Stack) -> None:
    delegates = type(node.value) is cst.From
    if delegates is not (type(partner) is ast.YieldFrom):
        raise Shape
    _maybe(node.value.item if delegates else node.value, partner.value, stack)


def _formatted(node: Any, partner: Any, stack: _Stack) -> None:
    """Replacement fields correspond in order; `ast` merges the literal parts, which have no position of their own."""
    fields = list(_replacement_fields(node))
    values = [part.value for part in getattr(partner, "values", ()) if type(part) is ast.FormattedValue]
    _together([field.expression for field in fields], values, stack)


def _replacement_fields(node: Any) -> Iterator[cst.FormattedStringExpression]:
    while type(node) is cst.ConcatenatedString:
        yield from _replacement_fields(node.left)
        node = node.right
    if type(node) is cst.FormattedString:
        for part in node.parts:
            if type(part) is cst.FormattedStringExpression:
                yield part


# --- statements --------------------------------------------------------------------------------------------------


def _block(node: Any, partners: Sequence[Any], stack: _Stack) -> None:
    _together(_flat(node.body), partners, stack)


def _function(node: Any, partner: Any, stack: _Stack) -> None:
    _together([decorator.decorator for decorator in node.decorators], partner.decorator_list, stack)
    _parameters(node.params, partner.args, stack)
    _annotation(node.returns, partner.returns, stack)
    _block(node.body, partner.body, stack)


def _class(node: Any, partner: Any, stack: _Stack) -> None:
    _together([decorator.decorator for decorator in node.decorators], partner.decorator_list, stack)
    _arguments((*node.bases, *node.keywords), partner.bases, partner.keywords, stack)
    _block(node.body, partner.body, stack)


def _else(node: Any, partners: Sequence[Any], stack: _Stack) -> None:
    """An `elif` is an If alone in `ast`'s orelse."""
    if node is None:
        if partners:
            raise Shape
    elif type(node) is cst.If:
        _together([node], partners, stack)
    else:
        _block(node.body, partners, stack)


def _if(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.test, partner.test))
    _block(node.body, partner.body, stack)
    _else(node.orelse, partner.orelse, stack)


def _for(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.target, partner.target))
    stack.append((node.iter, partner.iter))
    _block(node.body, partner.body, stack)
    _else(node.orelse, partner.orelse, stack)


def _with(node: Any, partner: Any, stack: _Stack) -> None:
    if len(node.items) != len(partner.items):
        raise Shape
    for item, part in zip(node.items, partner.items, strict=True):
        stack.append((item.item, part.context_expr))
        _maybe(None if item.asname is None else item.asname.name, part.optional_vars, stack)
    _block(node.body, partner.body, stack)


def _try(node: Any, partner: Any, stack: _Stack) -> None:
    _block(node.body, partner.body, stack)
    _together(node.handlers, partner.handlers, stack)
    _else(node.orelse, partner.orelse, stack)
    _else(node.finalbody, partner.finalbody, stack)


def _handler(node: Any, partner: Any, stack: _Stack) -> None:
    _maybe(node.type, partner.type, stack)
    _block(node.body, partner.body, stack)


def _match(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.subject, partner.subject))
    if len(node.cases) != len(partner.cases):
        raise Shape
    for case, part in zip(node.cases, partner.cases, strict=True):
        stack.append((case.pattern, part.pattern))
        _maybe(case.guard, part.guard, stack)
        _block(case.body, part.body, stack)


def _assign(node: Any, partner: Any, stack: _Stack) -> None:
    _together([target.target for target in node.targets], partner.targets, stack)
    stack.append((node.value, partner.value))


def _annotated(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.target, partner.target))
    _annotation(node.annotation, partner.annotation, stack)
    _maybe(node.value, partner.value, stack)


def _raise(node: Any, partner: Any, stack: _Stack) -> None:
    _maybe(node.exc, partner.exc, stack)
    _maybe(None if node.cause is None else node.cause.item, partner.cause, stack)


def delete_targets(node: cst.Del) -> list[cst.BaseExpression]:
    """What `del` deletes: a tuple without parentheses is a list of targets."""
    if isinstance(node.target, cst.Tuple) and not node.target.lpar:
        return [element.value for element in node.target.elements]
    return [node.target]


def _delete(node: Any, partner: Any, stack: _Stack) -> None:
    _together(delete_targets(node), partner.targets, stack)


# --- patterns ----------------------------------------------------------------------------------------------------


def _pattern_sequence(node: Any, partner: Any, stack: _Stack) -> None:
    parts = [part if type(part) is cst.MatchStar else part.value for part in node.patterns]
    _together(parts, partner.patterns, stack)


def _pattern_or(node: Any, partner: Any, stack: _Stack) -> None:
    _together([part.pattern for part in node.patterns], partner.patterns, stack)


def _pattern_mapping(node: Any, partner: Any, stack: _Stack) -> None:
    _together([element.key for element in node.elements], partner.keys, stack)
    _together([element.pattern for element in node.elements], partner.patterns, stack)


def _pattern_class(node: Any, partner: Any, stack: _Stack) -> None:
    stack.append((node.cls, partner.cls))
    _together([part.value for part in node.patterns], partner.patterns, stack)
    _together([part.pattern for part in node.kwds], partner.kwd_patterns, stack)


_CONSTANT = (ast.Constant,)
_STRINGS = (ast.Constant, ast.JoinedStr)

_TABLE: dict[type, tuple[tuple[type, ...], _Push | None]] = {
    cst.Name: ((ast.Name, ast.Constant), None),
    cst.Attribute: ((ast.Attribute,), _attribute),
    cst.Call: ((ast.Call,), _call),
    cst.SimpleString: (_CONSTANT, None),
    cst.Integer: (_CONSTANT, None),
    cst.Float: (_CONSTANT, None),
    cst.Imaginary: (_CONSTANT, None),
    cst.Ellipsis: (_CONSTANT, None),
    cst.ConcatenatedString: (_STRINGS, _formatted),
    cst.FormattedString: ((ast.JoinedStr,), _formatted),
    cst.Subscript: ((ast.Subscript,), _subscript),
    cst.Slice: ((ast.Slice,), _optional(("lower", "lower"), ("upper", "upper"), ("step", "step"))),
    cst.BooleanOperation: ((ast.BoolOp,), _boolean),
    cst.BinaryOperation: ((ast.BinOp,), _fields(("left", "left"), ("right", "right"))),
    cst.UnaryOperation: ((ast.UnaryOp,), _fields(("expression", "operand"))),
    cst.Comparison: ((ast.Compare,), _comparison),
    cst.IfExp: ((ast.IfExp,), _fields(("test", "test"), ("body", "body"), ("orelse", "orelse"))),
    cst.Tuple: ((ast.Tuple,), _elements),
    cst.List: ((ast.List,), _elements),
    cst.Set: ((ast.Set,), _elements),
    cst.StarredElement: ((ast.Starred,), _fields(("value", "value"))),
    cst.Dict: ((ast.Dict,), _dictionary),
    cst.ListComp: ((ast.ListComp,), _comprehension),
    cst.SetComp: ((ast.SetComp,), _comprehension),
    cst.DictComp: ((ast.DictComp,), _comprehension),
    cst.GeneratorExp: ((ast.GeneratorExp,), _comprehension),
    cst.Lambda: ((ast.Lambda,), _lambda),
    cst.Await: ((ast.Await,), _fields(("expression", "value"))),
    cst.Yield: ((ast.Yield, ast.YieldFrom), _yield),
    cst.NamedExpr: ((ast.NamedExpr,), _fields(("target", "target"), ("value", "value"))),
    cst.Param: ((ast.arg,), _parameter),
    cst.Expr: ((ast.Expr,), _fields(("value", "value"))),
    cst.Assign: ((ast.Assign,), _assign),
    cst.AnnAssign: ((ast.AnnAssign,), _annotated),
    cst.AugAssign: ((ast.AugAssign,), _fields(("target", "target"), ("value", "value"))),
    cst.Return: ((ast.Return,), _optional(("value", "value"))),
    cst.Raise: ((ast.Raise,), _raise),
    cst.Assert: ((ast.Assert,), _optional(("test", "test"), ("msg", "msg"))),
    cst.Del: ((ast.Delete,), _delete),
    cst.Import: ((ast.Import,), None),
    cst.ImportFrom: ((ast.ImportFrom,), None),
    cst.Global: ((ast.Global,), None),
    cst.Nonlocal: ((ast.Nonlocal,), None),
    cst.Pass: ((ast.Pass,), None),
    cst.Break: ((ast.Break,), None),
    cst.Continue: ((ast.Continue,), None),
    cst.FunctionDef: ((ast.FunctionDef, ast.AsyncFunctionDef), _function),
    cst.ClassDef: ((ast.ClassDef,), _class),
    cst.If: ((ast.If,), _if),
    cst.For: ((ast.For, ast.AsyncFor), _for),
    cst.While: ((ast.While,), _if),
    cst.With: ((ast.With, ast.AsyncWith), _with),
    cst.Try: ((ast.Try,), _try),
    cst.ExceptHandler: ((ast.ExceptHandler,), _handler),
    cst.ExceptStarHandler: ((ast.ExceptHandler,), _handler),
    cst.Match: ((ast.Match,), _match),
    cst.MatchValue: ((ast.MatchValue,), _fields(("value", "value"))),
    cst.MatchSingleton: ((ast.MatchSingleton,), None),
    cst.MatchList: ((ast.MatchSequence,), _pattern_sequence),
    cst.MatchTuple: ((ast.MatchSequence,), _pattern_sequence),
    cst.MatchStar: ((ast.MatchStar,), None),
    cst.MatchMapping: ((ast.MatchMapping,), _pattern_mapping),
    cst.MatchClass: ((ast.MatchClass,), _pattern_class),
    cst.MatchAs: ((ast.MatchAs,), _optional(("pattern", "pattern"))),
    cst.MatchOr: ((ast.MatchOr,), _pattern_or),
}
if hasattr(ast, "TryStar"):
    _TABLE[cst.TryStar] = ((ast.TryStar,), _try)
if hasattr(ast, "TypeAlias"):
    _TABLE[cst.TypeAlias] = ((ast.TypeAlias,), None)
