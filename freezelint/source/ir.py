"""The intermediate representation: what the analysis sees of a program.

A small, closed set of frozen nodes with no trivia and no tokens. Lowering (see `lowering.py`) turns LibCST
trees into it and never fails: a construct that is not understood becomes `Opaque` (an expression whose value is
unknown, with the sub-expressions it evaluates) so that the rest of the file keeps its meaning.

There are hundreds of thousands of nodes and no cycles among them: `gc=False` keeps the garbage collector from walking
them again and again, which took more time than making them.

Every node carries a `Position` in its file: 1-based lines and columns, columns counted in characters, the end
exclusive. Nodes are plain data: they may be pickled and cached, and hold no reference to the syntax tree.
"""

from __future__ import annotations

from typing import TypeAlias, Union

import msgspec


class Position(msgspec.Struct, frozen=True, order=True, gc=False):
    """A range in a file: from (line, column) to (end_line, end_column), 1-based, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


# --- expressions -------------------------------------------------------------------------------------------------


class Const(msgspec.Struct, frozen=True, gc=False):
    """A literal: str, int, float, complex, bool, bytes, None or Ellipsis. Concatenated strings are one literal."""

    value: object
    at: Position


def literal(value: object, at: Position) -> Const:
    """A literal as it can be shown and kept: half a character (`"\\ud800"`), which no encoding has, is written out."""
    if isinstance(value, str) and not value.isascii():
        value = value.encode("utf-8", "backslashreplace").decode("utf-8")
    return Const(value, at)


class Name(msgspec.Struct, frozen=True, gc=False):
    """A bare identifier."""

    id: str
    at: Position


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """`value.attr`; `attr_at` is the position of the attribute's name alone."""

    value: Expression
    attr: str
    at: Position
    attr_at: Position


class Slice(msgspec.Struct, frozen=True, gc=False):
    """`lower:upper:step` inside a subscript."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None
    at: Position


class Subscript(msgspec.Struct, frozen=True, gc=False):
    """`value[index]`; several comma-separated indices are one `Sequence` of kind "tuple"."""

    value: Expression
    index: Expression
    at: Position


class Argument(msgspec.Struct, frozen=True, gc=False):
    """One argument of a call: positional, `keyword=value`, `*value` (star "*") or `**value` (star "**")."""

    value: Expression
    keyword: str | None = None
    star: str = ""


class Call(msgspec.Struct, frozen=True, gc=False):
    """`func(args)`, arguments in source order."""

    func: Expression
    args: tuple[Argument, ...]
    at: Position


class BoolOp(msgspec.Struct, frozen=True, gc=False):
    """`a and b and c` or `a or b or c`, flattened; `op` is "and" or "or"."""

    op: str
    operands: tuple[Expression, ...]
    at: Position


class Unary(msgspec.Struct, frozen=True, gc=False):
    """`op` is one of "not", "-", "+", "~"."""

    op: str
    operand: Expression
    at: Position


class Binary(msgspec.Struct, frozen=True, gc=False):
    """`op` is the operator as written: "+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"."""

    op: str
    left: Expression
    right: Expression
    at: Position


class Compare(msgspec.Struct, frozen=True, gc=False):
    """`left op0 c0 op1 c1 ...`; operators as written: "==", "!=", "<", "in", "not in", "is", "is not", ..."""

    left: Expression
    ops: tuple[str, ...]
    comparators: tuple[Expression, ...]
    at: Position


class Conditional(msgspec.Struct, frozen=True, gc=False):
    """`body if test else orelse`."""

    test: Expression
    body: Expression
    orelse: Expression
    at: Position


class Sequence(msgspec.Struct, frozen=True, gc=False):
    """A list, tuple or set display; `kind` is "list", "tuple" or "set". Elements may be `Starred`."""

    kind: str
    elements: tuple[Expression, ...]
    at: Position


class DictDisplay(msgspec.Struct, frozen=True, gc=False):
    """A dict display; a key of None stands for `**value`."""

    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]
    at: Position


class Starred(msgspec.Struct, frozen=True, gc=False):
    """`*value` in a display or an assignment target."""

    value: Expression
    at: Position


class Clause(msgspec.Struct, frozen=True, gc=False):
    """`for target in iterable if test0 if test1` of a comprehension."""

    target: Expression
    iterable: Expression
    tests: tuple[Expression, ...]


class Comprehension(msgspec.Struct, frozen=True, gc=False):
    """A comprehension; `kind` is "list", "set", "dict" or "generator"; `value` is the dict value, else None."""

    kind: str
    element: Expression
    value: Expression | None
    clauses: tuple[Clause, ...]
    at: Position


class FormattedString(msgspec.Struct, frozen=True, gc=False):
    """An f-string; literal parts are `Const`, replacement fields their expression (format specs are dropped)."""

    parts: tuple[Expression, ...]
    at: Position


class Parameter(msgspec.Struct, frozen=True, gc=False):
    """One parameter; `kind` is "positional", "keyword", "*" or "**" (positional-only counts as "positional")."""

    name: str
    kind: str
    default: Expression | None
    annotation: Expression | None
    at: Position


class Lambda(msgspec.Struct, frozen=True, gc=False):
    """`lambda parameters: body`."""

    parameters: tuple[Parameter, ...]
    body: Expression
    at: Position


class Await(msgspec.Struct, frozen=True, gc=False):
    """`await value`."""

    value: Expression
    at: Position


class Yield(msgspec.Struct, frozen=True, gc=False):
    """`yield value`, or `yield from value` where `delegates`."""

    value: Expression | None
    delegates: bool
    at: Position


class Walrus(msgspec.Struct, frozen=True, gc=False):
    """`target := value`."""

    target: Name
    value: Expression
    at: Position


class Opaque(msgspec.Struct, frozen=True, gc=False):
    """An expression that is not understood; `parts` are sub-expressions that it evaluates."""

    parts: tuple[Expression, ...]
    at: Position


Expression: TypeAlias = Union[
    Const, Name, Attribute, Slice, Subscript, Call, BoolOp, Unary, Binary, Compare, Conditional, Sequence,
    DictDisplay, Starred, Comprehension, FormattedString, Lambda, Await, Yield, Walrus, Opaque,
]  # fmt: skip


# --- statements --------------------------------------------------------------------------------------------------


class ExpressionStatement(msgspec.Struct, frozen=True, gc=False):
    """An expression evaluated for its effect."""

    value: Expression
    at: Position


class Assign(msgspec.Struct, frozen=True, gc=False):
    """`t0 = t1 = value`, or `target: annotation = value` (value None where only annotated)."""

    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None
    at: Position


class AugmentedAssign(msgspec.Struct, frozen=True, gc=False):
    """`target op= value`; `op` without the "="."""

    target: Expression
    op: str
    value: Expression
    at: Position


class Return(msgspec.Struct, frozen=True, gc=False):
    """`return value`."""

    value: Expression | None
    at: Position


class Raise(msgspec.Struct, frozen=True, gc=False):
    """`raise value`."""

    value: Expression | None
    at: Position


class If(msgspec.Struct, frozen=True, gc=False):
    """`if test: body else: orelse`; an `elif` is an If alone in `orelse`."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    at: Position


