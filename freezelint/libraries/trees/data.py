"""The stored form of module trees: one JSON file per library, decoded when it is first asked for."""

from __future__ import annotations

import os
from functools import cache, cached_property
from typing import Final

import msgspec

FAMILIES: Final = ("torch", "torchvision", "timm", "transformers")


class Tree(msgspec.Struct, frozen=True, array_like=True):
    """One module, told once for all modules that look the same: children are numbers of other rows.

    The fields after `children` are left out of the file where they hold their default.
    """

    cls: str
    parameters: tuple[str, ...] = ()
    children: tuple[tuple[str, int], ...] = ()
    norm: bool = False
    dropout: float = 0.0
    open: bool = False
    frozen: tuple[str, ...] = ()


class Root(msgspec.Struct, frozen=True, array_like=True):
    """A whole model: its row, and the groups of dotted names that are one and the same parameter."""

    node: int
    tied: tuple[tuple[str, ...], ...] = ()


class ClassEntry(msgspec.Struct, frozen=True, array_like=True):
    """A class: the name it is defined by ("" where that is its public one), and what it derives from, nearest first."""

    defined: str = ""
    bases: tuple[str, ...] = ()

    def spelt(self, public: str, qualified: str) -> bool:
        """Whether `qualified` is this class: its public name, its defining one, or a re-export between the two."""
        if qualified in (public, self.defined or public):
            return True
        (package, _, name), defining = qualified.rpartition("."), (self.defined or public).rpartition(".")
        between = f"{package}.".startswith(f"{public.rpartition('.')[0]}.")
        return name == defining[2] and between and f"{defining[0]}.".startswith(f"{package}.")


class Library(msgspec.Struct, frozen=True, eq=False, dict=True):
    """All that is known of one library. Compared by identity, so that it can be held cheaply by many nodes."""

    versions: dict[str, str]
    roots: dict[str, Root]
    """By the library's own name of the model; `name@variant` where a variant has another tree."""
    spellings: dict[str, str]
    """Qualified names and tags, as a program may write them, to keys of `roots`."""
    classes: dict[str, ClassEntry]
    """The classes of `rows` and the classes they derive from."""
    rows: tuple[Tree, ...]
    """Children stand before their parents."""

    @cached_property
    def norm_below(self) -> tuple[bool, ...]:
        """For each row, whether it or a module below it is a norm layer with running statistics."""
        below: list[bool] = []
        for row in self.rows:
            below.append(row.norm or any(below[index] for _, index in row.children))
        return tuple(below)

    @cached_property
    def dropout_below(self) -> tuple[bool, ...]:
        """For each row, whether it or a module below it drops something in train mode."""
        below: list[bool] = []
        for row in self.rows:
            below.append(row.dropout > 0 or any(below[index] for _, index in row.children))
        return tuple(below)


def read(file_name: str) -> bytes:
    """The bytes of a data file of this package."""
    with open(os.path.join(os.path.dirname(__file__), file_name), "rb") as file:
        return file.read()


@cache
def library(family: str) -> Library:
    """The stored trees of one of FAMILIES."""
    return msgspec.json.decode(read(f"{family}.json"), type=Library)
