"""Modules around modules: parallel and compiled models, adapters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.events import FrozenByDefault, GradSet, Selection, Wrapped
from freezelint.core.objects import Kind
from freezelint.core.symbols import FALSE, Ref, truth_of
from freezelint.core.truth import Truth

from .invocation import Invocation
from .values import Library

if TYPE_CHECKING:
    from .interpreter import Interpreter


def wrap(kind: str, child_name: str) -> Callable[[Interpreter, str, Invocation], Any]:
    """What wraps a module of kind `kind` and keeps it under `child_name`."""

    def act(interp: Interpreter, name: str, call: Invocation) -> Any:
        world = interp.world
        inner = world.object_of(call.get(0, "module"), module=True)
        if inner is None:
            inner = world.object_of(call.get(0, "model"), module=True)
        if inner is None:
            if kind == "compile":
                return Library("torch.compile.decorator") if not call.args else call.args[0]
            return interp.calls.unknown_call(Library(name), call)
        made = world.heap.new(Kind.MODULE, inner.label, call.span, world.tick())
        made.classes, made.is_module, made.open = (name, "torch.nn.Module"), Truth.YES, False
        world.heap.attach(made, child_name, inner, world.tick(), world.event_path())
        world.attributes.write((made.id, child_name), Ref(inner.id), world.path)
        interp.calls.wrapped[made.id] = inner.id
        if kind != "compile":
            interp.calls.class_of[made.id] = Library(name)
        world.emit(Wrapped, call.span, call.text, kind=kind, outer=made.id, inner=inner.id)
        return Ref(made.id)

    return act


def peft(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`get_peft_model`: the base is frozen, new adapters are trainable, the result wraps the base."""
    return _adapted(interp, name, call)


def peft_loaded(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`PeftModel.from_pretrained(model, id)`: the adapters are frozen as well, unless is_trainable=True."""
    world = interp.world
    made = _adapted(interp, name, call)
    if isinstance(made, Ref):
        flag = call.get(3, "is_trainable", world.unknown("is_trainable") if call.more else FALSE)
        item = world.heap[made.id]
        item.requires_grad = truth_of(world.scalar(flag), world.path)
        item.training = Truth.NO
        if not call.has(3, "is_trainable") and not call.more:
            world.emit(FrozenByDefault, call.span, call.text, module=made.id, argument="is_trainable")
    return made


def _adapted(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    inner = world.object_of(call.get(0, "model"), module=True)
    if inner is None:
        return interp.calls.unknown_call(Library(name), call)
    selection = Selection(of="parameters", root=inner.id, scope="all", at=world.now)
    world.emit(GradSet, call.span, inner.label, selections=(selection,), value=FALSE, how="library")
    made = world.heap.new(Kind.MODULE, inner.label, call.span, world.tick())
    made.classes, made.is_module, made.open = ("peft.PeftModel", "torch.nn.Module"), Truth.YES, True
    made.norm = made.dropout = Truth.NO
    world.heap.attach(made, "base_model", inner, world.tick(), world.event_path())
    interp.calls.wrapped[made.id] = inner.id
    world.emit(Wrapped, call.span, call.text, kind="peft", outer=made.id, inner=inner.id)
    return Ref(made.id)
