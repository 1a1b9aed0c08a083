"""Frameworks that drive training themselves: what happens when `fit`, `train` or `prepare` is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from freezelint.core.events import Backward, Forward, Loop, OptimizerBuilt, Stepped, TensorBackward
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import NONE, TRUE, Const, Ref
from freezelint.core.truth import Truth
from freezelint.libraries import frameworks
from freezelint.source import ir

from . import classes, finetuning, optimizers
from .collections import parameters_in, plain, trainable_of
from .grad_modes import GradMode
from .invocation import Invocation
from .modes import set_mode
from .values import Bound, Choice, ClassValue, Collection, Function, Library

if TYPE_CHECKING:
    from .interpreter import Interpreter


def method(interp: Interpreter, item: HeapObject, name: str, call: Invocation) -> Any:
    """A framework's method, or None where it is none."""
    if name == "freeze" and finetuning.callback_class(interp, item):
        return finetuning.freeze(interp, name, call)
    kind = library_class(interp, item)
    if kind is None:
        return None
    if kind in frameworks.LIGHTNING_TRAINERS and name == "fit":
        module = interp.world.object_of(call.get(0, "model"), module=True)
        if module is not None:
            run_lightning(interp, module, call, _callbacks(interp, item))
        return NONE
    if frameworks.is_hf_trainer(kind) and name == "train":
        return _run_hf(interp, item, call)
    if kind in frameworks.ACCELERATORS:
        return _accelerator(interp, name, call)
    if kind.rpartition(".")[2] == "GradScaler":
        return _scaler(interp, name, call)
    return None


def library_class(interp: Interpreter, item: HeapObject) -> str | None:
    """The library class that an object is an instance of, directly or through a class of the project."""
    kind = interp.calls.class_of.get(item.id)
    if isinstance(kind, Library):
        return kind.name
    if isinstance(kind, ClassValue):
        for base in classes.library_bases(kind):
            if base in frameworks.LIGHTNING_TRAINERS or frameworks.has_hf_name(base):
                return base
    return None


