"""Modules around modules: parallel and compiled models, adapters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.events import FrozenByDefault, GradSet, Selection, Wrapped
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import FALSE, Ref, Value, truth_of
from freezelint.core.truth import Truth
from freezelint.libraries.wrappers import ADAPTER, ARGUMENTS, PROMPTS, TUNER

from .invocation import Invocation
from .values import Library, Method

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .world import World


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
        world.emit(
            Wrapped, call.span, call.text, kind=kind, outer=made.id, inner=inner.id,
            options=_options(interp, kind, call), more=call.more,
        )  # fmt: skip
        return Ref(made.id)

    return act


def _options(interp: Interpreter, kind: str, call: Invocation) -> tuple[tuple[str, Value], ...]:
    """The arguments beside the module, by name."""
    given = {**dict(zip(ARGUMENTS.get(kind, ()), call.args[1:], strict=False)), **call.keywords}
    given.pop("module", None)
    return tuple((name, interp.world.scalar(value)) for name, value in given.items())


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
        for part in (item, _adapters_of(world, item)):
            part.requires_grad = truth_of(world.scalar(flag), world.path)
            part.training = Truth.NO
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
    base = inner if _only_prompts(interp, call) else _tuner(interp, inner, call)
    world.heap.attach(made, "base_model", base, world.tick(), world.event_path())
    interp.calls.wrapped[made.id] = base.id
    _put_adapters(interp, inner, call)
    world.emit(Wrapped, call.span, call.text, kind="peft", outer=made.id, inner=inner.id)
    return Ref(made.id)


def _only_prompts(interp: Interpreter, call: Invocation) -> bool:
    """Whether what is put before the input is all that trains: then `base_model` is the base model itself."""
    config = call.get(1, "peft_config")
    kind = interp.calls.class_of.get(config.id) if isinstance(config, Ref) else None
    return isinstance(kind, Library) and kind.name.rpartition(".")[2] in PROMPTS


def _tuner(interp: Interpreter, inner: HeapObject, call: Invocation) -> HeapObject:
    """What holds the base model as its `model`: `peft_model.base_model.model`."""
    world = interp.world
    made = world.heap.new(Kind.MODULE, inner.label, call.span, world.tick())
    made.classes, made.is_module, made.open = (TUNER, "torch.nn.Module"), Truth.YES, False
    world.heap.attach(made, "model", inner, world.tick(), world.event_path())
    interp.calls.wrapped[made.id] = inner.id
    return made


def _put_adapters(interp: Interpreter, inner: HeapObject, call: Invocation) -> None:
    """The adapters stand inside the base model, wherever its layers are: under which names is not known."""
    world = interp.world
    adapters = world.heap.new(Kind.MODULE, f"the adapters of {inner.label}", call.span, world.tick())
    adapters.classes, adapters.is_module, adapters.open = (ADAPTER, "torch.nn.Module"), Truth.YES, True
    world.heap.attach(inner, "?adapters", adapters, world.tick(), world.event_path())


def _adapters_of(world: World, outer: HeapObject) -> HeapObject:
    inner = world.heap.child(outer, "base_model", world.now) or outer
    if TUNER in inner.classes:
        inner = world.heap.child(inner, "model", world.now) or inner
    return world.heap.child(inner, "?adapters", world.now) or outer


def base_model(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`PeftModel.get_base_model()`: the model itself, with the adapters in it."""
    inner = interp.calls.wrapped.get(item.id)
    if "peft.PeftModel" not in item.classes or inner is None:
        return interp.calls.unknown_call(method, call)
    return Ref(interp.calls.wrapped[inner] if TUNER in interp.world.heap[inner].classes else inner)


def prepared(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`prepare_model_for_kbit_training(model)`: freezes all that it is given, adapters too, and returns it."""
    world = interp.world
    item = world.object_of(call.get(0, "model"), module=True)
    if item is None:
        return interp.calls.unknown_call(Library(name), call)
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    world.emit(GradSet, call.span, item.label, selections=(selection,), value=FALSE, how="library")
    return Ref(item.id)
