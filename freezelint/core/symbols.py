"""Symbolic values: what is known of a scalar when nothing is run.

A value is a constant, an unknown with an identity (`Symbol`), an object of the heap (`Ref`), the current element of
a loop over parameters or modules (`Element`), or a pure operation on such values (`Expr`). Equal expressions over
equal leaves are equal values, so a condition that is tested twice is recognised as the same condition. `fold` applies
an operation to constants; what it does not know stays an `Expr`.

Conditions are conjunctions of `Literal`s, a `Path`. Whether one path excludes or implies another is decided here, and
that is all the path sensitivity there is: nothing is split into worlds.
"""

from __future__ import annotations

import fnmatch
import operator
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias, Union

import msgspec

from .truth import MAYBE, NO, YES, Truth


class Const(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A known, hashable value: str, number, bool, None, or a tuple of such."""

    value: object


class Symbol(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """Something unknown, with an identity: an argument, the result of a call, a number that changes by iteration."""

    name: str
    id: int


class Ref(msgspec.Struct, frozen=True, gc=False):
    """An object of the heap, by its number."""

    id: int


class Element(msgspec.Struct, frozen=True, gc=False):
    """The current element of a loop over parameters or modules. Inside a selection's tests, `loop` is 0.

    `role` is "name", "parameter", "module" or "index".
    """

    role: str
    loop: int = 0


class Expr(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A pure operation. Comparisons are normalised: only "==", "<", "<=", "in", "is" occur, negated by polarity."""

    op: str
    args: tuple[Value, ...]


Value: TypeAlias = Union[Const, Symbol, Ref, Element, Expr]

TRUE, FALSE, NONE = Const(True), Const(False), Const(None)


class Literal(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """`value` is true (polarity True) or false."""

    value: Value
    polarity: bool


Path: TypeAlias = tuple[Literal, ...]


def leaves(value: Value) -> Iterator[Value]:
    """The leaves of a value, left to right."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, Expr):
            stack.extend(reversed(part.args))
        else:
            yield part


def loops_of(value: Value) -> set[int]:
    """The loops whose element the value depends on."""
    if not isinstance(value, Expr):
        return {value.loop} if isinstance(value, Element) else set()
    return {leaf.loop for leaf in leaves(value) if isinstance(leaf, Element)}


def reads_option(value: Value, name: str) -> bool:
    """Whether a value depends on the attribute or item `name` of something: an option, as programs keep them."""
    if not isinstance(value, Expr):
        return False
    own = value.op in ("attr", "item") and value.args[-1] == Const(name)
    return own or any(reads_option(arg, name) for arg in value.args)


def substitute(value: Value, replace: Callable[[Value], Value | None]) -> Value:
    """`value` with every sub-value for which `replace` gives something replaced by it, folded on the way up."""
    replaced = replace(value)
    if replaced is not None:
        return replaced
    if not isinstance(value, Expr):
        return value
    return fold(value.op, tuple(substitute(arg, replace) for arg in value.args))


def negated(op: str) -> tuple[str, bool]:
    """The normalised operator of a comparison as written, and whether it is negated."""
    match op:
        case "!=":
            return "==", True
        case "is not":
            return "is", True
        case "not in":
            return "in", True
        case ">=":
            return "<", True
        case ">":
            return "<=", True
        case _:
            return op, False


def truth_of(value: Value, path: Path = ()) -> Truth:
    """Whether `value` counts as true, given the conditions of `path`."""
    if isinstance(value, Const):
        return YES if value.value else NO
    if isinstance(value, Ref):
        return YES
    if isinstance(value, Expr):
        return _truth_of_expression(value, path)
    if not path:
        return MAYBE
    known = _assumptions(path).known.get(value)
    return MAYBE if known is None else YES if known else NO


def _truth_of_expression(value: Expr, path: Path) -> Truth:
    op = value.op
    if op == "not":
        return ~truth_of(value.args[0], path)
    if not path:
        return MAYBE  # what is decided whatever the conditions are was folded away
    assumed = _assumptions(path)
    known = assumed.known.get(value)
    if known is not None:
        return YES if known else NO
    if assumed.comparisons and op in _COMPARISONS:
        for comparison, polarity in assumed.comparisons:
            implied = _says(comparison, polarity, value)
            if implied is not None:
                return YES if implied else NO
    if op == "and":
        result = YES
        for arg in value.args:
            result = result & truth_of(arg, path)
            if result is NO:
                return NO
        return result
    if op == "or":
        result = NO
        for arg in value.args:
            result = result | truth_of(arg, path)
            if result is YES:
                return YES
        return result
    return MAYBE


class _Assumptions:
    """What a path says: the truth of its values, and which of them are comparisons that say more."""

    __slots__ = ("comparisons", "known", "path")

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[Value, bool] = {}
        for literal in path:
            self.known.setdefault(literal.value, literal.polarity)
        self.comparisons = [
            (literal.value, literal.polarity)
            for literal in path
            if isinstance(literal.value, Expr)
            and literal.value.op in _ORDERS
            and (literal.polarity or literal.value.op != "==")
        ]


def _assumptions(path: Path) -> _Assumptions:
    found = _ASSUMED.get(id(path))
    if found is None or found.path is not path:
        if len(_ASSUMED) >= _MOST_ASSUMED:
            _ASSUMED.clear()
        found = _ASSUMED[id(path)] = _Assumptions(path)
    return found


_ASSUMED: dict[int, _Assumptions] = {}
_MOST_ASSUMED = 1 << 12
_COMPARISONS = frozenset({"==", "<", "<=", "in", "is"})
_ORDERS = frozenset({"==", "<", "<="})


def _says(known: Expr, polarity: bool, value: Value) -> bool | None:
    """What a comparison that is known to be true or false says of another one; None where nothing."""
    if known.op == "==":
        return _implied(known, value) if polarity else None
    return _follows(known, polarity, value)


def _implied(known: Expr, value: Value) -> bool | None:
    """What an equality says of another comparison: `x == 1` makes `x == 2` false."""
    if isinstance(value, Expr) and len(known.args) == 2 and isinstance(known.args[1], Const):
        subject, constant = known.args
        if len(value.args) == 2 and subject in value.args:
            folded = fold(value.op, tuple(constant if arg == subject else arg for arg in value.args))
            if isinstance(folded, Const):
                return bool(folded.value)
    return None


class _Bound(msgspec.Struct, frozen=True, gc=False):
    """`subject > limit`, or `<` where it is a bound from above; `closed` where the limit itself is let in."""

    subject: Value
    limit: float
    above: bool
    closed: bool

    def lets_in(self, number: float) -> bool:
        """Whether the subject may be this number."""
        return (self.closed and number == self.limit) or (number < self.limit if self.above else number > self.limit)


def _bound(value: Expr, *, polarity: bool) -> _Bound | None:
    """What a comparison with a number, or its opposite, says of the other side."""
    match value.args:
        case (Const(value=int() | float() as limit), subject):
            above = False
        case (subject, Const(value=int() | float() as limit)):
            above = True
        case _:
            return None
    return _Bound(subject, limit, above is polarity, (value.op == "<=") is polarity)


def _follows(known: Expr, polarity: bool, value: Value) -> bool | None:
    """What a bound of a number says of another comparison: `x > 2` makes `x > 1` true and `x == 1` false."""
    given = _bound(known, polarity=polarity)
    if given is None or not isinstance(value, Expr) or len(value.args) != 2:
        return None
    if value.op == "==":
        match value.args:
            case (subject, Const(value=int() | float() as number)) if subject == given.subject:
                return None if given.lets_in(number) else False
            case _:
                return None
    asked = _bound(value, polarity=True) if value.op in _ORDERS else None
    if asked is None or asked.subject != given.subject:
        return None
    same = asked.limit == given.limit
    narrower = given.limit < asked.limit if given.above else given.limit > asked.limit
    if asked.above is given.above:
        return True if narrower or (same and (asked.closed or not given.closed)) else None
    return False if narrower or (same and not (asked.closed and given.closed)) else None


def literals(value: Value, polarity: bool) -> Path:
    """The conjunction that `value` being true (or false) amounts to, as far as it is one."""
    if isinstance(value, Expr):
        if value.op == "not":
            return literals(value.args[0], not polarity)
        if (value.op == "and" and polarity) or (value.op == "or" and not polarity):
            parts = tuple(literal for arg in value.args for literal in literals(arg, polarity))
            return (*parts, Literal(value, polarity))
    if isinstance(value, (Const, Ref)):
        return ()
    return (Literal(value, polarity),)


def relation(path: Path, given: Path) -> Truth:
    """Whether `path` holds where `given` does: YES implied, NO excluded, MAYBE neither."""
    if not path or path is given:
        return YES
    # The same two paths are held against each other again and again; to hash them takes longer than to compare them.
    key = (id(path), id(given))
    met = _MET.get(key)
    if met is not None and met[0] is path and met[1] is given:
        return met[2]
    found = YES if given[: len(path)] == path else _relation(path, given)
    if len(_MET) >= _MOST_MET:
        _MET.clear()
    _MET[key] = (path, given, found)
    return found


_MET: dict[tuple[int, int], tuple[Path, Path, Truth]] = {}
_MOST_MET = 1 << 15


@lru_cache(maxsize=1 << 16)
def _relation(path: Path, given: Path) -> Truth:
    """The same pairs are asked for again and again while a log is walked."""
    result = YES
    known = set(given)
    for literal in path:
        if literal in known:
            continue
        truth = truth_of(literal.value, given)
        if truth is MAYBE:
            result = MAYBE
        elif (truth is YES) is not literal.polarity:
            return NO
    return result


def conjoin(path: Path, other: Path) -> Path | None:
    """Both paths together, or None where they exclude each other."""
    if not other:
        return path
    if relation(other, path) is NO or relation(path, other) is NO:
        return None
    return path + tuple(literal for literal in other if literal not in path)


# --- folding -----------------------------------------------------------------------------------------------------

_BINARY: dict[str, Callable[[Any, Any], object]] = {
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    "is": lambda a, b: a is b or (type(a) is type(b) and a == b),
    "in": lambda a, b: operator.contains(b, a),
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "&": operator.and_,
    "|": operator.or_,
    "item": lambda a, b: a[b],
}
_STRING_METHODS = frozenset({
    "startswith", "endswith", "find", "rfind", "index", "count", "split", "rsplit", "strip", "lstrip", "rstrip",
    "lower", "upper", "replace", "format", "join", "partition", "rpartition", "removeprefix", "removesuffix",
    "isdigit", "isnumeric", "title", "capitalize",
})  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., object]] = {
    "int": int,
    "str": str,
    "float": float,
    "len": len,
    "bool": bool,
    "abs": abs,
    "min": min,
    "max": max,
    "sum": sum,
    "tuple": tuple,
    "sorted": lambda value: tuple(sorted(value)),
    "any": any,
    "all": all,
    "re.match": lambda pattern, text, *_: bool(re.match(pattern, text)),
    "re.search": lambda pattern, text, *_: bool(re.search(pattern, text)),
    "re.fullmatch": lambda pattern, text, *_: bool(re.fullmatch(pattern, text)),
    "re.findall": lambda pattern, text, *_: tuple(re.findall(pattern, text)),
    "re.compile": lambda pattern, *_: pattern,
    "fnmatch.fnmatch": fnmatch.fnmatch,
    "fnmatch.fnmatchcase": fnmatch.fnmatchcase,
}
_LARGEST = 100_000
_LARGEST_EXPRESSION = 60


def is_foldable(name: str) -> bool:
    """Whether `fold` knows a library function by its dotted name."""
    return "." in name and name in _FUNCTIONS


def fold(op: str, args: tuple[Value, ...]) -> Value:
    """`op` applied to `args`: a constant where all are constants and the result is small and plain, else an Expr."""
    if op == "not" and isinstance(args[0], Expr) and args[0].op == "not":
        return args[0].args[0]
    if op in ("and", "or"):
        return _fold_junction(op, args)
    if op == "is" and args[1] == NONE and isinstance(args[0], Ref):
        return FALSE
    if not all(isinstance(arg, Const) for arg in args):
        return bounded(Expr(op, args))
    values = [arg.value for arg in args if isinstance(arg, Const)]
    try:
        return constant(_apply(op, values))
    except Exception:  # whatever the user's operation raises, its value is not known
        return Expr(op, args)


def _fold_junction(op: str, args: tuple[Value, ...]) -> Value:
    neutral = op == "and"
    left: list[Value] = []
    for arg in args:
        truth = truth_of(arg)
        if truth is MAYBE:
            left.append(arg)
        elif (truth is YES) is not neutral:
            if not left:
                return arg
            return Const(not neutral)
    if not left:
        return args[-1]
    return left[0] if len(left) == 1 else bounded(Expr(op, tuple(dict.fromkeys(left))))


def bounded(value: Expr) -> Value:
    """The expression, or where it is too large to reason about, an opaque one that is equal only to its like.

    Loop elements stay visible in it, so that it is still known to differ by element.
    """
    if _size(value) <= _LARGEST_EXPRESSION:
        return value
    elements = tuple(dict.fromkeys(leaf for leaf in _some_leaves(value) if isinstance(leaf, Element)))
    name = Symbol("...", hash(value))
    return Expr("opaque", (name, *elements)) if elements else name


def _size(value: Expr) -> int:
    """How many values an expression is made of; those that it is made of are mostly known."""
    size = 1 + len(value.args)
    for arg in value.args:
        if isinstance(arg, Expr):
            known = _SIZES.get(id(arg))
            size += known[1] - 1 if known is not None and known[0] is arg else _size(arg) - 1
    if len(_SIZES) >= _MOST_MET:
        _SIZES.clear()
    _SIZES[id(value)] = (value, size)
    return size


_SIZES: dict[int, tuple[Expr, int]] = {}


def _some_leaves(value: Expr) -> Iterator[Value]:
    stack: list[Value] = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, Expr):
            stack.extend(part.args)
        else:
            yield part


def constant(value: object) -> Value:
    """A Const for a plain hashable value; raises TypeError for anything else or anything large."""
    if isinstance(value, list):
        value = tuple(value)
    if isinstance(value, (str, bytes)) and len(value) > _LARGEST:
        raise TypeError("too large")
    if isinstance(value, tuple) and len(value) > 1000:
        raise TypeError("too large")
    if isinstance(value, int) and value.bit_length() > 256:
        raise TypeError("too large")
    hash(value)
    if value is None or isinstance(value, (str, bytes, int, float, complex, bool, tuple)):
        return Const(value)
    raise TypeError("not a plain value")


def _apply(op: str, values: list[object]) -> object:
    if op == "not":
        return not values[0]
    if op == "neg":
        return -values[0]  # type: ignore[operator]
    if op == "slice":
        return values[0][slice(*values[1:])]  # type: ignore[index]
    if op == "concat":
        return "".join(str(value) for value in values)
    if op == "tuple":
        return tuple(values)
    if op.startswith("."):
        method = op[1:]
        if method not in _STRING_METHODS or not isinstance(values[0], str):
            raise TypeError(op)
        return getattr(values[0], method)(*values[1:])
    if op in _BINARY:
        if op in ("*", "**") and not all(isinstance(v, (int, float)) and abs(v) < 10**6 for v in values):
            raise TypeError("too large")
        return _BINARY[op](values[0], values[1])
    if op in _FUNCTIONS:
        return _FUNCTIONS[op](*values)
    raise TypeError(op)