class For(msgspec.Struct, frozen=True, gc=False):
    """`for target in iterable: body else: orelse` (also `async for`); `at` is the header's position."""

    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    at: Position


class While(msgspec.Struct, frozen=True, gc=False):
    """`while test: body else: orelse`; `at` is the header's position."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    at: Position


class WithItem(msgspec.Struct, frozen=True, gc=False):
    """`context as target`."""

    context: Expression
    target: Expression | None


class With(msgspec.Struct, frozen=True, gc=False):
    """`with items: body` (also `async with`)."""

    items: tuple[WithItem, ...]
    body: tuple[Statement, ...]
    at: Position


class Handler(msgspec.Struct, frozen=True, gc=False):
    """`except type as name: body`."""

    type: Expression | None
    name: str | None
    body: tuple[Statement, ...]


class Try(msgspec.Struct, frozen=True, gc=False):
    """`try: body except ...: else: finally:` (also `except*`)."""

    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]
    at: Position


class MatchCase(msgspec.Struct, frozen=True, gc=False):
    """`case pattern if guard: body`. `pattern` is the constant or dotted name matched, None for a wildcard or a
    bare capture, `Opaque` for anything else; `names` are the names that the pattern binds."""

    pattern: Expression | None
    guard: Expression | None
    names: tuple[str, ...]
    body: tuple[Statement, ...]


class Match(msgspec.Struct, frozen=True, gc=False):
    """`match subject: cases`."""

    subject: Expression
    cases: tuple[MatchCase, ...]
    at: Position


class FunctionDef(msgspec.Struct, frozen=True, gc=False):
    """A function or method; `at` is the position of its name. `yields` where the body is a generator's."""

    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    decorators: tuple[Expression, ...]
    returns: Expression | None
    yields: bool
    is_async: bool
    at: Position


class ClassDef(msgspec.Struct, frozen=True, gc=False):
    """A class; `at` is the position of its name. `keywords` are those of the header (`metaclass=...`)."""

    name: str
    bases: tuple[Expression, ...]
    keywords: tuple[Argument, ...]
    body: tuple[Statement, ...]
    decorators: tuple[Expression, ...]
    at: Position


class ImportedName(msgspec.Struct, frozen=True, gc=False):
    """`name as alias`; name "*" for a star import."""

    name: str
    alias: str | None


class Import(msgspec.Struct, frozen=True, gc=False):
    """`import a.b as c, d`."""

    names: tuple[ImportedName, ...]
    at: Position


class ImportFrom(msgspec.Struct, frozen=True, gc=False):
    """`from ..module import names`; `level` counts the leading dots; `module` is "" for `from . import x`."""

    module: str
    level: int
    names: tuple[ImportedName, ...]
    at: Position


class Delete(msgspec.Struct, frozen=True, gc=False):
    """`del targets`."""

    targets: tuple[Expression, ...]
    at: Position


class Assert(msgspec.Struct, frozen=True, gc=False):
    """`assert test, message`."""

    test: Expression
    at: Position


class Scope(msgspec.Struct, frozen=True, gc=False):
    """`global names` or `nonlocal names`; `kind` is the keyword."""

    kind: str
    names: tuple[str, ...]
    at: Position


class Jump(msgspec.Struct, frozen=True, gc=False):
    """`break`, `continue` or `pass`; `kind` is the keyword."""

    kind: str
    at: Position


Statement: TypeAlias = Union[
    ExpressionStatement, Assign, AugmentedAssign, Return, Raise, If, For, While, With, Try, Match, FunctionDef,
    ClassDef, Import, ImportFrom, Delete, Assert, Scope, Jump,
]  # fmt: skip