def _accelerator(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    match name:
        case "prepare" | "setup":
            return call.args[0] if len(call.args) == 1 else plain(world, "tuple", list(call.args))
        case "prepare_model" | "unwrap_model" | "prepare_optimizer" | "setup_module" | "setup_optimizers":
            return call.args[0] if call.args else NONE
        case "backward":
            if call.args:
                number = interp.tensors.number(world.scalar(call.args[0]))
                world.emit(TensorBackward, call.span, call.text, tensor=number)
            traced = interp.tensors.graphs.traced(call.args[0]) if call.args else {}
            world.emit(Backward, call.span, call.text, grad=world.grad, **traced)
            return NONE
        case "clip_grad_norm_" | "clip_grad_value_":
            return world.unknown(name)
        case _:
            return interp.calls.unknown_call(Library(f"accelerate.{name}"), call, inert=True)


def _scaler(interp: Interpreter, name: str, call: Invocation) -> Any:
    match name:
        case "scale":
            return call.args[0] if call.args else NONE
        case "step":
            return optimizers.stepped_by(interp, call.args[0] if call.args else NONE, call)
        case _:
            return interp.world.unknown(name)


# --- Hugging Face ---------------------------------------------------------------------------------------------------


def _run_hf(interp: Interpreter, trainer: HeapObject, call: Invocation) -> Any:
    """`Trainer.train()`: the optimizer takes what requires a gradient now; `model.train()` before every step."""
    world = interp.world
    value = world.attributes.read((trainer.id, "model"), world.path)
    item = finetuning.built_anew(interp, trainer, call)
    if item is None:
        item = world.object_of(value, module=True) if isinstance(value, (Ref,)) else None
    if item is None:
        return interp.calls.unknown_call(Library("transformers.Trainer.train"), call)
    given = world.attributes.read((trainer.id, "optimizers"), world.path)
    made = world.heap.new(Kind.OPTIMIZER, "the Trainer's optimizer", call.span, world.tick())
    made.is_module = Truth.NO
    groups = (None,) if isinstance(given, Collection) else (parameters_in(world, trainable_of(interp.world, item)),)
    world.emit(OptimizerBuilt, call.span, call.text, optimizer=made.id, groups=groups, framework=True, cls="AdamW")
    loops = world.loops
    loop = world.fresh()
    callbacks = _callbacks(interp, trainer)
    for again in (False, True):
        world.loops = (*loops, Loop(loop, again))
        _hf_callbacks(interp, callbacks, "on_epoch_begin", item, made, call)
        _hf_callbacks(interp, callbacks, "on_step_begin", item, made, call)
        set_mode(interp, item, TRUE, "train", call, framework=True)
        world.emit(Forward, call.span, item.label, module=item.id, grad=world.grad, framework=True)
        loss = world.unknown("loss")
        interp.tensors.graphs.used(loss, item, call, followed=False, skips=())
        world.emit(Backward, call.span, call.text, grad=world.grad, **interp.tensors.graphs.traced(loss))
        world.emit(Stepped, call.span, call.text, optimizer=made.id, framework=True)
        _hf_callbacks(interp, callbacks, "on_step_end", item, made, call)
        _hf_callbacks(interp, callbacks, "on_epoch_end", item, made, call)
    world.loops = loops
    return world.unknown("output")


def _callbacks(interp: Interpreter, trainer: HeapObject) -> list[HeapObject]:
    value = interp.world.attributes.read((trainer.id, "callbacks"), interp.world.path)
    if not isinstance(value, Collection):
        return []
    found = []
    for item in value.items:
        made = item.value
        if isinstance(made, ClassValue):
            continue
        callback = interp.world.object_of(made) if isinstance(made, Ref) else None
        if callback is not None:
            found.append(callback)
    return found


def _hf_callbacks(
    interp: Interpreter, callbacks: list[HeapObject], hook: str, model: HeapObject, optimizer: HeapObject,
    call: Invocation,
) -> None:  # fmt: skip
    world = interp.world
    for callback in callbacks:
        kind = interp.calls.class_of.get(callback.id)
        found = classes.member(kind, hook) if isinstance(kind, ClassValue) else None
        if isinstance(found, Function):
            args = [world.unknown("args"), world.unknown("state"), world.unknown("control")]
            keywords = {"model": Ref(model.id), "optimizer": Ref(optimizer.id)}
            interp.calls.invoke(Bound(Ref(callback.id), found), call.with_arguments(args, keywords))


# --- Lightning --------------------------------------------------------------------------------------------------------


def run_lightning(
    interp: Interpreter, module: HeapObject, call: Invocation, callbacks: Sequence[HeapObject] = ()
) -> None:
    """`Trainer.fit(module)`: the hooks in their order, the optimizers it configures step after each training step.

    Since Lightning 2.2 the loop leaves the modes of modules as they are.
    """
    world = interp.world
    kind = interp.calls.class_of.get(module.id)
    if not isinstance(kind, ClassValue):
        return
    built: list[int] = []
    for callback in callbacks:
        finetuning.before_training(interp, callback, module, call)
    for hook in frameworks.LIGHTNING_ONCE:
        result = _hook(interp, module, kind, hook, call)
        if hook == "configure_optimizers":
            built = _optimizers_in(interp, result)
    for hook in ("on_fit_start", "on_train_start"):
        _told(interp, callbacks, hook, module, call)
    loops = world.loops
    loop = world.fresh()
    for again in (False, True):
        world.loops = (*loops, Loop(loop, again))
        _told(interp, callbacks, "on_train_epoch_start", module, call)
        _hook(interp, module, kind, "on_train_epoch_start", call)
        before = world.grad_log
        world.set_grad(GradMode(Truth.YES))  # the closure that calls it enables gradients
        loss = _hook(interp, module, kind, "training_step", call)
        world.emit(Backward, call.span, call.text, **_loss_in(interp, loss))
        world.grad_log = before
        for number in built or [None]:  # type: ignore[list-item]
            world.emit(Stepped, call.span, call.text, optimizer=number, framework=True)
        _told(interp, callbacks, "on_train_epoch_end", module, call)
        _hook(interp, module, kind, "on_train_epoch_end", call)
    world.loops = loops


def _hook(interp: Interpreter, module: HeapObject, kind: ClassValue, name: str, call: Invocation) -> Any:
    found = classes.member(kind, name)
    if not isinstance(found, Function):
        return NONE
    count = len(found.node.parameters) - 1
    args = [interp.world.unknown(parameter.name) for parameter in found.node.parameters[1 : count + 1]]
    return interp.calls.invoke(Bound(Ref(module.id), found, kind), call.with_arguments(args))


def _told(
    interp: Interpreter, callbacks: Sequence[HeapObject], hook: str, module: HeapObject, call: Invocation
) -> None:
    """Call a hook of Lightning callbacks: `hook(self, trainer, pl_module)`."""
    for callback in callbacks:
        kind = interp.calls.class_of.get(callback.id)
        found = classes.member(kind, hook) if isinstance(kind, ClassValue) else None
        if isinstance(found, Function):
            args = [interp.world.unknown("trainer"), Ref(module.id)]
            interp.calls.invoke(Bound(Ref(callback.id), found), call.with_arguments(args))


def _loss_in(interp: Interpreter, value: Any) -> dict[str, Any]:
    """What is known of the loss that a `training_step` returns: a tensor, or one under "loss"."""
    if isinstance(value, Collection):
        value = next((item.value for item in value.items if item.key == Const("loss")), None)
    return interp.tensors.graphs.traced(value) if value is not None else {}


def _optimizers_in(interp: Interpreter, value: Any) -> list[int]:
    """The optimizers in what `configure_optimizers` returns."""
    match value:
        case Ref(id=number) if interp.world.heap[number].kind is Kind.OPTIMIZER:
            return [number]
        case Collection():
            return [each for item in value.items for each in _optimizers_in(interp, item.value)]
        case Choice(options=options):
            return [each for _, option in options for each in _optimizers_in(interp, option)]
        case _:
            return []


def is_lightning(cls: ClassValue) -> bool:
    """Whether the class is a LightningModule."""
    return "lightning.LightningModule" in classes.qualified(cls)


def framework_trains(cls: ClassValue) -> bool:
    """Whether a framework's loop trains modules of this class and calls `train()` on them before every epoch."""
    return frameworks.sets_train_mode(classes.library_bases(cls), cls.module.name)


def run_framework(interp: Interpreter, module: HeapObject, call: Invocation) -> None:
    """Two epochs of a loop that calls `train()`, runs the module forward and steps an optimizer of its own."""
    world = interp.world
    loops = world.loops
    loop = world.fresh()
    for again in (False, True):
        world.loops = (*loops, Loop(loop, again))
        set_mode(interp, module, TRUE, "train", call, framework=True)
        interp.forwards.run(module, call.without_arguments())
        world.emit(Backward, call.span, call.text)
        world.emit(Stepped, call.span, call.text, optimizer=None, framework=True)
    world.loops = loops


def synthetic_call(interp: Interpreter, node: ir.FunctionDef | ir.ClassDef, frame: Any) -> Invocation:
    """A call that no code makes: the entry into a function by something unknown."""
    call = ir.Call(ir.Name(node.name, node.at), (), node.at)
    return Invocation(interp, call, frame, interp.span(node.at, frame), node.name, [], {}, True, entry=True)
