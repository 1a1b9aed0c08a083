"""Recipes that add, move, remove or enclose whole statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from freezelint.core.recipes import (
    Delete,
    Insert,
    MoveAfter,
    NameOf,
    ReturnSelf,
)

from . import names, patterns
from .rewriting import filling, indented
from .sources import TreeOf, known_as, loop_around
from .tree import Change, Refused, Statement, Tree

_LOOPS = (cst.For, cst.While)


def insert(tree: Tree, recipe: Insert, tree_of: TreeOf) -> list[Change]:
    """New statements on lines of their own."""
    anchor: Statement = tree.statement_at(recipe.anchor)
    if recipe.after_loop:
        anchor = loop_around(tree, anchor)
    if recipe.beside is not None:
        anchor = _in_common_loop(tree, anchor, tree.statement_at(recipe.beside))
    texts, changes = filling(tree, recipe.template, recipe.imports)
    made = [source for _, source in recipe.given if isinstance(source, NameOf)]
    guarded = False
    for span in recipe.once:
        place = tree_of(span.path).statement_at(span)
        if span == recipe.anchor:
            place = _innermost_loop(tree, anchor) if recipe.each else anchor
        guarded = _refuse_repetition(tree_of(span.path), place, made, guarded=guarded)
    if not recipe.before and isinstance(anchor, (cst.Return, cst.Raise, cst.Break, cst.Continue)):
        raise Refused("nothing behind the statement is reached")
    for name, source in recipe.given:
        texts[name] = known_as(tree, source, anchor, tree_of)
    text = patterns.fill(recipe.template, texts)
    tree.block(anchor)
    first, last = tree.whole_lines(anchor)
    lines = indented(tree, text, tree.indent(anchor)) + "\n"
    if recipe.before:
        return [*changes, Change(first, first, lines)]
    if _stands_behind(tree, anchor, text):
        raise Refused("it is there already")
    return [*changes, _below(tree, last, lines)]


def _below(tree: Tree, place: int, lines: str) -> Change:
    """The lines put in at a place where a line starts, or at the end of a file whose last line has no end."""
    if place == len(tree.text) and tree.text and not tree.text.endswith("\n"):
        return Change(place, place, "\n" + lines.removesuffix("\n"))
    return Change(place, place, lines)


def _stands_behind(tree: Tree, anchor: Statement, text: str) -> bool:
    block, number = tree.block(anchor)
    if number + 1 == len(block.body):
        return False
    following = tree.inner(block.body[number + 1])
    return tree.source(following) == text


def _innermost_loop(tree: Tree, statement: Statement) -> Statement:
    for node in tree.around(statement):
        if isinstance(node, (cst.For, cst.FunctionDef)):
            break
    return node if isinstance(node, cst.For) else statement


def _in_common_loop(tree: Tree, statement: Statement, other: Statement) -> Statement:
    """The start of the body of the innermost loop that holds both; where the other comes first there, the statement of
    the body that is or holds the first."""
    shared = [node for node in tree.around(other) if isinstance(node, _LOOPS)]
    before = statement
    for node in tree.around(statement):
        if isinstance(node, cst.FunctionDef):
            break
        if isinstance(node, _LOOPS) and node in shared:
            if tree.parents[tree.line(before)] is not node.body:
                break
            return tree.inner(node.body.body[0]) if tree.range(other)[0] > tree.range(before)[1] else before
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            before = node
    raise Refused("no loop holds both places")


def _refuse_repetition(tree: Tree, statement: Statement, made: list[NameOf], *, guarded: bool) -> bool:
    """Raise `Refused` where a loop may come by more than once: only `if x == value` helps, with a counter against all
    loops and with the variable of a loop against that one, and where the loop makes what is changed anew each time.
    Whether a counter guards it."""
    tests: list[cst.BaseExpression] = []
    for node in tree.around(statement):
        match node:
            case cst.If(test=test):
                tests.extend(_equalities(test))
            case cst.For() | cst.While():
                bound = set(names.targets(node.target)) if isinstance(node, cst.For) else set()
                own = [test for test in tests if names.dotted(test) in bound]
                guarded = guarded or any(not _is_loop_variable(tree, test, statement) for test in tests)
                anew = any(
                    source.span.path == tree.path and node in tree.around(tree.at(source.span)[0]) for source in made
                )
                if not (own or guarded or anew):
                    raise Refused("it may happen more than once")
            case cst.FunctionDef():
                break
            case _:
                pass
    return guarded or any(not _is_loop_variable(tree, test, statement) for test in tests)


def _is_loop_variable(tree: Tree, test: cst.BaseExpression, place: cst.CSTNode) -> bool:
    """Whether a loop around a place, in the same function, gives the name its values."""
    for node in (place, *tree.around(place)):
        if isinstance(node, cst.FunctionDef):
            break
        if isinstance(node, cst.For) and names.dotted(test) in names.targets(node.target):
            return True
    return False


def _equalities(test: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """What a condition compares with a plain value: `epoch == 3`, but not `step % 100 == 0`."""
    match test:
        case cst.BooleanOperation(left=left, operator=cst.And(), right=right):
            yield from _equalities(left)
            yield from _equalities(right)
        case cst.Comparison(left=left, comparisons=[cst.ComparisonTarget(operator=cst.Equal(), comparator=right)]):
            if all(isinstance(each, (cst.Name, cst.Attribute, cst.Integer)) for each in (left, right)):
                yield left if not isinstance(left, cst.Integer) else right
        case _:
            return


# --- moving ------------------------------------------------------------------------------------------------------


def move_after(tree: Tree, recipe: MoveAfter) -> list[Change]:
    """The statements of the block that hold the given places, behind the one that holds `after`."""
    target = tree.statement_at(recipe.after)
    block, last = tree.block(target)
    moved: dict[int, Statement] = {}
    for span in recipe.spans:
        number = _number_in(tree, block, tree.statement_at(span))
        moved[number] = tree.inner(block.body[number])
    if not moved or max(moved) >= last:
        raise Refused("they do not stand before it")
    between = range(min(moved), last)
    if any(number not in moved and _uses(tree, block.body[number], moved.values()) for number in between):
        raise Refused("what stands between may need them")
    changes, lines = [], ""
    for statement in (moved[number] for number in sorted(moved)):
        first, end = tree.whole_lines(statement)
        changes.append(Change(first, end, ""))
        lines += tree.text[first:end] if tree.text[first:end].endswith("\n") else tree.text[first:end] + "\n"
    _, end = tree.whole_lines(target)
    if not isinstance(target, cst.Return):
        return [*changes, _below(tree, end, lines)]
    return [*changes, *_split_return(tree, target, lines)]


def _split_return(tree: Tree, target: cst.Return, lines: str) -> list[Change]:
    function = tree.scope(target)
    if not isinstance(target.value, cst.Call) or not isinstance(function, cst.FunctionDef):
        raise Refused("what is returned is no call")
    start, _ = tree.range(target)
    call, _ = tree.range(target.value)
    _, end = tree.whole_lines(target)
    back = f"{tree.indent(target)}return {_receiver(function)}\n"
    return [Change(start, call, ""), _below(tree, end, lines + back)]


def _number_in(tree: Tree, block: cst.CSTNode, statement: Statement) -> int:
    for each in (statement, *tree.around(statement)):
        holder = tree.parents.get(each)
        if holder is block:
            return next(number for number, line in enumerate(getattr(block, "body", ())) if line is each)
    raise Refused("they stand in another block")


def _uses(tree: Tree, line: cst.CSTNode, moved: object) -> bool:
    """Whether a statement that stays may depend on one that goes: it names something that one of them binds."""
    bound = {name for each in moved for name in _bound_in(tree, each)}  # type: ignore[attr-defined]
    pending = [line]
    while pending:
        node = pending.pop()
        if isinstance(node, cst.Name) and node.value in bound:
            return True
        pending.extend(tree.children[node])
    return False


def _bound_in(tree: Tree, statement: cst.CSTNode) -> Iterator[str]:
    pending = [statement]
    while pending:
        node = pending.pop()
        match node:
            case cst.AssignTarget(target=target) | cst.For(target=target) | cst.NamedExpr(target=target):
                yield from names.targets(target)
            case _:
                pass
        pending.extend(tree.children[node])


# --- returning ---------------------------------------------------------------------------------------------------


def return_self(tree: Tree, recipe: ReturnSelf) -> list[Change]:
    """`return self` wherever the method returns nothing."""
    function = tree.definition(recipe.span)
    body = function.body
    if not isinstance(body, cst.IndentedBlock) or _yields(tree, function):
        raise Refused("the body is not plain")
    word = f"return {_receiver(function)}"
    changes = []
    for node in names.own_nodes(tree, function):
        if isinstance(node, cst.Return) and (node.value is None or names.dotted(node.value) == "None"):
            changes.append(Change(*tree.range(node), word))
    last = tree.inner(body.body[-1])
    if isinstance(last, (cst.Return, cst.Raise)):
        return changes
    _, end = tree.whole_lines(last)
    return [*changes, _below(tree, end, f"{tree.indent(last)}{word}\n")]


def _receiver(function: cst.FunctionDef) -> str:
    given = [*function.params.posonly_params, *function.params.params]
    if not given:
        raise Refused("the method has no first parameter")
    return given[0].name.value


def _yields(tree: Tree, function: cst.FunctionDef) -> bool:
    return (
        any(isinstance(node, cst.Yield) for node in names.own_nodes(tree, function))
        or function.asynchronous is not None
    )


# --- removing ----------------------------------------------------------------------------------------------------


def delete(tree: Tree, recipe: Delete) -> list[Change]:
    """The lines of a statement, or `pass` where its block would be empty; or those of a decorator."""
    innermost = tree.at(recipe.span)[0]
    decorator = decorator_around(tree, innermost)
    if decorator is not None:
        return [without_decorator(tree, decorator)]
    statement = tree.statement(innermost)
    if recipe.loop:
        statement = loop_around(tree, statement)
        if len(statement.body.body) != 1 or statement.orelse is not None:
            raise Refused("the loop does more than this")
    elif isinstance(statement, cst.BaseCompoundStatement):
        raise Refused("a whole block is not removed")
    block, _ = tree.block(statement)
    first, end = tree.whole_lines(statement)
    if tree.comments(first, end) and (recipe.loop or len(block.body) > 1 or isinstance(block, cst.Module)):
        raise Refused("a comment would be lost")
    if len(block.body) == 1 and not isinstance(block, cst.Module):
        return [Change(*tree.range(statement), "pass")]
    return [Change(first, end, "")]


def decorator_around(tree: Tree, place: cst.CSTNode) -> cst.Decorator | None:
    """The decorator that a place is in, or None."""
    for node in (place, *tree.around(place)):
        if isinstance(node, cst.Decorator):
            return node
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            break
    return None


def without_decorator(tree: Tree, node: cst.Decorator) -> Change:
    """The line of a decorator goes."""
    start, last = tree.range(node.decorator)
    first, end = tree.text.rfind("\n", 0, start) + 1, tree.text.find("\n", last) + 1
    if not re.fullmatch(r"[ \t]*@[ \t]*", tree.text[first:start]):
        raise Refused("the decorator has no line of its own")
    return Change(first, end, "")
