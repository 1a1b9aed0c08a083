"""Methods of modules, and of the modules that a loop goes over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.events import Given, GradSet, MisnamedCall, Selection, StateLoaded, WeightsWritten
from freezelint.core.objects import HeapObject
from freezelint.core.symbols import TRUE, Const, Element, Ref, Value, truth_of
from freezelint.core.truth import Truth

from . import classes, flags, foreign_methods, lifecycles, tensor_calls
from .attributes import read as read_attribute
from .collections import child_items, collection, contained_items, each_of, holds_parameters, keys_of, plain
from .construction import register_somewhere
from .containers import append_children, fill_container
from .expand import split_trees
from .invocation import Invocation
from .modes import set_mode, set_modes
from .optimizers import zero_grad
from .targets import store
from .values import ClassValue, Collection, Copied, Item, Method
from .wrappers import base_model

if TYPE_CHECKING:
    from .interpreter import Interpreter

SAME = frozenset({
    "to", "cuda", "cpu", "half", "float", "double", "bfloat16", "type", "share_memory", "xpu", "mps", "ipu",
    "to_empty", "compile_", "requires_grad",
})  # fmt: skip
_HOOKS = frozenset({"register_forward_hook", "register_forward_pre_hook", "enable_input_require_grads"})
_KEEPS = frozenset({
    "register_forward_hook", "register_forward_pre_hook", "register_full_backward_hook", "register_backward_hook",
    "register_buffer", "state_dict", "get_extra_state", "buffers", "named_buffers", "extra_repr", "double_",
    "log", "log_dict", "save_hyperparameters", "print", "numel", "dim", "size", "save_pretrained",
    "gradient_checkpointing_enable", "gradient_checkpointing_disable", "enable_input_require_grads", "push_to_hub",
    "tie_weights", "post_init", "get_input_embeddings", "get_output_embeddings", "num_parameters", "init_weights",
    "no_sync", "manual_backward", "lr_schedulers", "all_gather", "clip_gradients", "freeze_", "__init_subclass__",
    "resize_token_embeddings", "apply_", "weights_to_skip", "get_parameter_or_buffer", "get_num_layers",
    "get_classifier", "predict", "flops", "count_parameters",
})  # fmt: skip


def of_module(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """A method of a module, or of an object that may be one."""
    name = method.name
    if name == "requires_grad_":
        flags.check_argument(interp, Ref(item.id), call)
    handler = MODULE.get(name)
    kind = interp.calls.class_of.get(item.id)
    plain_object = isinstance(kind, ClassValue) and classes.is_module(kind) is Truth.NO
    life = lifecycles.method(interp, item, name, call)
    if life is not None:
        return life
    if handler is not None and not plain_object:
        if name in PROVES and item.is_module is Truth.MAYBE:
            interp.world.object_of(Ref(item.id), module=True)
        return handler(interp, item, method, call)
    if name in SAME:
        return Ref(item.id)
    if name == "__init__":
        return _library_init(interp, item, method, call)
    followed = name == "register_forward_hook" and interp.forwards.hook(item, call.get(0, "hook"))
    if name in _HOOKS and not followed:
        interp.tensors.graphs.hooked.add(item.id)
    if name == "manual_backward" and call.args:
        return tensor_calls.backward(interp, call.args[0], call)
    if name in _KEEPS:
        return foreign_methods.kept(interp, method, item, call)
    delegated = interp.calls.delegate(item)
    if delegated is not None:
        return of_module(interp, delegated, Method(Ref(delegated.id), name), call)
    if item.is_module is Truth.YES and flags.misnamed(name):
        interp.world.emit(MisnamedCall, call.span, call.text.partition("(")[0], name=name)
        return interp.world.unknown(name)
    return interp.calls.unknown_call(method, call)


def _library_init(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    start = method.start
    bases = classes.library_bases(start) if isinstance(start, ClassValue) else []
    if any(base.endswith((".Sequential", ".ModuleList", ".ModuleDict")) for base in bases):
        fill_container(interp, item, call)
    return Const(None)


def _parameters(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    interp.world.emit(Given, call.span, call.text, objects=(item.id,), how="contents")
    return iterator_over(interp, _parameter_selection(interp, item.id, call), "parameter", method.name, call)


def _parameter_selection(interp: Interpreter, root: int | Selection, call: Invocation) -> Selection:
    recurse = interp.world.scalar(call.get(0, "recurse", TRUE))
    named_prefix = isinstance(recurse, Const) and isinstance(recurse.value, str)
    scope = "own" if truth_of(recurse) is Truth.NO and not named_prefix else "all"
    return Selection(of="parameters", root=root, scope=scope, at=interp.world.now)


def iterator_over(interp: Interpreter, selection: Selection, role: str, name: str, call: Invocation) -> Collection:
    """What `parameters()`, `modules()` and the like return."""
    world = interp.world
    item = each_of(world, selection, role, named=name.startswith("named_"))
    return collection(world, "iterator", [item], call.span, origin=name)


def _modules(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    selection = Selection(of="modules", root=item.id, scope="all", at=interp.world.now)
    return iterator_over(interp, selection, "module", method.name, call)


def _children(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    world = interp.world
    items = [] if holds_parameters(item) else child_items(world, item.id, named=method.name == "named_children")
    return collection(world, "iterator", items, call.span, origin=method.name)


def _container_items(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`values()`, `items()`, `keys()` of a ModuleDict or ParameterDict."""
    world = interp.world
    if item.is_module is not Truth.YES:
        return interp.calls.unknown_call(method, call, inert=True)
    items = contained_items(world, item.id, named=method.name != "values")
    if method.name == "keys":
        items = keys_of(items)
    return collection(world, "iterator", items, call.span, origin=method.name)


