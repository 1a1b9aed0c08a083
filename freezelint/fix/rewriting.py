"""Recipes that replace an expression or a statement where it stands."""

from __future__ import annotations

import libcst as cst

from freezelint.core.recipes import AddKeyword, AddParameter, Rewrite
from freezelint.core.spans import Span

from . import names, patterns
from .tree import Change, Refused, Statement, Tree


def rewrite(tree: Tree, recipe: Rewrite) -> list[Change]:
    """The first form that fits what stands at the place or around it, up to the statement."""
    (innermost, *_) = nodes = tree.at(recipe.span)
    for node in (*nodes, *tree.around(innermost)):
        for pattern, template in recipe.forms:
            if patterns.is_statement(template) and not _stands_alone(tree, node):
                continue
            bound = patterns.match(patterns.parsed(pattern), node)
            if bound is not None and not _hidden(tree, innermost, node, bound):
                return _replaced(tree, node, bound, template, recipe)
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            break
    raise Refused("the code has none of the forms that can be rewritten")


def _stands_alone(tree: Tree, node: cst.CSTNode) -> bool:
    """Whether a statement can take the place of a node."""
    return not isinstance(node, cst.BaseExpression) or isinstance(tree.parents.get(node), cst.Expr)


def _hidden(tree: Tree, place: cst.CSTNode, node: cst.CSTNode, bound: patterns.Bound) -> bool:
    """Whether the place is only a part of what a variable stands for: then the match says nothing of it."""
    if place is node:
        return False
    start, end = tree.range(place)
    for each in bound.values():
        first, last = tree.range(each) if tree.knows(each) else (0, 0)
        if first <= start and end <= last:
            return True
    return False


def _replaced(tree: Tree, node: cst.CSTNode, bound: patterns.Bound, template: str, recipe: Rewrite) -> list[Change]:
    texts, changes = filling(tree, template, recipe.imports)
    used = {name: each for name, each in bound.items() if name in patterns.variables(template)}
    statement = tree.statement(node)
    lifted = patterns.is_statement(template) and isinstance(node, cst.BaseExpression)
    target = statement if lifted else node
    texts |= names.lifted(tree, node, used) if lifted else {name: tree.source(each) for name, each in used.items()}
    text = patterns.fill(template, texts)
    start, end = tree.range(target)
    if patterns.is_block(template):
        text = as_block(tree, statement, text)
    elif isinstance(node, cst.BaseExpression) and _needs_brackets(tree, node, template):
        text = f"({text})"
    kept = sum(tree.comments(*tree.range(each)) for name, each in bound.items() if name in texts)
    if tree.comments(start, end) != kept:
        raise Refused("a comment would be lost")
    return [*changes, Change(start, end, text)]


def _needs_brackets(tree: Tree, node: cst.BaseExpression, template: str) -> bool:
    return not node.lpar and patterns.needs_brackets(template, tree.parents.get(node))


def filling(tree: Tree, template: str, imports: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], list[Change]]:
    """What a template needs beside the code that it takes up: new names, modules, builtins that are what they seem."""
    texts: dict[str, str] = {}
    changes: list[Change] = []
    modules = dict(imports)
    for name in patterns.variables(template):
        if name.startswith("new_"):
            texts[name] = names.new_name(tree, name.removeprefix("new_"))
        elif name in modules:
            texts[name], change = names.module_name(tree, modules[name])
            changes.extend([change] if change is not None else [])
    for builtin in patterns.free_names(template):
        names.refuse_bound_anew(tree, builtin)
    return texts, changes


def as_block(tree: Tree, statement: Statement, text: str) -> str:
    """A statement of several lines, indented as the statement in whose place it comes, whose lines it must have."""
    tree.block(statement)
    return indented(tree, text, tree.indent(statement)).lstrip(" \t\f")


def indented(tree: Tree, text: str, indent: str) -> str:
    """The lines of a template as the file indents its own; lines within brackets are left alone."""
    step = tree.module.default_indent
    lines = []
    for line in text.split("\n"):
        plain = line.lstrip(" ")
        levels, rest = divmod(len(line) - len(plain), 4)
        lines.append(indent + step * levels + " " * rest + plain)
    return "\n".join(lines)


# --- arguments ---------------------------------------------------------------------------------------------------


def add_keyword(tree: Tree, recipe: AddKeyword) -> list[Change]:
    """One more argument at the end, or another value for the one that is there."""
    call = call_at(tree, recipe.span)
    for argument in call.args:
        if argument.keyword is not None and argument.keyword.value == recipe.name:
            return [Change(*tree.range(argument.value), recipe.value)]
        if argument.star == "**":
            raise Refused("the call passes on arguments that are not known")
    return [_appended(tree, call, f"{recipe.name}={recipe.value}")]


def call_at(tree: Tree, span: Span) -> cst.Call:
    """The call at a place; raises `Refused` where none is."""
    for node in tree.at(span):
        if isinstance(node, cst.Call):
            return node
    raise Refused("no call stands there")


def _appended(tree: Tree, call: cst.Call, argument: str) -> Change:
    _, end = tree.range(call)
    if not call.args:
        place = end - 1
        return Change(place, place, argument)
    last = call.args[-1]
    _, after = tree.range(last.value)
    tail = tree.text[after:end]
    if "#" in tail:
        raise Refused("a comment stands in the way")
    if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
        raise Refused("a lone generator expression would need brackets")
    for _ in last.value.rpar:
        after = tree.text.index(")", after) + 1
    if not isinstance(last.comma, cst.Comma):
        return Change(after, after, f", {argument}")
    comma = tree.text.index(",", after) + 1
    if "\n" in tree.text[comma:end]:
        return Change(comma, comma, f"\n{_line_indent(tree, tree.range(last.value)[0])}{argument},")
    return Change(comma, comma, f" {argument}")


def _line_indent(tree: Tree, offset: int) -> str:
    first = tree.text.rfind("\n", 0, offset) + 1
    line = tree.text[first:offset]
    return line[: len(line) - len(line.lstrip(" \t"))]


def add_parameter(tree: Tree, recipe: AddParameter) -> list[Change]:
    """One more parameter behind the positional ones."""
    function = tree.definition(recipe.span)
    given = function.params
    if given.star_kwarg is not None or given.kwonly_params or not isinstance(given.star_arg, cst.MaybeSentinel):
        raise Refused("the parameters are not simple")
    plain = [*given.posonly_params, *given.params]
    name = recipe.text.partition("=")[0].strip()
    if not plain or any(bound == name for bound, _ in names.bindings(tree, function)):
        raise Refused("the name is in use")
    _, end = tree.range(plain[-1]) if plain[-1].default is None else tree.range(plain[-1].default)
    return [Change(end, end, f", {recipe.text}")]
