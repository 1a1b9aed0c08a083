"""Recipes about `with`: to enclose statements in one, and to take a context manager away."""

from __future__ import annotations

import re
from itertools import takewhile

import libcst as cst

from freezelint.core.recipes import Enclose, Unwrap

from .statements import decorator_around, without_decorator
from .tree import Change, Refused, Statement, Tree


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


def unwrap(tree: Tree, recipe: Unwrap) -> list[Change]:
    """A decorator goes; of several items of a `with` this one goes; else the body comes one level up."""
    innermost = tree.at(recipe.span)[0]
    decorator = decorator_around(tree, innermost)
    if decorator is not None:
        return [_keeping_comment(tree, without_decorator(tree, decorator), tree.range(decorator.decorator)[1])]
    for node in (innermost, *tree.around(innermost)):
        parent = tree.parents.get(node)
        if isinstance(parent, cst.WithItem):
            statement = tree.parents[parent]
            break
        if isinstance(node, cst.With) and tree.range(node)[0] == tree.offsets(recipe.span)[0]:
            parent, statement = node.items[0], node
            break
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            raise Refused("it is no item of a `with`")
    if not isinstance(statement, cst.With) or not isinstance(parent, cst.WithItem) or parent.asname is not None:
        raise Refused("its value is used")
    if len(statement.items) > 1:
        return [_checked(tree, _without_item(tree, statement, parent))]
    return _dedented(tree, statement)


def _without_item(tree: Tree, statement: cst.With, item: cst.WithItem) -> Change:
    """One of several items, with the comma beside it."""
    number = next(number for number, each in enumerate(statement.items) if each is item)
    if number:
        _, start = _item_range(tree, statement.items[number - 1])
        return Change(start, _item_range(tree, item)[1], "")
    return Change(_item_range(tree, item)[0], _item_range(tree, statement.items[1])[0], "")


def _item_range(tree: Tree, item: cst.WithItem) -> tuple[int, int]:
    start, end = tree.range(item.item)
    if item.item.lpar:
        raise Refused("an item stands in brackets")
    if item.asname is not None:
        _, end = tree.range(item.asname.name)
    return start, end


def _dedented(tree: Tree, statement: cst.With) -> list[Change]:
    """The lines of the body one level up, and the header gone."""
    body = statement.body
    if not isinstance(body, cst.IndentedBlock) or statement.asynchronous is not None:
        raise Refused("the body stands on the line of the `with`")
    tree.block(statement)
    first, last = tree.whole_lines(statement)
    begin, _ = tree.whole_lines(tree.inner(body.body[0]))
    outer, inner = tree.indent(statement), tree.indent(tree.inner(body.body[0]))
    if not inner.startswith(outer):
        raise Refused("the lines are not indented alike")
    # Comments between the header and the first statement belong to the body; one behind the header stays.
    item = tree.range(statement.items[-1].item)[1]
    header = tree.text.find("\n", item) + 1
    changes = [_keeping_comment(tree, Change(first, header, ""), item)]
    extra, strings = len(inner) - len(outer), tree.inside_strings()
    for place in tree.lines_of(min(header, begin), last):
        end = tree.text.find("\n", place)
        line = tree.text[place : len(tree.text) if end < 0 else end]
        if place in strings or not line.strip():
            continue
        if not line.startswith(inner):
            if re.match(r"[ \t]*[#)\]}]", line) is None:
                raise Refused("the lines are not indented alike")
            continue
        changes.append(Change(place + len(outer), place + len(outer) + extra, ""))
    return changes


def _checked(tree: Tree, change: Change) -> Change:
    if tree.comments(change.start, change.end):
        raise Refused("a comment would be lost")
    return change


def _keeping_comment(tree: Tree, lines: Change, code_end: int) -> Change:
    """A whole line that goes; a comment at its end keeps the line."""
    comment = tree.text.find("#", code_end, lines.end)
    if comment < 0:
        return _checked(tree, lines)
    indent = len(tree.text[lines.start : code_end]) - len(tree.text[lines.start : code_end].lstrip(" \t"))
    return _checked(tree, Change(lines.start + indent, comment, ""))
