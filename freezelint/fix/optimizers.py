"""Recipes for what an optimizer is built of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from freezelint.core.recipes import AlsoHold, HoldAll, KeepTrainable
from freezelint.core.spans import Span

from . import names, patterns
from .rewriting import call_at
from .sources import TreeOf, known_as
from .tree import Change, Refused, Tree

Known = Callable[[cst.BaseExpression], bool]
_FILTERS = (
    "filter(lambda $p: $p.requires_grad, $x)",
    "[$p for $p in $x if $p.requires_grad]",
    "($p for $p in $x if $p.requires_grad)",
    "list(filter(lambda $p: $p.requires_grad, $x))",
)


def keep_trainable(tree: Tree, recipe: KeepTrainable) -> list[Change]:
    """Filter what the optimizer gets; only where all of it is seen to be parameters."""
    given, call = _given(tree, recipe.span)
    found = list(_iterables(tree, given, call, _gives_parameters))
    if not found:
        raise Refused("the parameters of the optimizer are not seen")
    return [_filtered(tree, each) for each in found]


def hold_all(tree: Tree, recipe: HoldAll) -> list[Change]:
    """Take away filters by the flag; what is not filtered stays."""
    given, call = _given(tree, recipe.span)
    found = list(_iterables(tree, given, call, lambda node: _gives_parameters(node) or _unfiltered(node) is not None))
    changes = []
    for node in found:
        all_of_them = _unfiltered(node)
        if all_of_them is not None:
            start, end = tree.range(node)
            if tree.comments(start, end):
                raise Refused("a comment would be lost")
            changes.append(Change(start, end, tree.source(all_of_them)))
    if not changes:
        raise Refused("nothing is filtered")
    return changes


def also_hold(tree: Tree, recipe: AlsoHold, tree_of: TreeOf) -> list[Change]:
    """One more group where there are groups, else more parameters."""
    given, call = _given(tree, recipe.span)
    part = known_as(tree, recipe.part, tree.statement(call), tree_of) + recipe.way
    value = _value(tree, given, call)
    match given:
        case cst.List(elements=elements) if elements:
            groups = [isinstance(each, cst.Element) and isinstance(each.value, cst.Dict) for each in elements]
            if all(groups) != any(groups):
                raise Refused("the groups are not understood")
            text = f'{{"params": {part}.parameters()}}' if all(groups) else f"*{part}.parameters()"
            _, end = tree.range(elements[-1].value)
            if isinstance(elements[-1].value, cst.Dict) or not elements[-1].value.rpar:
                return [Change(end, end, f", {text}")]
            raise Refused("the last of them stands in brackets")
        case _ if recipe.plain or _gives_parameters(value) or _unfiltered(value) is not None:
            start, end = tree.range(given)
            if isinstance(given, (cst.Tuple, cst.BinaryOperation)) or given.lpar:
                raise Refused("the parameters are not plain")
            return [Change(start, start, "[*"), Change(end, end, f", *{part}.parameters()]")]
        case _:
            raise Refused("the parameters of the optimizer are not seen")


def _value(tree: Tree, given: cst.BaseExpression, call: cst.Call) -> cst.BaseExpression:
    """The expression that a name stands for which is bound once; any other as it is."""
    if not isinstance(given, cst.Name):
        return given
    bound = [node for each, node in names.bindings(tree, tree.scope(call)) if each == given.value]
    assignment = tree.parents[bound[0]] if len(bound) == 1 and isinstance(bound[0], cst.AssignTarget) else None
    return assignment.value if isinstance(assignment, cst.Assign) and len(assignment.targets) == 1 else given


def _given(tree: Tree, span: Span) -> tuple[cst.BaseExpression, cst.Call]:
    """What an optimizer is built of."""
    call = call_at(tree, span)
    given = [each for each in call.args if each.keyword is None or each.keyword.value == "params"]
    if not given or given[0].star:
        raise Refused("the parameters of the optimizer are not seen")
    return given[0].value, call


def _unfiltered(node: cst.BaseExpression) -> cst.BaseExpression | None:
    """The parameters of which a filter takes those that require a gradient."""
    for pattern in _FILTERS:
        bound = patterns.match(patterns.parsed(pattern), node)
        if bound is not None:
            found = bound["x"]
            assert isinstance(found, cst.BaseExpression)
            return found if _gives_parameters(found) else None
    return None


def _iterables(tree: Tree, node: cst.BaseExpression, place: cst.CSTNode, known: Known) -> Iterator[cst.BaseExpression]:
    """The expressions in an optimizer's argument that give plain parameters; raises `Refused` where one is unclear."""
    match node:
        case cst.List(elements=elements) | cst.Tuple(elements=elements) if elements and all(
            isinstance(each, cst.Element) and isinstance(each.value, cst.Dict) for each in elements
        ):
            for element in elements:
                yield from _iterables(tree, element.value, place, known)
        case cst.Dict(elements=elements):
            values = [
                each.value for each in elements
                if isinstance(each, cst.DictElement) and isinstance(each.key, cst.SimpleString)
                and each.key.evaluated_value == "params"
            ]  # fmt: skip
            if len(values) != 1 or not known(values[0]):
                raise Refused("a parameter group is not understood")
            yield values[0]
        case _ if known(node):
            yield node
        case cst.Name():
            yield from _iterables(tree, _assigned(tree, node, place), node, known)
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
