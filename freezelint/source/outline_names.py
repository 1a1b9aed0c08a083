"""Finds the names that top-level statements bind in their module."""

from __future__ import annotations

import ast
import re

_PLAIN_IMPORT = re.compile(r"import[ \t]+([\w., \t]+)\Z")
_PLAIN_FROM = re.compile(r"from[ \t]+[\w. \t]+?[ \t]+import[ \t]*(?:([\w, \t]+)|\(([\w,\s]+)\)[ \t]*)\Z")
_COMMENT = re.compile(r"[ \t]*#[^\n]*")


def imported_names(text: str) -> tuple[str, ...] | None:
    """The names that one import statement binds, None where it is not a plain one."""
    if "#" in text:
        text = _COMMENT.sub("", text)
    if match := _PLAIN_IMPORT.match(text):
        return _bound_as(match[1], dotted=True)
    if match := _PLAIN_FROM.match(text):
        return _bound_as(match[1] or match[2], dotted=False)
    return None


def _bound_as(listed: str, *, dotted: bool) -> tuple[str, ...] | None:
    names = []
    for item in listed.split(","):
        match item.split():
            case []:
                continue
            case [name]:
                names.append(name.partition(".")[0] if dotted else name)
            case [_, "as", name]:
                names.append(name)
            case _:
                return None
    return tuple(dict.fromkeys(names))


def names_bound(statements: list[ast.stmt]) -> tuple[str, ...]:
    """The names bound in the scope of these statements, in source order; those of inner scopes are left out."""
    names: dict[str, None] = {}
    pending: list[ast.AST] = list(reversed(statements))
    while pending:
        node = pending.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names[node.name] = None
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Name(ctx=ast.Store()):
                names[node.id] = None
            case ast.Import():
                for alias in node.names:
                    names[alias.asname or alias.name.partition(".")[0]] = None
            case ast.ImportFrom():
                for alias in node.names:
                    names[alias.asname or alias.name] = None
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                names[name] = None
        pending.extend(reversed(list(ast.iter_child_nodes(node))))
    return tuple(names)
