"""Lightning's finetuning callbacks, and what a Trainer with `model_init` does to a model that was frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import FrameworkReset, GradSet, LayerSettingSet, Selection
from freezelint.core.objects import HeapObject
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, NONE, TRUE, Const, Element, Expr, Literal, Ref, truth_of
from freezelint.core.truth import Truth
from freezelint.libraries import frameworks

from . import classes
from .expand import split_trees
from .invocation import Invocation
from .values import Bound, ClassValue, Collection, Function, Library

if TYPE_CHECKING:
    from .interpreter import Interpreter

_BATCH_NORM = (Literal(Expr("isinstance", (Element("module"), Const(("torch.nn._BatchNorm",)))), True),)


def callback_class(interp: Interpreter, callback: HeapObject) -> str:
    """ "BaseFinetuning" or "BackboneFinetuning" where the callback is one, directly or by inheritance; else ""."""
    kind = interp.calls.class_of.get(callback.id)
    if isinstance(kind, Library):
        bases = [kind.name]
    else:
        bases = classes.library_bases(kind) if isinstance(kind, ClassValue) else []
    return next((name for base in bases if (name := frameworks.finetuning_callback(base))), "")


def before_training(interp: Interpreter, callback: HeapObject, module: HeapObject, call: Invocation) -> None:
    """What `setup` of the callback does: `freeze_before_training(module)`."""
    kind = interp.calls.class_of.get(callback.id)
    own = classes.member(kind, "freeze_before_training") if isinstance(kind, ClassValue) else None
    name = callback_class(interp, callback)
    if isinstance(own, Function) and name:
        interp.calls.invoke(Bound(Ref(callback.id), own), call.with_arguments([Ref(module.id)]))
    elif name == "BackboneFinetuning":
        backbone = interp.world.heap.child(module, "backbone", interp.world.now)
        if backbone is not None:
            # `train_bn` of this callback is for the unfreezing: the freeze always leaves BatchNorm trainable.
            _freeze(interp, [backbone], callback.span or call.span, "BackboneFinetuning", told=None)


def freeze(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`BaseFinetuning.freeze(modules, train_bn=True)`."""
    value = call.get(0, "modules")
    values = [item.value for item in value.items] if isinstance(value, Collection) else [value]
    modules = [item for each in values if (item := interp.world.object_of(each, module=True)) is not None]
    _freeze(interp, modules, call.span, "BaseFinetuning.freeze", told=call.get(1, "train_bn"))
    return NONE


def _freeze(interp: Interpreter, modules: list[HeapObject], span: Span, by: str, *, told: Any) -> None:
    world = interp.world
    trains = Truth.YES if told is None else truth_of(world.scalar(told), world.path)
    for module in modules:
        everything = Selection(of="parameters", root=module.id, scope="all", at=world.now)
        norms = Selection(of="modules", root=module.id, scope="all", at=world.now, tests=_BATCH_NORM)
        affine = Selection(of="parameters", root=norms, scope="own", at=world.now)
        split_trees(world, (affine,))
        world.emit(GradSet, span, module.label, selections=(everything,), value=FALSE, how="library")
        if trains is Truth.NO:
            world.emit(LayerSettingSet, span, module.label, selections=(norms,), name="track_running_stats",
                       value=FALSE)  # fmt: skip
            continue
        value = TRUE if trains is Truth.YES else world.unknown("train_bn")
        world.emit(GradSet, span, module.label, selections=(affine,), value=value, how="library")
        if told is None:
            world.emit(
                FrameworkReset, span, module.label, selections=(affine,), by=by, what="left",
                remedy="freeze with `BaseFinetuning.freeze(..., train_bn=False)` and put the part in `eval()`",
            )  # fmt: skip


def built_anew(interp: Interpreter, trainer: HeapObject, call: Invocation) -> HeapObject | None:
    """The new model that `Trainer(model_init=...).train()` trains; None where the Trainer was given its model."""
    world = interp.world
    make = world.attributes.read((trainer.id, "model_init"), world.path)
    before = world.attributes.read((trainer.id, "model"), world.path)
    if not isinstance(make, (Function, Bound)):
        return None
    if isinstance(before, Ref):
        selection = Selection(of="parameters", root=before.id, scope="all", at=world.now)
        world.emit(
            FrameworkReset, call.span, call.text, selections=(selection,), by="Trainer(model_init=...)", what="new",
            since=_made(interp, trainer), remedy="freeze inside the function that builds the model",
        )  # fmt: skip
    return give_model(interp, trainer, make, call)


def give_model(interp: Interpreter, trainer: HeapObject, make: Any, call: Invocation) -> HeapObject | None:
    """Call `model_init` and keep its model, as `trainer.model`."""
    world = interp.world
    made = world.object_of(interp.calls.invoke(make, call.without_arguments()), module=True)
    if made is not None:
        world.attributes.write((trainer.id, "model"), Ref(made.id), world.path)
        world.attributes.write((trainer.id, "?made"), Const(world.now), world.path)
    return made


def _made(interp: Interpreter, trainer: HeapObject) -> int:
    """When `model_init` had built the model: what was written before, it wrote itself."""
    moment = interp.world.attributes.read((trainer.id, "?made"), interp.world.path)
    return moment.value if isinstance(moment, Const) and isinstance(moment.value, int) else interp.world.now
