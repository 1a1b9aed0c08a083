"""Values of the interpreter that are more than symbols: functions, classes, collections, choices.

The scalar values live in `core.symbols`; these refer to code or change over time and never leave the analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, Union

import msgspec

from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Element, Expr, Path, Ref, Symbol
from freezelint.core.truth import Truth
from freezelint.source import ir

if TYPE_CHECKING:
    from .frames import Frame
    from .project import ProjectModule


Place: TypeAlias = tuple[str, int, int]
"""Where a definition stands: the absolute path of its file, the line and the column. The same in every process."""


def last_line(node: ir.FunctionDef) -> int:
    """The last line on which a part of the function starts."""
    last = node.at.end_line
    stack: list[Any] = list(node.body)
    while stack:
        part = stack.pop()
        last = max(last, part.at.end_line)
        for name in ("body", "orelse", "final"):
            stack.extend(getattr(part, name, ()))
        for handler in getattr(part, "handlers", ()):
            stack.extend(handler.body)
        for case in getattr(part, "cases", ()):
            stack.extend(case.body)
    return last


class Function(msgspec.Struct, frozen=True, eq=False):
    """A function of the project, with the scope it closes over; `owner` is the class that defines it."""

    node: ir.FunctionDef | ir.Lambda
    module: ProjectModule
    scope: Frame
    owner: ClassValue | None = None
    grad: Truth | None = None
    """What a decorator makes of the grad mode within (`@torch.no_grad()`): None where nothing."""
    grad_at: Span | None = None
    """Where that decorator stands."""
    context: bool = False
    """Whether `@contextmanager` makes a context manager of it."""

    @property
    def name(self) -> str:
        return self.node.name if isinstance(self.node, ir.FunctionDef) else "<lambda>"

    @property
    def place(self) -> Place:
        return (self.module.absolute, self.node.at.line, self.node.at.column)

    @property
    def source(self) -> str:
        """The text of its definition, from the line of its name on."""
        if not isinstance(self.node, ir.FunctionDef):
            return ""
        return self.module.lines(self.node.at.line, last_line(self.node))


class ClassValue(msgspec.Struct, frozen=True, eq=False):
    """A class of the project. `bases` are ClassValue, Library or unknown values, in order."""

    node: ir.ClassDef
    module: ProjectModule
    scope: Frame
    bases: tuple[Any, ...]
    members: dict[str, Any]
    qualified: str
    line: list[Any] = []
    """Its lineage, once somebody has asked for it: see `classes.lineage`."""


class Deferred(msgspec.Struct, frozen=True, eq=False):
    """A display in a class body, evaluated in each world when it is first read there."""

    node: ir.Expression
    scope: Frame


class Imported(msgspec.Struct, frozen=True, eq=False):
    """`from target import name` at the top of a module, followed when the name is first read in a world."""

    module: ProjectModule
    target: str
    level: int
    name: str


class Library(msgspec.Struct, frozen=True):
    """Something of a library, by its dotted name as imported: `torch.optim.SGD`."""

    name: str


class Bound(msgspec.Struct, frozen=True, eq=False):
    """A function of the project bound to a receiver."""

    receiver: Any
    function: Function
    kind: ClassValue | None = None


class Method(msgspec.Struct, frozen=True, eq=False):
    """A method that no class of the project defines, of any receiver: its meaning is looked up when it is called."""

    receiver: Any
    name: str
    start: Any = None
    """The class whose bases are searched, for `super().name`."""


class Super(msgspec.Struct, frozen=True, eq=False):
    """`super()` within a method of `owner`, for `receiver`."""

    owner: ClassValue
    receiver: Any


class Partial(msgspec.Struct, frozen=True, eq=False):
    """`functools.partial(function, *args, **keywords)`."""

    function: Any
    args: tuple[Any, ...]
    keywords: dict[str, Any]


class Suspended(msgspec.Struct, frozen=True, eq=False):
    """The call of a `@contextmanager` function, which runs when it is entered."""

    function: Function
    receiver: Any
    kind: ClassValue | None
    call: Any


class Namespace(msgspec.Struct, frozen=True, eq=False):
    """A module of the project as a value."""

    module: ProjectModule


class Choice(msgspec.Struct, frozen=True, eq=False):
    """One of several values, by condition; the first whose path holds."""

    options: tuple[tuple[Path, Any], ...]


_MOST_OPTIONS = 8


def choose(options: Sequence[tuple[Path, Any]]) -> Any:
    """A choice, flat: of choices one choice, of one option that option, of too many an unknown."""
    flat: list[tuple[Path, Any]] = []
    for path, value in options:
        if isinstance(value, Choice):
            flat.extend((path + inner, option) for inner, option in value.options)
        else:
            flat.append((path, value))
        if len(flat) > _MOST_OPTIONS:
            return Symbol("one of many", hash(tuple(id(each) for _, each in flat)))
    if len(flat) == 1 and not flat[0][0]:
        return flat[0][1]
    return Choice(tuple(flat))


class Copied(msgspec.Struct, frozen=True, eq=False):
    """A tensor with the values of a parameter that is not the parameter: `p.data`, `p.detach()`."""

    original: Any
    how: str


class Builtin(msgspec.Struct, frozen=True, eq=False):
    """A callable that the interpreter implements itself."""

    name: str
    call: Callable[..., Any]


class Item(msgspec.Struct, frozen=True, eq=False):
    """An entry of a collection, under a path. With `each`, the entry stands for all elements of a loop over
    parameters or modules that pass the element tests in `path`. `key` is set in dicts."""

    value: Any
    path: Path = ()
    each: bool = False
    key: Any = None


class Collection:
    """A list, tuple, set, dict or iterator. `complete` is False where more may be in it than is known.

    An iterator remembers what consumed it; consuming it again yields nothing.
    """

    __slots__ = (
        "complete", "consumed", "id", "items", "kind", "made", "made_at", "origin", "pending", "registry", "seen",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        items: list[Item],
        *,
        number: int,
        made: Span | None = None,
        made_at: int | None = None,
        complete: bool = True,
        origin: str = "",
    ) -> None:
        self.kind = kind
        self.items = items
        self.id = number
        self.made = made
        self.made_at = made_at
        self.complete = complete
        self.origin = origin
        self.consumed: list[tuple[Path, Span, str]] = []
        self.pending: Callable[[], tuple[list[Item], bool]] | None = None
        """What makes the items when the iterator is first consumed: a lazy `map`, `filter` or generator expression."""
        self.seen = False
        """Whether a name was read that it is bound to."""
        self.registry = False
        """Whether a function puts things into it: more may be in it than was seen."""


AnyValue: TypeAlias = Union[
    Const, Symbol, Ref, Element, Expr, Function, ClassValue, Library, Bound, Method, Super, Partial, Namespace,
    Choice, Copied, Builtin, Collection,
]  # fmt: skip
CORE = (Const, Symbol, Ref, Element, Expr)
