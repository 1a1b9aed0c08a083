"""Calls of library functions and classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import Given, GradSet, Selection
from freezelint.core.symbols import NONE, TRUE, Const, fold, is_foldable, truth_of
from freezelint.core.truth import Truth
from freezelint.libraries import names
from freezelint.libraries.facts import Effect, effect_of
from freezelint.libraries.trees import layer_fact, tree_of

from . import (
    builtin_calls,
    checkpoints,
    finetuning,
    library_modules,
    methods,
    optimizers,
    reparametrizing,
    standard_library,
    tensor_calls,
)
from .collections import collection, items_of, trainable_of
from .copies import deepcopy
from .invocation import GradContext, Invocation
from .values import Bound, Collection, Function, Item, Library, Method, Partial
from .wrappers import peft, peft_loaded, prepared, wrap

if TYPE_CHECKING:
    from .interpreter import Interpreter


def call(interp: Interpreter, name: str, invocation: Invocation) -> Any:
    """Call something of a library by its dotted name."""
    package, _, last = name.rpartition(".")
    if package == "builtins":
        return builtin_calls.call(interp, last, invocation)
    if names.is_optimizer(name):
        return optimizers.build(interp, name, invocation)
    if names.is_scheduler(name):
        return optimizers.schedule(interp, name, invocation)
    if is_foldable(name):
        return fold(name, tuple(interp.world.scalar(value) for value in invocation.all_arguments()))
    effect = effect_of(name)
    if effect is not None:
        return _EFFECTS[effect](interp, name, invocation)
    fact = layer_fact(name)
    if fact is not None:
        return library_modules.layer(interp, name, fact, invocation)
    tree = library_modules.known_tree(interp, name, invocation) or library_modules.auto_tree(interp, name, invocation)
    if tree is not None:
        return library_modules.from_tree(interp, name, tree, invocation)
    owner = name.removesuffix(".from_pretrained").removesuffix(".from_config").removesuffix("._from_config")
    if owner != name and (names.is_module_class(owner) or names.is_auto_model(owner)):
        return library_modules.pretrained(interp, owner, invocation, evaluating=name.endswith("from_pretrained"))
    if tree_of(name) is not None or name in library_modules.BUILDERS:
        return library_modules.pretrained(interp, name, invocation, evaluating=False)
    if names.is_module_class(package) and invocation.args and interp.calls.objects_in(invocation.args[:1]):
        rest = invocation.with_arguments(invocation.args[1:], invocation.keywords)
        return methods.call(interp, Method(invocation.args[0], last, start=Library(package)), rest)
    if names.is_module_class(name):
        return library_modules.open_module(interp, name, invocation)
    if last in _DRIVERS:
        return library_modules.instance(interp, name, invocation)
    if name.startswith(("torch.", "numpy.", "np.")) or package in ("torch", "torch.nn.functional"):
        given = interp.calls.objects_in(invocation.all_arguments())
        if given:
            interp.world.emit(Given, invocation.span, invocation.text, objects=tuple(dict.fromkeys(given)))
        return tensor_calls.function(interp, last, invocation)
    inert = names.is_inert(name) and not _takes_over(last)
    if inert and last[:1].isupper():
        return library_modules.instance(interp, name, invocation)
    if last[:1].isupper() and not inert and not interp.calls.objects_in(invocation.all_arguments()):
        return library_modules.instance(interp, name, invocation)
    return interp.calls.unknown_call(Library(name), invocation, inert=inert)


_DRIVERS = frozenset({"GradScaler", "Accelerator", "Fabric"})
"""Classes whose objects step optimizers or run backward for their users."""


def _takes_over(last: str) -> bool:
    """Names of functions that change what they are given, in packages that otherwise do not."""
    return last.startswith(("freeze", "unfreeze", "set_requires", "prepare_model", "toggle"))


# --- effects -------------------------------------------------------------------------------------------------------


def _grad_context(enabled: Truth) -> Callable[[Interpreter, str, Invocation], Any]:
    def act(interp: Interpreter, name: str, call: Invocation) -> Any:
        first = call.get(0, "mode")
        if isinstance(first, Function):
            return msgspec.structs.replace(first, grad=enabled, grad_at=call.span)
        if isinstance(first, Bound):
            return msgspec.structs.replace(
                first, function=msgspec.structs.replace(first.function, grad=enabled, grad_at=call.span)
            )
        mode = name.rpartition(".")[2]
        if first is not None and name.endswith("inference_mode"):
            decided = truth_of(interp.world.scalar(first), interp.world.path)
            return GradContext(~decided, name=mode)
        return GradContext(enabled, name=mode)

    return act


def _set_grad(interp: Interpreter, name: str, call: Invocation) -> Any:
    value = interp.world.scalar(call.get(0, "mode", TRUE))
    return GradContext(truth_of(value, interp.world.path), immediate=True, name="set_grad_enabled")


def _grad_asked(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`torch.is_grad_enabled()`."""
    enabled = interp.world.grad
    return interp.world.unknown("enabled") if enabled is Truth.MAYBE else Const(enabled is Truth.YES)


