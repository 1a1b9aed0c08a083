"""Patterns with variables (`$x.requires_grad = $v`): matched against LibCST nodes, and filled in as text.

Blanks, brackets that only group, and commas do not count. Whether a filled-in template needs brackets around an
expression is not looked up in a table of precedence: the text is parsed again and must mean what was put in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import libcst as cst

from .tree import Refused

_VARIABLE = re.compile(r"\$(\w+)")
_MARK = "freezelint_variable_"
_LAYOUT = ("whitespace", "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "semicolon", "leading",
           "lines_after", "trailing", "header", "footer", "indent", "newline", "dot", "colon", "equal", "encoding",
           "default_", "has_trailing")  # fmt: skip

Bound = dict[str, cst.CSTNode]


def variables(text: str) -> list[str]:
    """The variables of a pattern or template, in order, each once."""
    return list(dict.fromkeys(_VARIABLE.findall(text)))


@lru_cache(maxsize=256)
def parsed(text: str) -> cst.CSTNode:
    """The node of a pattern: an expression, a small statement, or a compound one."""
    return _only(_VARIABLE.sub(rf"{_MARK}\1", text))


def _only(text: str) -> cst.CSTNode:
    try:
        body = cst.parse_module(text).body
    except (cst.ParserSyntaxError, cst.CSTValidationError) as error:
        raise Refused("what would be written is no Python") from error
    if len(body) != 1:
        raise Refused("what would be written is not one statement")
    (line,) = body
    if not isinstance(line, cst.SimpleStatementLine):
        return line
    if len(line.body) != 1:
        raise Refused("what would be written is not one statement")
    (statement,) = line.body
    return statement.value if isinstance(statement, cst.Expr) else statement


def match(pattern: cst.CSTNode, node: cst.CSTNode) -> Bound | None:
    """What the variables of a pattern stand for where the node fits it."""
    bound: Bound = {}
    return bound if _fits(pattern, node, bound) else None


def same(left: cst.CSTNode, right: cst.CSTNode) -> bool:
    """Whether two nodes are the same code, however it is laid out."""
    return _fits(left, right, {})


def _fits(pattern: Any, node: Any, bound: Bound) -> bool:
    if isinstance(pattern, cst.Name) and pattern.value.startswith(_MARK):
        name = pattern.value.removeprefix(_MARK)
        if not isinstance(node, cst.BaseExpression):
            return False
        known = bound.setdefault(name, node)
        return known is node or same(known, node)
    if isinstance(pattern, cst.SimpleString) and isinstance(node, cst.SimpleString):
        return pattern.evaluated_value == node.evaluated_value
    if isinstance(pattern, cst.CSTNode):
        return type(pattern) is type(node) and all(
            _fits(getattr(pattern, field), getattr(node, field), bound)
            for field in pattern.__dataclass_fields__
            if not field.startswith(_LAYOUT)
        )
    if isinstance(pattern, (list, tuple)):
        return (
            isinstance(node, (list, tuple))
            and len(pattern) == len(node)
            and all(_fits(left, right, bound) for left, right in zip(pattern, node, strict=True))
        )
    return bool(pattern == node)


def fill(template: str, texts: Mapping[str, str]) -> str:
    """The template with texts for its variables, in brackets where they are needed; raises `Refused`."""
    meant = {name: _only(f"({text})") for name, text in texts.items()}
    bare = _VARIABLE.sub(lambda found: texts[found[1]], template)
    if _means(template, bare, meant):
        return bare
    safe = {name: f"({text})" if _open(meant[name]) else text for name, text in texts.items()}
    filled = _VARIABLE.sub(lambda found: safe[found[1]], template)
    if _means(template, filled, meant):
        return filled
    raise Refused("what would be written does not mean what it should")


def _means(template: str, filled: str, meant: Mapping[str, cst.CSTNode]) -> bool:
    """Whether the filled-in text takes each variable as the one expression that it was."""
    try:
        bound = match(parsed(template), _only(filled))
    except Refused:
        return False
    return bound is not None and all(name in bound and same(meant[name], bound[name]) for name in variables(template))


def _open(node: cst.CSTNode) -> bool:
    """Whether brackets could make a difference to an expression."""
    return not isinstance(node, (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.List, cst.Dict, cst.Set))


def free_names(template: str) -> list[str]:
    """The builtins that a template calls or uses: all its names but variables, attributes and keywords."""
    found: list[str] = []
    pending: list[cst.CSTNode] = [parsed(template)]
    while pending:
        node = pending.pop()
        match node:
            case cst.Name(value=name) if not name.startswith(_MARK):
                found.append(name)
            case cst.Attribute(value=value):
                pending.append(value)
                continue
            case cst.Arg(value=value):
                pending.append(value)
                continue
            case _:
                pass
        pending.extend(node.children)
    return [name for name in dict.fromkeys(found) if name not in ("True", "False", "None")]


def is_statement(template: str) -> bool:
    """Whether a template is a statement and no expression."""
    return not isinstance(parsed(template), cst.BaseExpression)


def is_block(template: str) -> bool:
    """Whether a template is a statement of several lines."""
    return isinstance(parsed(template), cst.BaseCompoundStatement)


def needs_brackets(template: str, parent: cst.CSTNode | None) -> bool:
    """Whether an expression that takes the place of another one in `parent` is safer in brackets."""
    if isinstance(parsed(template), (cst.Call, cst.Name, cst.Attribute, cst.Subscript, cst.List, cst.ListComp)):
        return False
    plain: Sequence[type[cst.CSTNode]] = (
        cst.Expr, cst.Assign, cst.Return, cst.If, cst.While, cst.Arg, cst.CompIf, cst.Assert, cst.BooleanOperation,
    )  # fmt: skip
    return not isinstance(parent, tuple(plain))
