"""Pictures of models as data: what state each part is in, at one moment or from event to event."""

from __future__ import annotations

from enum import Enum

import msgspec

from .findings import Problem
from .spans import Span


class Grads(Enum):
    """Whether the parameters of a part require gradients; NONE where it has no parameters."""

    TRAINABLE = "trainable"
    FROZEN = "frozen"
    MIXED = "mixed"
    UNKNOWN = "unknown"
    NONE = "none"


class Mode(Enum):
    """Which mode the modules of a part are in."""

    TRAIN = "train"
    EVAL = "eval"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Holding(msgspec.Struct, frozen=True, order=True):
    """An optimizer that holds parameters of a part: all of them, or only `some`; not `sure` where that is not known."""

    optimizer: str
    some: bool = False
    sure: bool = True


class State(msgspec.Struct, frozen=True):
    """The state of a part at a moment. `when` says under which condition what is not known is known."""

    grads: Grads
    mode: Mode
    optimizers: tuple[Holding, ...] = ()
    when: str = ""


class Part(msgspec.Struct, frozen=True):
    """A part of a model: modules with one history. `names` are their dotted names, "" for the whole model, with
    "(own)" as the last part for what a module has besides those below it; `states`
    the state after each event, None while there is no such part."""

    names: tuple[str, ...]
    states: tuple[State | None, ...]


class ModelHistory(msgspec.Struct, frozen=True):
    """A model: the user's name for it, its class, and its parts as far as their states differ."""

    label: str
    cls: str
    parts: tuple[Part, ...]


class MapEvent(msgspec.Struct, frozen=True):
    """A step of a timeline: what happens, where, the line of source there, in which function, under which condition.

    `later` where it is about a later round of a loop; `effect` is False where the code only looks as if it did this.
    """

    kind: str
    span: Span
    code: str
    function: str = ""
    condition: str = ""
    later: bool = False
    effect: bool = True


class EntryMap(msgspec.Struct, frozen=True):
    """The picture of one entry point: a script, a function that nobody calls, or a class (`name`, "" for a script)."""

    path: str
    name: str
    events: tuple[MapEvent, ...]
    models: tuple[ModelHistory, ...]


class Map(msgspec.Struct, frozen=True):
    """The pictures of all entry points in which something happens to a model."""

    entries: tuple[EntryMap, ...]
    problems: tuple[Problem, ...]
    files: int


class Layer(msgspec.Struct, frozen=True):
    """A module of a real model and what lies below it.

    `names` are the names of neighbours that are alike, of which this is the first. Numbers are of elements and count
    all below one of them: `parameters`, those `trainable`, and `buffers`. `groups` are the optimizer's parameter groups
    that hold any parameter below; `shape` is what its forward returned, where one was run; `shared` where it was met
    before under another name.
    """

    names: tuple[str, ...]
    cls: str
    grads: Grads
    mode: Mode
    parameters: int
    trainable: int
    buffers: int
    groups: tuple[int, ...] = ()
    shape: str = ""
    shared: bool = False
    children: tuple[Layer, ...] = ()


class Group(msgspec.Struct, frozen=True):
    """A parameter group of an optimizer: its options, and how many elements it holds, of which frozen, of which not
    part of the model."""

    options: str
    parameters: int
    frozen: int
    elsewhere: int


class Inspection(msgspec.Struct, frozen=True):
    """A real model: the tree of its modules, and the optimizer where there is one.

    `missed` are the names of trainable parameters that no group holds; `optimizer` is the optimizer's class.
    """

    label: str
    model: Layer
    optimizer: str = ""
    groups: tuple[Group, ...] = ()
    missed: tuple[str, ...] = ()