def _chain(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    lazy = collection(world, "iterator", [], call.span, origin="chain")

    def run() -> tuple[list[Item], bool]:
        found: list[Item] = []
        complete = not call.more
        sources: list[Any] = list(call.args)
        if name.endswith("from_iterable") and sources:
            outer = items_of(interp, sources[0], call.node, call.frame)
            sources = [item.value for item in outer or ()]
            complete = complete and outer is not None
        for value in sources:
            items = items_of(interp, value, call.node, call.frame)
            if items is None:
                complete = False
                continue
            found.extend(items)
            if isinstance(value, Collection):
                complete = complete and value.complete
        return found, complete

    lazy.pending = run
    return lazy


def _partial(interp: Interpreter, name: str, call: Invocation) -> Any:
    return Partial(call.args[0], tuple(call.args[1:]), dict(call.keywords)) if call.args else NONE


def _consumes(interp: Interpreter, name: str, call: Invocation) -> Any:
    """A function that goes over the parameters it is given: gradient clipping, EMA."""
    value = call.get(0, "parameters")
    if isinstance(value, Collection):
        items_of(interp, value, call.node.args[0].value if call.node.args else call.node, call.frame)
    return interp.world.unknown(name.rpartition(".")[2])


def _first_argument(interp: Interpreter, name: str, call: Invocation) -> Any:
    return call.args[0] if call.args else NONE


def _ordered(interp: Interpreter, name: str, call: Invocation) -> Any:
    return builtin_calls.call(interp, "dict", call)


def _timm_freeze(value: bool) -> Callable[[Interpreter, str, Invocation], Any]:
    def act(interp: Interpreter, name: str, call: Invocation) -> Any:
        world = interp.world
        item = world.object_of(call.get(0, "root_module"), module=True)
        if item is None:
            return NONE
        selection = Selection(
            of="parameters", root=item.id, scope="all", at=world.now,
            truth=Truth.MAYBE if call.has(1, "submodules") else Truth.YES,
        )  # fmt: skip
        world.emit(GradSet, call.span, item.label, selections=(selection,), value=Const(value), how="library")
        return NONE

    return act


def _timm_optimizer(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`timm.optim.create_optimizer_v2(model_or_params, ...)`: of a model, the parameters that require a gradient."""
    world = interp.world
    value = call.get(0 if name.endswith("_v2") else 1, "model_or_params" if name.endswith("_v2") else "model")
    item = world.object_of(value, module=True) if not isinstance(value, Collection) else None
    if item is None:
        return optimizers.build(interp, name, call.with_arguments([value]))
    return optimizers.build(interp, name, call.with_arguments([trainable_of(interp.world, item)]))


def _identity_decorator(interp: Interpreter, name: str, call: Invocation) -> Any:
    return call.args[0] if call.args else interp.world.unknown("decorator")


def _field(interp: Interpreter, name: str, call: Invocation) -> Any:
    factory = call.keywords.get("default_factory")
    if factory is not None:
        return interp.calls.invoke(factory, call.without_arguments())
    return call.get(0, "default", interp.world.unknown("field"))


def _method_type(interp: Interpreter, name: str, call: Invocation) -> Any:
    if len(call.args) == 2 and isinstance(call.args[0], Function):
        return Bound(call.args[1], call.args[0])
    return interp.world.unknown("method")


_EFFECTS: dict[Effect, Callable[[Interpreter, str, Invocation], Any]] = {
    Effect.DISTRIBUTED: wrap("ddp", "module"),
    Effect.DATA_PARALLEL: wrap("dp", "module"),
    Effect.SHARDED: wrap("fsdp", "module"),
    Effect.COMPILED: wrap("compile", "_orig_mod"),
    Effect.COPIES: deepcopy,
    Effect.FINETUNING: finetuning.freeze,
    Effect.AVERAGES: library_modules.averaged,
    Effect.ESTIMATES: library_modules.estimated,
    Effect.GRAD_OFF: _grad_context(Truth.NO),
    Effect.GRAD_ON: _grad_context(Truth.YES),
    Effect.GRAD_SET: _set_grad,
    Effect.GRAD_ASKED: _grad_asked,
    Effect.CHECKPOINT: checkpoints.checkpoint,
    Effect.CHECKPOINT_PARTS: checkpoints.checkpoint_parts,
    Effect.GRADIENT: checkpoints.gradient,
    Effect.CHAINS: _chain,
    Effect.PARTIAL: _partial,
    Effect.PARAMETER: library_modules.parameter,
    Effect.EMBEDDING: library_modules.embedding_pretrained,
    Effect.CONSUMES: _consumes,
    Effect.RETURNS_FIRST: _first_argument,
    Effect.DERIVES: reparametrizing.derive,
    Effect.RESTORES: reparametrizing.restore,
    Effect.DICT: _ordered,
    Effect.PEFT: peft,
    Effect.PREPARES: prepared,
    Effect.PEFT_LOADED: peft_loaded,
    Effect.FREEZES: _timm_freeze(False),
    Effect.UNFREEZES: _timm_freeze(True),
    Effect.OPTIMIZER: _timm_optimizer,
    Effect.DECORATOR: _identity_decorator,
    Effect.ATTRGETTER: standard_library.attrgetter,
    Effect.REDUCE: standard_library.reduce,
    Effect.IMPORT_MODULE: standard_library.import_module,
    Effect.FIELDS: standard_library.dataclass_fields,
    Effect.HUB: library_modules.hub,
    Effect.METHOD: _method_type,
    Effect.FIELD: _field,
    Effect.VARIABLE: tensor_calls.variable,
}
