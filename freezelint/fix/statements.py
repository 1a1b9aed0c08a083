"""Recipes that add, move, remove or enclose whole statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import libcst as cst

from freezelint.core.recipes import (
    Delete,
    Enclose,
    Insert,
    IterableAround,
    MoveAfter,
    NameOf,
    ReceiverOf,
    ReturnSelf,
    Source,
    TextOf,
)

from . import names, patterns
from .rewriting import filling, indented
from .tree import Change, Refused, Statement, Tree

_LOOPS = (cst.For, cst.While)


def insert(tree: Tree, recipe: Insert) -> list[Change]:
    """New statements on lines of their own."""
    anchor: Statement = tree.statement_at(recipe.anchor)
    if recipe.after_loop:
        anchor = _loop_around(tree, anchor)
    texts, changes = filling(tree, recipe.template, recipe.imports)
    for span in recipe.once:
        place = tree.statement_at(span)
        if span == recipe.anchor:
            place = _innermost_loop(tree, anchor) if recipe.each else anchor
        _refuse_repetition(tree, place)
    if not recipe.before and isinstance(anchor, (cst.Return, cst.Raise, cst.Break, cst.Continue)):
        raise Refused("nothing behind the statement is reached")
    for name, source in recipe.given:
        node, text = _read(tree, source)
        name_of_root = names.root(node)
        if anchor not in tree.around(node):
            names.refuse_other_meaning(tree, name_of_root, node, anchor)
            _refuse_other_attribute(tree, node, source, anchor)
        texts[name] = text
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


def _loop_around(tree: Tree, statement: Statement) -> cst.For:
    for node in tree.around(statement):
        if isinstance(node, cst.For):
            return node
        if isinstance(node, (cst.FunctionDef, cst.While, cst.If)):
            break
    raise Refused("the loop is not plain")


def _refuse_repetition(tree: Tree, statement: Statement) -> None:
    """Raise `Refused` where a loop may come by more than once: between the two only `if x == value` helps."""
    single = False
    for node in tree.around(statement):
        match node:
            case cst.If(test=cst.Comparison() as test):
                single = single or _holds_once(test)
            case cst.For() | cst.While() if not single:
                raise Refused("it may happen more than once")
            case cst.FunctionDef():
                return
            case _:
                pass


def _holds_once(test: cst.Comparison) -> bool:
    """Whether a condition compares plain values: `epoch == 3`, but not `step % 100 == 0`."""
    match test.comparisons:
        case [cst.ComparisonTarget(operator=cst.Equal(), comparator=right)]:
            return all(isinstance(each, (cst.Name, cst.Attribute, cst.Integer)) for each in (test.left, right))
        case _:
            return False


# --- names taken from elsewhere ----------------------------------------------------------------------------------


def _read(tree: Tree, source: Source) -> tuple[cst.CSTNode, str]:
    """The node that a source stands for, and its text."""
    node = _node(tree, source)
    return node, tree.source(node)


def _node(tree: Tree, source: Source) -> cst.CSTNode:
    match source:
        case TextOf(span=span):
            return tree.at(span)[0]
        case ReceiverOf(span=span):
            for node in tree.at(span):
                match node:
                    case cst.Call(func=cst.Attribute(value=value)) | cst.Attribute(value=value):
                        if names.dotted(value).rpartition(".")[2][:1].isupper():
                            raise Refused("it is called on a class, and its receiver is an argument")
                        return value
                    case _:
                        pass
            raise Refused("there is no receiver")
        case NameOf(span=span):
            return _assigned(tree, tree.at(span)[-1])
        case IterableAround(span=span):
            loop = _loop_around(tree, tree.statement_at(span))
            body = loop.body.body
            if len(body) != 1 or loop.orelse is not None:
                raise Refused("the loop does more than this")
            match loop.iter:
                case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value=name)), args=[]) if name in (
                    "parameters", "named_parameters",
                ):  # fmt: skip
                    return owner
                case _:
                    raise Refused("the loop does not run over the parameters of a module")


def _assigned(tree: Tree, node: cst.CSTNode) -> cst.CSTNode:
    """The one target to which an expression is assigned."""
    match tree.parents.get(node):
        case cst.Assign(targets=[cst.AssignTarget(target=target)], value=value) if value is node:
            return target
        case cst.AnnAssign(target=target, value=value) if value is node:
            return target
        case _:
            raise Refused("it is not kept under a name")


def _refuse_other_attribute(tree: Tree, node: cst.CSTNode, source: Source, anchor: Statement) -> None:
    """What is read as an attribute must not be assigned in a second place; `self` of two methods must be one."""
    if not isinstance(node, cst.Attribute) or tree.scope(tree.statement(node)) is tree.scope(anchor):
        return
    written = names.dotted(node)
    targets = [
        each for each in tree.parents if isinstance(each, cst.AssignTarget) and names.dotted(each.target) == written
    ]
    if isinstance(source, NameOf) and len(targets) != 1:
        raise Refused(f"`{written}` is assigned several times")


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
    for node in _own(tree, function):
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


def _own(tree: Tree, function: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """The nodes of a function without those of functions in it."""
    pending: list[cst.CSTNode] = [function.body]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(
            each for each in tree.children[node] if not isinstance(each, (cst.FunctionDef, cst.ClassDef, cst.Lambda))
        )


def _yields(tree: Tree, function: cst.FunctionDef) -> bool:
    return any(isinstance(node, cst.Yield) for node in _own(tree, function)) or function.asynchronous is not None


# --- enclosing ---------------------------------------------------------------------------------------------------


def enclose(tree: Tree, recipe: Enclose) -> list[Change]:
    """`with` before the statement, and what follows one level deeper."""
    statement = tree.statement_at(recipe.span)
    if not isinstance(statement, cst.Expr):
        raise Refused("it is part of another statement")
    block, number = tree.block(statement)
    stops = [tree.offsets(span)[0] for span in recipe.until if span.path == tree.path]
    following = [tree.inner(line) for line in block.body[number + 1 :]]
    inside = list(takewhile(lambda each: not _holds(tree, each, stops), following))
    needed = [[tree.offsets(span)[0] for span in place if span.path == tree.path] for place in recipe.needed]
    if all(any(_holds(tree, each, places) for each in inside) for places in needed):
        stops = [place for places in needed for place in places]
        inside = list(takewhile(lambda each: not _holds(tree, each, stops), inside))
    if not inside:
        raise Refused("nothing follows that could stand in it")
    start, end = tree.range(statement)
    changes = [Change(start, end, f"with {tree.source(statement)}:")]
    begin, last = tree.text.find("\n", end) + 1, tree.whole_lines(inside[-1])[1]
    step, strings = tree.module.default_indent, tree.inside_strings()
    base = len(tree.indent(statement))
    for place in tree.lines_of(begin, last):
        line = tree.text[place : tree.text.find("\n", place)] if "\n" in tree.text[place:] else tree.text[place:]
        if line.strip() and place not in strings:
            # In front of the first blank: tabs and blanks are not mixed.
            at = place + min(base, len(line) - len(line.lstrip(" \t")))
            changes.append(Change(at, at, step))
    return changes


def _holds(tree: Tree, statement: Statement, places: list[int]) -> bool:
    first, last = tree.whole_lines(statement)
    return any(first <= place < last for place in places)


# --- removing ----------------------------------------------------------------------------------------------------


def delete(tree: Tree, recipe: Delete) -> list[Change]:
    """The lines of a statement, or `pass` where its block would be empty; or those of a decorator."""
    innermost = tree.at(recipe.span)[0]
    for node in (innermost, *tree.around(innermost)):
        if isinstance(node, cst.Decorator):
            first = tree.text.rfind("\n", 0, tree.range(node.decorator)[0]) + 1
            end = tree.text.find("\n", tree.range(node.decorator)[1]) + 1
            if not re.fullmatch(r"[ \t]*@[ \t]*", tree.text[first : tree.range(node.decorator)[0]]):
                raise Refused("the decorator has no line of its own")
            return [Change(first, end, "")]
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            break
    statement = tree.statement(innermost)
    if isinstance(statement, cst.BaseCompoundStatement):
        raise Refused("a whole block is not removed")
    block, _ = tree.block(statement)
    first, end = tree.whole_lines(statement)
    if len(block.body) == 1 and not isinstance(block, cst.Module):
        return [Change(*tree.range(statement), "pass")]
    if tree.comments(first, end):
        raise Refused("a comment would be lost")
    return [Change(first, end, "")]
