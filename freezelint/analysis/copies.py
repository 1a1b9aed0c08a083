"""Deep copies of modules, and of all that lies below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import Ref
from freezelint.core.truth import Truth

from . import tying
from .collections import collection
from .invocation import Invocation
from .values import Choice, Collection, choose

if TYPE_CHECKING:
    from .interpreter import Interpreter


def deepcopy(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`copy.deepcopy(x)`: of a collection a new collection, of a module a copy with all below it."""
    world = interp.world
    value = call.get(0, "x")
    if isinstance(value, Choice):
        return choose(
            tuple((path, deepcopy(interp, name, call.with_arguments([option]))) for path, option in value.options)
        )
    if isinstance(value, Collection):
        return collection(world, value.kind, list(value.items), call.span, complete=value.complete)
    source = world.object_of(value)
    if source is None:
        return value
    return Ref(copy_object(interp, source, call).id)


def copy_object(interp: Interpreter, source: HeapObject, call: Invocation) -> HeapObject:
    """A deep copy of an object and all below it; its history up to now is the original's."""
    world = interp.world
    moment = world.now
    made = world.heap.new(source.kind, f"{source.label} (copy)", call.span, world.tick())
    done = {source.id: made}
    _copy_into(interp, source, made, moment, done)
    tying.copied(interp, done, moment)
    return made


def _copy_into(
    interp: Interpreter, source: HeapObject, made: HeapObject, moment: int, done: dict[int, HeapObject]
) -> None:
    world = interp.world
    made.classes, made.is_module, made.open = source.classes, source.is_module, source.open
    made.norm, made.dropout, made.affine = source.norm, source.dropout, source.affine
    made.rescales = source.rescales
    made.parameters = list(source.parameters)
    made.requires_grad, made.training = source.requires_grad, source.training
    made.tree, made.expanded = source.tree, source.expanded
    made.copied_from = (source.id, moment)
    made.hidden, made.configured, made.derived = source.hidden, source.configured, dict(source.derived)
    kind = interp.calls.class_of.get(source.id)
    if kind is not None:
        interp.calls.class_of[made.id] = kind
    inner = interp.calls.wrapped.get(source.id)
    for edge in source.attributes:
        if edge.alive(moment, world.path) is Truth.NO:
            continue
        child = done.get(edge.child)
        if child is None:
            original = world.heap[edge.child]
            child = done[edge.child] = world.heap.new(original.kind, f"{made.label}.{edge.name}", made.span, made.born)
            _copy_into(interp, original, child, moment, done)
        world.heap.attach(made, edge.name, child, world.tick(), edge.path, edge.truth)
        if inner == edge.child:
            interp.calls.wrapped[made.id] = child.id
    for key in world.attributes.written():
        if isinstance(key, tuple) and key[0] == source.id:
            value = world.attributes.read(key, world.path)
            if isinstance(value, Ref) and value.id in done:
                value = Ref(done[value.id].id)
            elif isinstance(value, Ref) and world.heap[value.id].kind is Kind.MODULE:
                continue
            world.attributes.write((made.id, key[1]), value, world.path)
