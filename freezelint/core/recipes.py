"""Recipes: what a rule says of its remedy, as data; `freezelint.fix` turns them into edits of the text.

A recipe refers to places by the spans of events and to names by where they stand in the source. A rule never writes a
name that it did not read there, and gives no recipe where it cannot know one.
"""

from __future__ import annotations

from typing import TypeAlias, Union

import msgspec

from .spans import Span

Pairs: TypeAlias = tuple[tuple[str, str], ...]

# --- where the text of a name is taken from ----------------------------------------------------------------------
# `stack` are the calls that led to the place, outermost first, as events have them. What is a parameter or a result
# there goes by another name where the call stands, and may be written in any of these places under its name there.


class TextOf(msgspec.Struct, frozen=True, tag=True):
    """The expression that stands at `span`."""

    span: Span
    stack: tuple[Span, ...] = ()


class ReceiverOf(msgspec.Struct, frozen=True, tag=True):
    """The `x` of what stands at `span`: a method call `x.f()` or an attribute `x.f`."""

    span: Span
    stack: tuple[Span, ...] = ()


class CalleeOf(msgspec.Struct, frozen=True, tag=True):
    """The `f` of the call `f(...)` at `span`."""

    span: Span
    stack: tuple[Span, ...] = ()


class NameOf(msgspec.Struct, frozen=True, tag=True):
    """The name or `self.attribute` to which the expression at `span` is assigned."""

    span: Span
    stack: tuple[Span, ...] = ()


class IterableAround(msgspec.Struct, frozen=True, tag=True):
    """The module over whose parameters the innermost `for` loop around `span` runs."""

    span: Span
    stack: tuple[Span, ...] = ()


Source: TypeAlias = Union[TextOf, ReceiverOf, CalleeOf, NameOf, IterableAround]

# --- recipes -----------------------------------------------------------------------------------------------------


class Rewrite(msgspec.Struct, frozen=True, tag=True):
    """Replace what stands at `span`, or the nearest expression or statement around it, by the first form that fits.

    forms: pairs of a pattern and a template, both Python with variables: `("$x.eval = $v", "$x.eval()")`. A variable
        of the pattern stands for any expression and keeps its text; `$new_name` in a template becomes a name that
        the file does not use. A template of several lines takes the place of a statement of its own line.
    imports: variables of the templates that are modules: `(("nn", "torch.nn"),)`. The name by which the file knows
        the module is used, or an import is added.
    """

    span: Span
    forms: Pairs
    imports: Pairs = ()


class Insert(msgspec.Struct, frozen=True, tag=True):
    """Add statements after (or `before`) the statement at `anchor`.

    given: what the variables of `template` stand for; each is a name or a chain of attributes that must be visible at
        the anchor and mean there what it means where it was read.
    once: the statement and the calls that lead there, the innermost first; refuse where one stands in a loop that may
        run it again.
    each: the innermost loop around the anchor runs over different objects, and is no repetition.
    after_loop: the anchor is the innermost loop around the span, not the statement itself.
    beside: the anchor is the start of the body of the innermost loop that holds both places, or the statement there
        around the span where this place comes before it.
    """

    anchor: Span
    template: str
    given: tuple[tuple[str, Source], ...] = ()
    imports: Pairs = ()
    before: bool = False
    once: tuple[Span, ...] = ()
    each: bool = False
    after_loop: bool = False
    beside: Span | None = None


class AddKeyword(msgspec.Struct, frozen=True, tag=True):
    """Give the call at `span` the keyword argument `name=value`, in place of one that it has."""

    span: Span
    name: str
    value: str


class AddParameter(msgspec.Struct, frozen=True, tag=True):
    """Give the function whose name stands at `span` one more parameter: `mode=True`."""

    span: Span
    text: str


class ReturnSelf(msgspec.Struct, frozen=True, tag=True):
    """Let the method whose name stands at `span` return its first parameter wherever it returns nothing."""

    span: Span


class MoveAfter(msgspec.Struct, frozen=True, tag=True):
    """Move the statements at `spans` behind the statement at `after`, of the same block. A `return f(...)` that they
    are moved behind becomes `f(...)` and, in the end, `return self`."""

    spans: tuple[Span, ...]
    after: Span


class Enclose(msgspec.Struct, frozen=True, tag=True):
    """Make the context manager that stands alone at `span` a `with` around the statements that follow in its block,
    up to the first that holds one of `until`.

    needed: forwards that must be left out unless one of them stands elsewhere, each as its span and the calls that
        lead there: a backward needs some of them, but not those of an evaluation before the next round.
    """

    span: Span
    until: tuple[Span, ...] = ()
    needed: tuple[tuple[Span, ...], ...] = ()


class KeepTrainable(msgspec.Struct, frozen=True, tag=True):
    """Let the optimizer built at `span` have only those of its parameters that require a gradient."""

    span: Span


class HoldAll(msgspec.Struct, frozen=True, tag=True):
    """Let the optimizer built at `span` have what it was given before a filter left out what requires no gradient."""

    span: Span


class AlsoHold(msgspec.Struct, frozen=True, tag=True):
    """Let the optimizer built at `span` have the parameters of the module too that is `part` with `way` behind it.
    `plain` where what it is built of is known to give parameters one by one."""

    span: Span
    part: Source
    way: str = ""
    plain: bool = False


class Delete(msgspec.Struct, frozen=True, tag=True):
    """Remove the statement or decorator at `span`, or the innermost `for` around it where that does nothing else."""

    span: Span
    loop: bool = False


class Unwrap(msgspec.Struct, frozen=True, tag=True):
    """Take the context manager at `span` away: out of its `with`, whose body moves one level up where it was the only
    one, or as the decorator that it is."""

    span: Span


class Register(msgspec.Struct, frozen=True, tag=True):
    """Make the list, tuple or dict that is assigned to the attribute at `span` an `nn.ModuleList` or `nn.ModuleDict`;
    refused where the file does with the attribute what these cannot do."""

    span: Span


class Either(msgspec.Struct, frozen=True, tag=True):
    """The first of several ways that fits the code, each of some recipes that belong together."""

    ways: tuple[tuple[Recipe, ...], ...]


Recipe: TypeAlias = Union[
    Rewrite, Insert, AddKeyword, AddParameter, ReturnSelf, MoveAfter, Enclose, KeepTrainable, HoldAll, AlsoHold, Delete,
    Unwrap, Register, Either,
]  # fmt: skip


def as_call(span: Span, attribute: str, method: str, argument: str = "$v") -> Rewrite:
    """`x.attribute = v` becomes `x.method(argument)`, also where it is written with `setattr`."""
    call = f"$x.{method}({argument})"
    return Rewrite(span, ((f"$x.{attribute} = $v", call), (f'setattr($x, "{attribute}", $v)', call)))


def renamed(span: Span, old: str, new: str) -> Rewrite:
    """The attribute `old`, assigned to or called with one argument, gets the name `new`."""
    return Rewrite(
        span,
        (
            (f"$x.{old} = $v", f"$x.{new} = $v"),
            (f'setattr($x, "{old}", $v)', f'setattr($x, "{new}", $v)'),
            (f"$x.{old}($v)", f"$x.{new}($v)"),
        ),
    )


def called(span: Span) -> Rewrite:
    """What is named is called."""
    return Rewrite(span, (("$x", "$x()"),))


def in_a_list(span: Span) -> Rewrite:
    """An iterator becomes a list."""
    return Rewrite(span, (("$x", "list($x)"),))
