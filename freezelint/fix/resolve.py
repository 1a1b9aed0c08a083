"""Turns the recipes of a fix into edits: all of them, or none where one does not fit the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from freezelint.core.findings import Edit, Finding, Fix
from freezelint.core.recipes import (
    AddKeyword,
    AddParameter,
    AlsoHold,
    Delete,
    Either,
    Enclose,
    HoldAll,
    Insert,
    KeepTrainable,
    MoveAfter,
    Recipe,
    Register,
    ReturnSelf,
    Rewrite,
    Unwrap,
)
from freezelint.core.spans import Span

from . import containers, optimizers, rewriting, statements, withs
from .tree import Change, Refused, Tree, overlap, still_parses

Read = Callable[[str], "str | None"]


class Resolver:
    """Resolves the fixes of one report. `read` gives the text of a file by its shown path, or None."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._trees: dict[str, Tree | None] = {}

    def resolved(self, finding: Finding) -> Finding:
        """The finding with the edits of its fix; unchanged where it has no recipe or the recipe does not fit."""
        fix = finding.fix
        if fix is None or fix.edits or not fix.recipes:
            return finding
        edits = self.edits(fix)
        return msgspec.structs.replace(finding, fix=msgspec.structs.replace(fix, edits=edits)) if edits else finding

    def edits(self, fix: Fix) -> tuple[Edit, ...]:
        """The edits of a fix in the order of their places; none where a recipe does not fit."""
        for recipes in ways(fix.recipes):
            try:
                if edits := tuple(self._edits(recipes)):
                    return edits
            except (Refused, RecursionError):  # LibCST walks by recursion: code that nests deeply is left alone
                continue
        return ()

    def _edits(self, recipes: Sequence[Recipe]) -> Iterator[Edit]:
        changes: dict[str, list[Change]] = {}
        for recipe in recipes:
            tree = self._tree(_place(recipe).path)
            changes.setdefault(tree.path, []).extend(changes_of(tree, recipe, self._tree))
        for path, found in changes.items():
            yield from self._checked(path, found)

    def _checked(self, path: str, changes: Iterable[Change]) -> Iterable[Edit]:
        """The changes as edits, where they do not overlap, change something, and leave Python behind."""
        tree = self._tree(path)
        ordered = sorted(set(changes))
        changed = any(tree.text[change.start : change.end] != change.text for change in ordered)
        if overlap(ordered) or not changed or not still_parses(tree, ordered):
            raise Refused("the result would not be sound")
        return [tree.edit(change) for change in ordered]

    def _tree(self, path: str) -> Tree:
        if path not in self._trees:
            text = self._read(path)
            try:
                self._trees[path] = None if text is None else Tree(path, text)
            except Refused:
                self._trees[path] = None
        tree = self._trees[path]
        if tree is None:
            raise Refused("the file cannot be parsed")
        return tree


def ways(recipes: Sequence[Recipe]) -> Iterator[tuple[Recipe, ...]]:
    """The recipes without alternatives: one way after the other, the preferred ones first."""
    for number, recipe in enumerate(recipes):
        if isinstance(recipe, Either):
            for way in recipe.ways:
                yield from ways((*recipes[:number], *way, *recipes[number + 1 :]))
            return
    yield tuple(recipes)


def changes_of(tree: Tree, recipe: Recipe, tree_of: Callable[[str], Tree]) -> list[Change]:
    """The changes that one recipe asks for in its file; `tree_of` gives the other files. Raises `Refused`."""
    match recipe:
        case Rewrite():
            return rewriting.rewrite(tree, recipe)
        case AddKeyword():
            return rewriting.add_keyword(tree, recipe)
        case AddParameter():
            return rewriting.add_parameter(tree, recipe)
        case KeepTrainable():
            return optimizers.keep_trainable(tree, recipe)
        case HoldAll():
            return optimizers.hold_all(tree, recipe)
        case AlsoHold():
            return optimizers.also_hold(tree, recipe, tree_of)
        case Insert():
            return statements.insert(tree, recipe, tree_of)
        case MoveAfter():
            return statements.move_after(tree, recipe)
        case ReturnSelf():
            return statements.return_self(tree, recipe)
        case Enclose():
            return withs.enclose(tree, recipe)
        case Unwrap():
            return withs.unwrap(tree, recipe)
        case Delete():
            return statements.delete(tree, recipe)
        case Register():
            return containers.register(tree, recipe)
        case Either():
            raise Refused("which way to go is not decided")


def _place(recipe: Recipe) -> Span:
    match recipe:
        case Insert(anchor=span) | MoveAfter(after=span):
            return span
        case Either():
            raise Refused("which way to go is not decided")
        case _:
            return recipe.span


def read_from(texts: Mapping[str, str]) -> Read:
    """A reader of texts that are known already."""
    return texts.get
