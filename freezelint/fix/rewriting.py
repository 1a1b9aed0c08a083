"""Recipes that replace an expression or a statement where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from freezelint.core.recipes import AddKeyword, AddParameter, KeepTrainable, Rewrite
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
    call = _call(tree, recipe.span)
    for argument in call.args:
        if argument.keyword is not None and argument.keyword.value == recipe.name:
            return [Change(*tree.range(argument.value), recipe.value)]
        if argument.star == "**":
            raise Refused("the call passes on arguments that are not known")
    return [_appended(tree, call, f"{recipe.name}={recipe.value}")]


def _call(tree: Tree, span: Span) -> cst.Call:
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


# --- optimizers --------------------------------------------------------------------------------------------------


def keep_trainable(tree: Tree, recipe: KeepTrainable) -> list[Change]:
    """Filter what the optimizer gets; only where all of it is seen to be parameters."""
    call = _call(tree, recipe.span)
    given = [each for each in call.args if each.keyword is None or each.keyword.value == "params"]
    if not given or given[0].star:
        raise Refused("the parameters of the optimizer are not seen")
    found = list(_iterables(tree, given[0].value, call))
    if not found:
        raise Refused("the parameters of the optimizer are not seen")
    return [_filtered(tree, each) for each in found]


def _iterables(tree: Tree, node: cst.BaseExpression, place: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """The expressions in an optimizer's argument that give plain parameters; raises `Refused` where one is unclear."""
    match node:
        case cst.List(elements=elements) | cst.Tuple(elements=elements) if elements and all(
            isinstance(each, cst.Element) and isinstance(each.value, cst.Dict) for each in elements
        ):
            for element in elements:
                yield from _iterables(tree, element.value, place)
        case cst.Dict(elements=elements):
            values = [
                each.value for each in elements
                if isinstance(each, cst.DictElement) and isinstance(each.key, cst.SimpleString)
                and each.key.evaluated_value == "params"
            ]  # fmt: skip
            if len(values) != 1 or not _gives_parameters(values[0]):
                raise Refused("a parameter group is not understood")
            yield values[0]
        case _ if _gives_parameters(node):
            yield node
        case cst.Name():
            yield from _iterables(tree, _assigned(tree, node, place), node)
        case _:
            raise Refused("the parameters of the optimizer are not seen")


def _assigned(tree: Tree, name: cst.Name, place: cst.CSTNode) -> cst.BaseExpression:
    """The expression that a name in the same function stands for, where it is used for nothing else."""
    scope = tree.scope(place)
    bound = [node for each, node in names.bindings(tree, scope) if each == name.value]
    if len(bound) != 1 or not isinstance(bound[0], cst.AssignTarget) or isinstance(bound[0].target, cst.Tuple):
        raise Refused("the parameters of the optimizer are not seen")
    uses = [each for each in tree.parents if isinstance(each, cst.Name) and each.value == name.value]
    assignment = tree.parents[bound[0]]
    if len(uses) != 2 or not isinstance(assignment, cst.Assign) or isinstance(assignment.value, cst.Name):
        raise Refused("the parameters are used elsewhere too")
    return assignment.value


def _gives_parameters(node: cst.BaseExpression) -> bool:
    """Whether an expression surely gives parameters one by one, without names."""
    match node:
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="parameters")), args=args):
            return not args
        case cst.Call(func=cst.Name(value="list" | "tuple" | "set"), args=[cst.Arg(value=value)]):
            return _gives_parameters(value)
        case cst.Call(func=func, args=args) if names.dotted(func) in ("chain", "itertools.chain") and args:
            return all(not each.star and each.keyword is None and _gives_parameters(each.value) for each in args)
        case cst.BinaryOperation(left=left, operator=cst.Add(), right=right):
            return _gives_parameters(left) and _gives_parameters(right)
        case cst.List(elements=elements) | cst.Tuple(elements=elements) if elements:
            return all(isinstance(each, cst.StarredElement) and _gives_parameters(each.value) for each in elements)
        case _:
            return False


def _filtered(tree: Tree, node: cst.BaseExpression) -> Change:
    start, end = tree.range(node)
    source = tree.source(node)
    match node:
        case cst.Call(func=cst.Name(value="list" | "tuple" | "set"), args=[cst.Arg(value=value)]):
            source = tree.source(value)
        case _:
            pass
    if tree.comments(start, end):
        raise Refused("a comment would be lost")
    letter = "p" if "p" not in source.replace(".", " ").split() else names.new_name(tree, "parameter")
    text = f"[{letter} for {letter} in {source} if {letter}.requires_grad]"
    return Change(start, end, text)