def _mode(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    value: Value = Const(False)
    if method.name == "train":
        value = interp.world.scalar(call.get(0, "mode", TRUE))
    set_mode(interp, item, value, method.name, call, start=method.start)
    return Ref(item.id)


def _requires_grad(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    world = interp.world
    value = world.scalar(call.get(0, "requires_grad", TRUE))
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    text = call.text.partition(".requires_grad_")[0]
    if flags.rejects_value(interp, value, call.span, text, "method"):
        return Ref(item.id)
    world.emit(GradSet, call.span, text, selections=(selection,), value=value, how="method", on="module")
    return Ref(item.id)


def _apply(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`module.apply(fn)`: `fn` of every module below it."""
    world = interp.world
    function = call.get(0, "fn")
    if function is None:
        return Ref(item.id)
    selection = Selection(of="modules", root=item.id, scope="all", at=world.now)
    element = Element("module", world.loop_over(selection))
    interp.calls.invoke(function, call.with_arguments([element]))
    return Ref(item.id)


def _state_dict(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """Names and copies of the parameters; with keep_vars the parameters themselves."""
    world = interp.world
    world.emit(Given, call.span, call.text, objects=(item.id,))
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    loop = world.loop_over(selection)
    parameter: Any = Element("parameter", loop)
    if truth_of(world.scalar(call.get(2, "keep_vars", Const(False)))) is not Truth.YES:
        parameter = Copied(parameter, "state_dict()")
    return collection(
        world, "dict", [Item(parameter, each=True, key=Element("name", loop))], call.span, origin="state_dict"
    )


def _register(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    name = call.get(0, "name")
    if isinstance(name, Const) and isinstance(name.value, str):
        value = call.get(1, "module" if method.name != "register_parameter" else "param")
        store(interp, item.id, name.value, value, call.node.func, call.frame)
    else:
        register_somewhere(interp, item, call.get(1, "module" if method.name != "register_parameter" else "param"))
    return Const(None)


def _grow(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    if item.is_module is not Truth.YES:
        return interp.calls.unknown_call(method, call)
    value = call.get(1 if method.name == "insert" else 0, "module")
    values = value if method.name == "extend" else plain(interp.world, "list", [value])
    append_children(interp, item, values, call.node, call.frame)
    return Ref(item.id)


def _submodule(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    path = call.get(0, "target")
    value: Any = Ref(item.id)
    if not (isinstance(path, Const) and isinstance(path.value, str)):
        return interp.world.unknown("submodule")
    for part in path.value.split("."):
        value = read_attribute(interp, value, part, call.node, call.frame)
    return value


def _classifier(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`get_classifier()` of a model of timm: the head as it stands now, where it is known which that is."""
    path = item.tree.classifier if item.tree is not None else None
    if path is None:
        return foreign_methods.kept(interp, method, item, call)
    value: Any = Ref(item.id)
    for part in path.split("."):
        value = read_attribute(interp, value, part, call.node, call.frame)
    return value


def _forward(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    if method.start is not None:
        result = interp.calls.unknown_call(method, call, inert=True)  # what a class of a library does, of `self`
        interp.tensors.graphs.used(result, item, call, followed=False, skips=())
        return result
    return interp.forwards.run(item, call)


def _load(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    interp.world.emit(StateLoaded, call.span, call.text.partition(".load_state_dict")[0], module=item.id)
    interp.world.emit(Given, call.span, call.text, objects=(item.id,))
    return interp.world.unknown("keys")


def _zero_grad(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    if method.start is None or item.is_module is Truth.YES:
        zero_grad(interp.world, item.id, call)
    return Const(None)


def _lightning_freeze(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`LightningModule.freeze()` and `unfreeze()`; of any other class the method is not known."""
    world = interp.world
    lightning = "lightning.LightningModule" in item.classes
    if not lightning:
        return interp.calls.unknown_call(method, call)
    frozen = method.name == "freeze"
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    world.emit(GradSet, call.span, item.label, selections=(selection,), value=Const(not frozen), how="library")
    set_mode(interp, item, Const(not frozen), "library", call)
    return Const(None)


def _update_average(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`AveragedModel.update_parameters(model)`: writes the average, leaves the model alone."""
    if "torch.optim.swa_utils.AveragedModel" not in item.classes:
        return interp.calls.unknown_call(method, call)
    selection = Selection(of="parameters", root=item.id, scope="all", at=interp.world.now)
    interp.world.emit(WeightsWritten, call.span, call.text, selections=(selection,), how="averaged")
    return Const(None)


def of_element(interp: Interpreter, element: Element, loop: int, name: str, call: Invocation) -> Any:
    """A method of the module that stands for each of a loop."""
    world = interp.world
    chosen = world.narrowed(loop, "modules")
    match name:
        case "parameters" | "named_parameters":
            return iterator_over(interp, _parameter_selection(interp, chosen, call), "parameter", name, call)
        case "modules" | "named_modules" | "children" | "named_children":
            scope = "all" if name.endswith("modules") else "children"
            inner = Selection(of="modules", root=chosen, scope=scope, at=world.now)
            return iterator_over(interp, inner, "module", name, call)
        case "eval" | "train":
            split_trees(world, (chosen,))
            value: Value = Const(False) if name == "eval" else world.scalar(call.get(0, "mode", TRUE))
            set_modes(interp, chosen, value, name, call)
            return element
        case "requires_grad_":
            flags.check_argument(interp, element, call)
            split_trees(world, (chosen,))
            below = Selection(of="parameters", root=chosen, scope="all", at=world.now)
            flag = world.scalar(call.get(0, "requires_grad", TRUE))
            text = call.text.partition(".requires_grad_")[0]
            if not flags.rejects_value(interp, flag, call.span, text, "method"):
                world.emit(GradSet, call.span, text, selections=(below,), value=flag, how="method", on="module")
            return element
        case "apply":
            inner = Selection(of="modules", root=chosen, scope="all", at=world.now)
            function = call.get(0, "fn")
            if function is not None:
                argument = Element("module", world.loop_over(inner))
                interp.calls.invoke(function, call.with_arguments([argument]))
            return element
        case "zero_grad":
            zero_grad(world, None, call)
            return Const(None)
        case _ if name in SAME:
            return element
        case _:
            return interp.calls.unknown_call(element, call, inert=True)


_Handler = Callable[["Interpreter", HeapObject, Method, Invocation], Any]


MODULE: dict[str, _Handler] = {
    "parameters": _parameters,
    "named_parameters": _parameters,
    "modules": _modules,
    "named_modules": _modules,
    "children": _children,
    "named_children": _children,
    "values": _container_items,
    "items": _container_items,
    "keys": _container_items,
    "eval": _mode,
    "train": _mode,
    "requires_grad_": _requires_grad,
    "apply": _apply,
    "state_dict": _state_dict,
    "load_state_dict": _load,
    "zero_grad": _zero_grad,
    "add_module": _register,
    "register_module": _register,
    "register_parameter": _register,
    "append": _grow,
    "extend": _grow,
    "insert": _grow,
    "get_submodule": _submodule,
    "get_classifier": _classifier,
    "get_parameter": _submodule,
    "forward": _forward,
    "get_base_model": base_model,
    "update_parameters": _update_average,
    "freeze": _lightning_freeze,
    "unfreeze": _lightning_freeze,
}


PROVES = frozenset({
    "parameters", "named_parameters", "modules", "named_modules", "children", "named_children", "state_dict",
    "load_state_dict", "requires_grad_", "get_submodule", "eval", "train",
})  # fmt: skip
"""Methods that only a module has: calling one shows what an unknown object is."""
