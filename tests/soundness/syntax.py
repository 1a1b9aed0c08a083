"""An abstract syntax of training programs: the models that they build, and what they do with them in order.

A program of it is small enough to shrink and to read; `printing` makes Python of it. All layers map (n, 4) to (n, 4),
so that any of them may follow any other one, or take its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, Union

import msgspec

# --- models -----------------------------------------------------------------------------------------------------------


class Leaf(msgspec.Struct, frozen=True):
    """A layer of torch, by its class."""

    cls: str


class Row(msgspec.Struct, frozen=True):
    """A container: `kind` is "Sequential", "Named" (a Sequential of an OrderedDict), "ModuleList" or "ModuleDict"."""

    kind: str
    parts: tuple[Part, ...]


class Own(msgspec.Struct, frozen=True):
    """An instance of a class of the program, by its position among the program's classes."""

    cls: int


class Same(msgspec.Struct, frozen=True):
    """The object that another attribute of the class holds as well."""

    name: str


Part: TypeAlias = Union[Leaf, Row, Own, Same]
Key: TypeAlias = str
Way: TypeAlias = tuple[Key, ...]
"""The names from a root down to a part, as `named_modules` joins them."""


class Field(msgspec.Struct, frozen=True):
    """An attribute of a class. `use` is how its forward goes through it: "", "no_grad", "detach" or "skipped"."""

    name: str
    part: Part
    use: str = ""


class Class(msgspec.Struct, frozen=True):
    """A class of the program; the last one is that of the model.

    `frozen` are attributes that its constructor freezes, `resting` those that its `train` keeps in eval mode.
    """

    name: str
    fields: tuple[Field, ...]
    frozen: tuple[str, ...] = ()
    resting: tuple[str, ...] = ()


# --- what is done -----------------------------------------------------------------------------------------------------


class Test(msgspec.Struct, frozen=True):
    """A condition. kind "option": number `number` of the command line. "known": a constant of the program.
    "is", "from", "odd": the pass of the loop at hand against `number`."""

    kind: str
    number: int = 0
    negated: bool = False


class Names(msgspec.Struct, frozen=True):
    """A condition on the name of a parameter or child: `how` is "in", "startswith", "endswith", "==", "any", "re",
    "among", "not in"."""

    how: str
    texts: tuple[str, ...]


class Select(msgspec.Struct, frozen=True):
    """Which parameters below a part: `how` is one of SELECTS, with what it needs of names, class and position."""

    how: str
    names: Names | None = None
    cls: str = ""
    start: int | None = None
    stop: int | None = None


SELECTS = (
    "all", "named", "continue", "class", "apply", "slice", "enumerate", "children", "named_children", "trainable",
    "filter", "dims", "own", "dict", "modules", "named_modules", "recursive",
)  # fmt: skip


class Flags(msgspec.Struct, frozen=True):
    """`requires_grad` of parameters below a part becomes `value`: "True", "False", "not" what it was, what an "option"
    is, or the truth of the condition on names ("test"). `how` is the statement that writes it."""

    way: Way
    select: Select
    value: str
    how: str = "assign"
    option: int = 0


class Whole(msgspec.Struct, frozen=True):
    """`requires_grad_` of a part; `how` "plain" is the mistake that assigns an attribute, "map" and "list" go over its
    parameters in an expression, "lazy" does not get so far."""

    way: Way
    value: bool
    how: str


class One(msgspec.Struct, frozen=True):
    """`requires_grad` of one parameter by its name."""

    way: Way
    name: str
    value: bool


class Mode(msgspec.Struct, frozen=True):
    """The mode of a part, or of the layers of a class in it. `how` is "call", "argument", "flag", "apply" or "loop"."""

    way: Way
    value: bool
    how: str
    cls: str = ""


class Build(msgspec.Struct, frozen=True):
    """An optimizer of the parameters below parts. `how` is "parameters", "filter", "comprehension", "groups",
    "helper", "names", "generator" or "decay"; `names` only where it picks by name."""

    number: int
    cls: str
    ways: tuple[Way, ...]
    how: str
    names: Names | None = None


class AddGroup(msgspec.Struct, frozen=True):
    """`add_param_group` of a part; `filtered` only of what requires a gradient."""

    number: int
    way: Way
    filtered: bool


