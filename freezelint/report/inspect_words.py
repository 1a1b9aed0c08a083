"""Words for real models, shared by the pictures on the terminal and in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from freezelint.core.pictures import Grads, Group, Inspection, Layer, Mode
from freezelint.report.printable import escape


class Row(msgspec.Struct, frozen=True):
    """A line of the tree: how deep the layer lies."""

    depth: int
    layer: Layer


def rows(layer: Layer, levels: int, depth: int = 0) -> Iterator[Row]:
    """The tree as lines: so many levels of it, and below them only what is not all in one state."""
    yield Row(depth, layer)
    for child in layer.children if depth < levels or differs(layer) else ():
        yield from rows(child, levels, depth + 1)


def differs(layer: Layer) -> bool:
    """Whether not all of a layer is in one state: trainable, mode, whether an optimizer holds it."""
    held = {bool(child.groups) for child in layer.children if child.trainable}
    return layer.grads is Grads.MIXED or layer.mode is Mode.MIXED or len(held) > 1


def label(layer: Layer) -> str:
    """`layer4`, `0-11 (12 times)`."""
    first, last = layer.names[0], layer.names[-1]
    if len(layer.names) == 1:
        return escape(first)
    return escape(f"{first}-{last}" if first.isdigit() and last.isdigit() else f"{first} ... {last}")


def times(layer: Layer) -> str:
    """How many there are: ` x12`."""
    return f" x{len(layer.names)}" if len(layer.names) > 1 else ""


def grads(layer: Layer) -> str:
    """`trainable`, `frozen`, `12% trainable`, nothing where there are no parameters."""
    match layer.grads:
        case Grads.MIXED:
            share = 100 * layer.trainable / layer.parameters if layer.parameters else 0
            return f"{share:.0f}% trainable" if 1 <= share <= 99 else "mixed"
        case Grads.NONE:
            return ""
        case _:
            return str(layer.grads.value)


def count(number: int) -> str:
    """`64`, `9.4k`, `11.2M`, `1.3B`."""
    for size, unit in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.1f}{unit}"
    return str(number)


def groups(layer: Layer) -> str:
    """The groups of the optimizer that hold parameters of it: `0`, `0, 1`."""
    return ", ".join(str(number) for number in layer.groups)


def total(found: Inspection) -> str:
    """The whole model in one line."""
    model = found.model
    share = f" ({100 * model.trainable / model.parameters:.1f}%)" if model.parameters else ""
    buffers = f", {count(model.buffers)} in buffers" if model.buffers else ""
    return f"{count(model.parameters)} parameters, {count(model.trainable)} trainable{share}{buffers}"


def group(number: int, each: Group) -> str:
    """A group of the optimizer in one line."""
    words = [f"group {number}: {count(each.parameters)} parameters"]
    words += [each.options] if each.options else []
    words += [f"{count(each.frozen)} frozen"] if each.frozen else []
    words += [f"{count(each.elsewhere)} not of this model"] if each.elsewhere else []
    return escape(", ".join(words))


def missed(found: Inspection) -> str:
    """The trainable parameters that no optimizer holds, in one line; nothing where there are none."""
    if not found.missed:
        return ""
    shown = ", ".join(found.missed[:4]) + (" ..." if len(found.missed) > 4 else "")
    number = len(found.missed)
    return escape(f"{number} trainable parameter{'' if number == 1 else 's'} in no group: {shown}")
