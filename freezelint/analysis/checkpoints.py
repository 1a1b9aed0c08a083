"""Activation checkpointing, and gradients that are taken without backward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import Checkpointed, GraphEscaped
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import TRUE, Const, Ref, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from .graphs import Graph
from .invocation import Invocation
from .text import render

if TYPE_CHECKING:
    from .interpreter import Interpreter

_OWN = frozenset({"use_reentrant", "preserve_rng_state", "context_fn", "determinism_check", "debug"})


def checkpoint(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`checkpoint(function, *args, use_reentrant=...)`: the function is called with the arguments."""
    function = call.get(0, "function")
    if function is None:
        return interp.world.unknown(name)
    keywords = {key: value for key, value in call.keywords.items() if key not in _OWN and key != "function"}
    inner = call.with_arguments(call.args[1:], keywords)
    inner.text = _checkpointed(call)
    inputs = interp.tensors.graphs.union(inner.all_arguments())
    result = interp.calls.invoke(function, inner)
    inside = interp.tensors.graphs.of(result).reaches - inputs.reaches
    _emit(interp, call, inputs, inner.all_arguments(), inside)
    return result


def _checkpointed(call: Invocation) -> str:
    """What is checkpointed, as the user calls it: the first argument where that is a name, else the call."""
    first = next((arg.value for arg in call.node.args if arg.keyword in (None, "function", "functions")), None)
    return render(first) if isinstance(first, (ir.Name, ir.Attribute, ir.Subscript)) else call.text


def checkpoint_parts(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`checkpoint_sequential(functions, segments, input)`: all but the last segment are checkpointed."""
    functions, segments = call.get(0, "functions"), interp.world.scalar(call.get(1, "segments"))
    given = [call.get(2, "input")]
    if not isinstance(functions, Ref):
        return interp.calls.unknown_call(functions, call)
    item = interp.world.heap[functions.id]
    graphs = interp.tensors.graphs
    inputs = graphs.union(given)
    inner = call.with_arguments(given)
    inner.text = _checkpointed(call)
    result = interp.forwards.run(item, inner)
    checkpointed = interp.world.unknown("segments")
    for child in _first_segments(interp, item, segments):
        graphs.used(checkpointed, child, inner, followed=False, skips=())
    _emit(interp, call, inputs, given, graphs.of(checkpointed).reaches)
    return result


def _first_segments(interp: Interpreter, item: HeapObject, segments: Any) -> list[HeapObject]:
    """The children that torch checkpoints: those of all segments but the last."""
    world = interp.world
    world.heap.expand(item)
    if item.open or not isinstance(segments, Const) or not isinstance(segments.value, int) or segments.value < 1:
        return []
    children = [
        world.heap[edge.child] for edge in item.edges
        if world.heap[edge.child].kind is Kind.MODULE and edge.alive(world.now, world.path) is Truth.YES
    ]  # fmt: skip
    size = len(children) // segments.value
    return children[: size * (segments.value - 1)]


def _emit(interp: Interpreter, call: Invocation, inputs: Graph, given: list[Any], inside: frozenset[int]) -> None:
    graphs = interp.tensors.graphs
    reentrant = truth_of(interp.world.scalar(call.keywords.get("use_reentrant", TRUE)), interp.world.path)
    forced = any(value in graphs.forced for value in graphs.parts(given))
    interp.world.emit(
        Checkpointed, call.span, call.text.partition("(")[0], inputs=graphs.uses(inputs.reaches),
        inside=graphs.uses(inside), reentrant=reentrant,
        open=Truth.YES if forced else Truth.MAYBE if inputs.open or inputs.lost or call.more else Truth.NO,
    )  # fmt: skip


def gradient(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`torch.autograd.grad(outputs, inputs)`: what the outputs reach is put to use."""
    graphs = interp.tensors.graphs
    reached = graphs.union([call.get(0, "outputs")])
    if reached.reaches:
        interp.world.emit(GraphEscaped, call.span, call.text, reaches=graphs.uses(reached.reaches))
    result = interp.world.unknown("gradients")
    interp.tensors.mark(result, call.all_arguments())
    graphs.grow(result, msgspec.structs.replace(reached, open=True))
    return result