class Replace(msgspec.Struct, frozen=True):
    """A layer in place of another one. `how` is "assign" or "setattr"."""

    way: Way
    cls: str
    how: str = "assign"


class Append(msgspec.Struct, frozen=True):
    """One more layer in a container. `how` is "append", "add_module" or "extend"."""

    way: Way
    cls: str
    how: str


class Rewrap(msgspec.Struct, frozen=True):
    """The weight of a layer becomes a new parameter. `how` is "new", "same" (of the old one's values) or "kept" (with
    the old one's flag)."""

    way: Way
    how: str


class Tie(msgspec.Struct, frozen=True):
    """A layer gets the weight of another one."""

    way: Way
    other: Way


class Load(msgspec.Struct, frozen=True):
    """The model loads a state of its own."""

    way: Way


class Train(msgspec.Struct, frozen=True):
    """Training steps of an optimizer. `how` is "inline", "function", "closure" or "two" (steps)."""

    number: int
    how: str


class Evaluate(msgspec.Struct, frozen=True):
    """A forward in eval mode, and back to train mode or not."""

    back: bool


class Copy(msgspec.Struct, frozen=True):
    """`other` becomes a deep copy of the model, or another instance; `frozen` with its flags off and in eval mode."""

    deep: bool
    frozen: bool


class Wrap(msgspec.Struct, frozen=True):
    """The model is put into a wrapper, through which it is run from here on: "parallel", "own" or "sequential"."""

    how: str


class Branch(msgspec.Struct, frozen=True):
    """`if`, with what is done under it and otherwise."""

    test: Test
    then: tuple[Act, ...]
    other: tuple[Act, ...] = ()


class Epochs(msgspec.Struct, frozen=True):
    """A loop; `how` is "range", "while" or "list"."""

    count: int
    acts: tuple[Act, ...]
    how: str = "range"


class Within(msgspec.Struct, frozen=True):
    """What is done to a part, by ways from there. `how` is "function", "method" (of the model), "alias", "early" (a
    function that returns early), "with" (under `no_grad`), "try", "lambda" or "object" (a method of another class)."""

    way: Way
    how: str
    acts: tuple[Act, ...]


class Each(msgspec.Struct, frozen=True):
    """The same flags or mode for several parts, in a loop over them; `how` is "tuple", "list", "names" or "zip"."""

    ways: tuple[Way, ...]
    value: bool
    how: str
    mode: bool = False


Act: TypeAlias = Union[
    Flags, Whole, One, Mode, Build, AddGroup, Replace, Append, Rewrap, Tie, Load, Train, Evaluate, Copy, Wrap, Branch,
    Epochs, Within, Each,
]  # fmt: skip


class Program(msgspec.Struct, frozen=True):
    """A training program. `options` are the values of the command line's options in the run, `style` how they are read
    ("argparse", "json" or "environ"; "known" where they are written as constants instead), `main` whether all is done
    in a function."""

    classes: tuple[Class, ...]
    acts: tuple[Act, ...]
    options: tuple[bool, ...] = ()
    style: str = "argparse"
    main: bool = False


# --- questions --------------------------------------------------------------------------------------------------------


def named(part: Row) -> Iterator[tuple[Key, Part]]:
    """The children of a container with their names."""
    for number, child in enumerate(part.parts):
        yield (f"part{number}" if part.kind in ("Named", "ModuleDict") else str(number)), child


def children(classes: tuple[Class, ...], part: Part) -> Iterator[tuple[Key, Part]]:
    """The children of a part with their names; the same object under another name only once."""
    match part:
        case Row():
            yield from named(part)
        case Own(cls=number):
            for field in classes[number].fields:
                if not isinstance(field.part, Same):
                    yield field.name, field.part


def ways(classes: tuple[Class, ...], part: Part | None = None, above: Way = ()) -> Iterator[tuple[Way, Part]]:
    """All parts at and below a part (the model), with the ways to them."""
    part = Own(len(classes) - 1) if part is None else part
    yield above, part
    for name, child in children(classes, part):
        yield from ways(classes, child, (*above, name))


def part_at(classes: tuple[Class, ...], way: Way) -> Part:
    """The part at a way from the model."""
    found: Part = Own(len(classes) - 1)
    for key in way:
        found = dict(children(classes, found))[key]
    return found
