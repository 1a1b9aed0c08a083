"""Writes the intermediate representation as short text, without positions, so that tests can state it in a line."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from freezelint.source import ir
from freezelint.source.lowering import lower


def sketch(value: object) -> str:
    """`Name('x')` for a node, `[...]` for a tuple; fields at the end that are empty are left out."""
    match value:
        case tuple():
            return "[" + ", ".join(sketch(each) for each in value) + "]"
        case ir.Name():
            return value.id
        case ir.Const():
            return repr(value.value)
        case msgspec.Struct():
            fields = [getattr(value, name) for name in value.__struct_fields__ if name not in ("at", "attr_at")]
            while fields and (fields[-1] is None or fields[-1] in ((), "", False)):
                fields.pop()
            return f"{type(value).__name__}({', '.join(sketch(each) for each in fields)})"
        case _:
            return repr(value)


def statements(text: str) -> str:
    """The sketch of all statements, one per line."""
    return "\n".join(sketch(statement) for statement in lower(text))


def expression(text: str) -> str:
    """The sketch of the one expression in `text`."""
    (statement,) = lower(text)
    assert isinstance(statement, ir.ExpressionStatement)
    return sketch(statement.value)


def walk(value: object) -> Iterator[msgspec.Struct]:
    """All nodes in and below `value`."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, tuple):
            pending.extend(each)
        elif isinstance(each, msgspec.Struct) and not isinstance(each, ir.Position):
            yield each
            pending.extend(getattr(each, name) for name in each.__struct_fields__)


def cut(text: str, at: ir.Position) -> str:
    """The part of `text` that a position covers."""
    lines = text.split("\n")[at.line - 1 : at.end_line]
    lines[-1] = lines[-1][: at.end_column - 1]
    lines[0] = lines[0][at.column - 1 :]
    return "\n".join(lines)
