"""Methods that no class of the project defines: of modules, parameters, tensors, collections, strings, optimizers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.events import (
    Backward,
    FlagCalled,
    GradSet,
    LossForced,
    MisnamedCall,
    ModeSet,
    Selection,
    TensorBackward,
)
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import TRUE, Const, Element, Expr, Ref, Symbol, Value, truth_of
from freezelint.core.truth import Truth

from . import classes, collection_methods, flags, library_calls, lifecycles, optimizers
from .attributes import read as read_attribute
from .collections import child_items, collection, each_of, plain
from .invocation import Invocation
from .values import Bound, Choice, ClassValue, Collection, Copied, Function, Item, Method, choose

if TYPE_CHECKING:
    from .interpreter import Interpreter

_SAME = frozenset(
    [
        "to",
        "cuda",
        "cpu",
        "half",
        "float",
        "double",
        "bfloat16",
        "type",
        "share_memory",
        "xpu",
        "mps",
        "ipu",
        "to_empty",
        "compile_",
        "requires_grad",
    ]
)
_KEEPS = frozenset(
    [
        "register_forward_hook",
        "register_forward_pre_hook",
        "register_full_backward_hook",
        "register_backward_hook",
        "register_buffer",
        "state_dict",
        "get_extra_state",
        "buffers",
        "named_buffers",
        "extra_repr",
        "double_",
        "zero_grad",
        "log",
        "log_dict",
        "save_hyperparameters",
        "print",
        "numel",
        "dim",
        "size",
        "save_pretrained",
        "gradient_checkpointing_enable",
        "gradient_checkpointing_disable",
        "enable_input_require_grads",
        "push_to_hub",
        "tie_weights",
        "post_init",
        "get_input_embeddings",
        "get_output_embeddings",
        "num_parameters",
        "init_weights",
        "no_sync",
        "manual_backward",
        "lr_schedulers",
        "all_gather",
        "clip_gradients",
        "freeze_",
        "__init_subclass__",
        "resize_token_embeddings",
        "apply_",
        "weights_to_skip",
        "get_parameter_or_buffer",
        "get_num_layers",
        "get_classifier",
        "predict",
        "flops",
        "count_parameters",
    ]
)


def call(interp: Interpreter, method: Method, invocation: Invocation) -> Any:
    """Call a method of whatever its receiver is."""
    receiver, name = method.receiver, method.name
    world = interp.world
    match receiver:
        case Choice(options=options):
            return choose(tuple((path, call(interp, Method(option, name), invocation)) for path, option in options))
        case Collection():
            return collection_methods.of_collection(interp, receiver, name, invocation)
        case Const():
            return collection_methods.of_constant(interp, receiver, name, invocation)
        case Element(role="parameter") | Copied() | Expr(op="parameter"):
            return _of_parameter(interp, receiver, name, invocation)
        case Element(role="module", loop=loop):
            return _of_module_element(interp, receiver, loop, name, invocation)
        case Element(role="name" | "index"):
            return collection_methods.of_constant(interp, receiver, name, invocation)
        case Ref(id=number):
            return _of_object(interp, world.heap[number], method, invocation)
        case Function() | Bound() | Method():
            return interp.calls.unknown_call(method, invocation)
        case Symbol() | Expr():
            return _of_unknown(interp, receiver, method, invocation)
        case _:
            return interp.calls.unknown_call(method, invocation)


def _of_object(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    match item.kind:
        case Kind.OPTIMIZER:
            return optimizers.method(interp, item, method.name, call)
        case Kind.SCHEDULER:
            return interp.world.unknown(method.name)
        case Kind.PARAMETER:
            return _of_parameter(interp, Ref(item.id), method.name, call)
        case _:
            return of_module(interp, item, method, call)


# --- modules -------------------------------------------------------------------------------------------------------


def of_module(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """A method of a module, or of an object that may be one."""
    name = method.name
    if name == "requires_grad_":
        _check_argument(interp, Ref(item.id), call)
    handler = _MODULE.get(name)
    kind = interp.calls.class_of.get(item.id)
    plain_object = isinstance(kind, ClassValue) and classes.is_module(kind) is Truth.NO
    life = lifecycles.method(interp, item, name, call)
    if life is not None:
        return life
    if handler is not None and not plain_object:
        if name in _PROVES and item.is_module is Truth.MAYBE:
            interp.world.object_of(Ref(item.id), module=True)
        return handler(interp, item, method, call)
    if name in _SAME:
        return Ref(item.id)
    if name == "__init__":
        return _library_init(interp, item, method, call)
    if name in _KEEPS:
        return interp.calls.unknown_call(method, call, inert=True)
    delegated = interp.calls.delegate(item)
    if delegated is not None:
        return of_module(interp, delegated, Method(Ref(delegated.id), name), call)
    if item.is_module is Truth.YES and _misnamed(name):
        interp.world.emit(MisnamedCall, call.span, call.text.partition("(")[0], name=name)
        return interp.world.unknown(name)
    return interp.calls.unknown_call(method, call)


def _check_argument(interp: Interpreter, receiver: Any, call: Invocation) -> None:
    """`requires_grad_(freeze)`: the name of the flag says the opposite."""
    if len(call.node.args) == 1:
        text = call.text.partition(".requires_grad_")[0]
        flags.check_name(interp, receiver, call.node.args[0].value, call.span, text)


def _misnamed(name: str) -> bool:
    return name in ("require_grad_", "requires_grads_", "required_grad_", "require_grads_", "requiregrad_")


def _library_init(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    start = method.start
    bases = classes.library_bases(start) if isinstance(start, ClassValue) else []
    if any(base.endswith((".Sequential", ".ModuleList", ".ModuleDict")) for base in bases):
        library_calls.fill_container(interp, item, call)
    return Const(None)


def _parameters(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    return _elements(interp, _parameter_selection(interp, item.id, call), "parameter", method.name, call)


def _parameter_selection(interp: Interpreter, root: int | Selection, call: Invocation) -> Selection:
    recurse = interp.world.scalar(call.get(1 if call.node and False else 0, "recurse", TRUE))
    named_prefix = isinstance(recurse, Const) and isinstance(recurse.value, str)
    scope = "own" if truth_of(recurse) is Truth.NO and not named_prefix else "all"
    return Selection(of="parameters", root=root, scope=scope, at=interp.world.now)


def _elements(interp: Interpreter, selection: Selection, role: str, name: str, call: Invocation) -> Collection:
    world = interp.world
    item = each_of(world, selection, role, named=name.startswith("named_"))
    return collection(world, "iterator", [item], call.span, origin=name)


def _modules(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    selection = Selection(of="modules", root=item.id, scope="all", at=interp.world.now)
    return _elements(interp, selection, "module", method.name, call)


def _children(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    world = interp.world
    items = child_items(world, item.id, named=method.name == "named_children")
    return collection(world, "iterator", items or [], call.span, origin=method.name)


def _container_items(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    """`values()`, `items()`, `keys()` of a ModuleDict."""
    world = interp.world
    if item.is_module is not Truth.YES:
        return interp.calls.unknown_call(method, call, inert=True)
    items = child_items(world, item.id, named=method.name == "items") or []
    return collection(world, "iterator", items, call.span, origin=method.name)


def _mode(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    value: Value = Const(False)
    if method.name == "train":
        value = interp.world.scalar(call.get(0, "mode", TRUE))
    set_mode(interp, item, value, method.name, call, start=method.start)
    return Ref(item.id)


def set_mode(
    interp: Interpreter,
    item: HeapObject,
    value: Value,
    how: str,
    call: Invocation,
    *,
    start: Any = None,
    framework: bool = False,
) -> None:
    """`item.train(value)`: itself and all below, but through the `train` of those that override it."""
    world = interp.world
    if start is None and (how == "eval" or framework):
        override = _override(interp, item)
        if override is not None:
            interp.calls.invoke(override, call.with_arguments([value]))
            return
    overriding = []
    left_out = []
    for module, _, _ in world.timeline.modules(item.id, world.now, world.path):
        if module.id == item.id:
            continue
        override = _override(interp, module)
        if override is not None and not any(
            world.timeline.holds_module(outer, module.id, world.now, ()) is Truth.YES for outer in left_out
        ):
            overriding.append(override)
            left_out.append(module.id)
    selections = world.module_selection(item, tuple(left_out))
    world.emit(
        ModeSet, call.span, item.label if not call.text else call.text.rpartition(".")[0] or item.label,
        selections=selections, value=value, how=how, root=item.id, framework=framework,
    )  # fmt: skip
    for override in overriding:
        interp.calls.invoke(override, call.with_arguments([value]))


def _override(interp: Interpreter, item: HeapObject) -> Any:
    """The project's own `train` of a module: by assignment or by its class."""
    written = interp.world.attributes.read((item.id, "train"), interp.world.path)
    if isinstance(written, (Function, Bound)):
        return Bound(Ref(item.id), written) if isinstance(written, Function) and _takes_self(written) else written
    kind = interp.calls.class_of.get(item.id)
    if isinstance(kind, ClassValue):
        found = classes.member(kind, "train")
        if isinstance(found, Function):
            return Bound(Ref(item.id), found, kind)
    return None


def _takes_self(function: Function) -> bool:
    parameters = function.node.parameters
    return len(parameters) > 1 or (bool(parameters) and parameters[0].name == "self")


def _requires_grad(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    world = interp.world
    value = world.scalar(call.get(0, "requires_grad", TRUE))
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    text = call.text.partition(".requires_grad_")[0]
    world.emit(GradSet, call.span, text, selections=(selection,), value=value, how="method")
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
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    loop = world.loop_over(selection)
    parameter: Any = Element("parameter", loop)
    if truth_of(world.scalar(call.get(2, "keep_vars", Const(False)))) is not Truth.YES:
        parameter = Copied(parameter, "state_dict()")
    return collection(
        world, "dict", [Item(parameter, each=True, key=Element("name", loop))], call.span, origin="state_dict"
    )


def _register(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    from .targets import store

    name = call.get(0, "name")
    if isinstance(name, Const) and isinstance(name.value, str):
        value = call.get(1, "module" if method.name != "register_parameter" else "param")
        store(interp, item.id, name.value, value, call.node.func, call.frame)
    else:
        item.open = True
    return Const(None)


def _grow(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    if item.is_module is not Truth.YES:
        return interp.calls.unknown_call(method, call)
    value = call.get(1 if method.name == "insert" else 0, "module")
    values = value if method.name == "extend" else plain(interp.world, "list", [value])
    library_calls.append_children(interp, item, values, call.node, call.frame)
    return Ref(item.id)


def _submodule(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    path = call.get(0, "target")
    value: Any = Ref(item.id)
    if not (isinstance(path, Const) and isinstance(path.value, str)):
        return interp.world.unknown("submodule")
    for part in path.value.split("."):
        value = read_attribute(interp, value, part, call.node, call.frame)
    return value


def _forward(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    if method.start is not None:
        return interp.calls.unknown_call(method, call, inert=True)
    return interp.calls.forward(item, call)


def _load(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    return interp.world.unknown("keys")


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


_Handler = Callable[["Interpreter", HeapObject, Method, Invocation], Any]
_MODULE: dict[str, _Handler] = {
    "parameters": _parameters,
    "named_parameters": _parameters,
    "modules": _modules,
    "named_modules": _modules,
    "children": _children,
    "named_children": _children,
    "values": _container_items,
    "items": _container_items,
    "eval": _mode,
    "train": _mode,
    "requires_grad_": _requires_grad,
    "apply": _apply,
    "state_dict": _state_dict,
    "load_state_dict": _load,
    "add_module": _register,
    "register_module": _register,
    "register_parameter": _register,
    "append": _grow,
    "extend": _grow,
    "insert": _grow,
    "get_submodule": _submodule,
    "get_parameter": _submodule,
    "forward": _forward,
    "freeze": _lightning_freeze,
    "unfreeze": _lightning_freeze,
}
_PROVES = frozenset(
    [
        "parameters",
        "named_parameters",
        "modules",
        "named_modules",
        "children",
        "named_children",
        "state_dict",
        "load_state_dict",
        "requires_grad_",
        "get_submodule",
        "eval",
        "train",
    ]
)
"""Methods that only a module has: calling one shows what an unknown object is."""


# --- elements of loops -----------------------------------------------------------------------------------------------


def _of_module_element(interp: Interpreter, element: Element, loop: int, name: str, call: Invocation) -> Any:
    world = interp.world
    chosen = world.narrowed(loop, "modules")
    match name:
        case "parameters" | "named_parameters":
            return _elements(interp, _parameter_selection(interp, chosen, call), "parameter", name, call)
        case "modules" | "named_modules" | "children" | "named_children":
            scope = "all" if name.endswith("modules") else "children"
            inner = Selection(of="modules", root=chosen, scope=scope, at=world.now)
            return _elements(interp, inner, "module", name, call)
        case "eval" | "train":
            from .expand import split_trees

            split_trees(world, (chosen,))
            value: Value = Const(False) if name == "eval" else world.scalar(call.get(0, "mode", TRUE))
            below = Selection(of="modules", root=chosen, scope="all", at=world.now)
            text = call.text.rpartition(".")[0]
            world.emit(ModeSet, call.span, text, selections=(below,), value=value, how=name)
            return element
        case "requires_grad_":
            from .expand import split_trees

            _check_argument(interp, element, call)
            split_trees(world, (chosen,))
            below = Selection(of="parameters", root=chosen, scope="all", at=world.now)
            flag = world.scalar(call.get(0, "requires_grad", TRUE))
            text = call.text.partition(".requires_grad_")[0]
            world.emit(GradSet, call.span, text, selections=(below,), value=flag, how="method")
            return element
        case "apply":
            inner = Selection(of="modules", root=chosen, scope="all", at=world.now)
            function = call.get(0, "fn")
            if function is not None:
                argument = Element("module", world.loop_over(inner))
                interp.calls.invoke(function, call.with_arguments([argument]))
            return element
        case _ if name in _SAME:
            return element
        case _:
            return interp.calls.unknown_call(element, call, inert=True)


_IN_PLACE = frozenset(
    {"mul_", "add_", "copy_", "lerp_", "sub_", "div_", "clamp_", "fill_", "zero_", "normal_", "uniform_", "set_"}
)


def _of_parameter(interp: Interpreter, receiver: Any, name: str, call: Invocation) -> Any:
    world = interp.world
    if name in _IN_PLACE:
        flags.write_weights(interp, receiver, call.span, call.text)
        return receiver
    match name:
        case "requires_grad_":
            _check_argument(interp, receiver, call)
            value = world.scalar(call.get(0, "requires_grad", TRUE))
            text = call.text.partition(".requires_grad_")[0]
            if isinstance(receiver, Copied):
                if receiver.how in (".data", ".detach()", "state_dict()"):
                    flags.set_flag(interp, receiver, value, call.span, text, setter="method")
                return receiver
            flags.write(interp, receiver, value, call.span, text, how="method")
            return receiver
        case "requires_grad":
            world.emit(FlagCalled, call.span, call.text, truth=Truth.YES)
            return world.unknown(name)
        case "detach":
            return receiver if isinstance(receiver, Copied) else Copied(receiver, ".detach()")
        case "detach_":
            flags.write(interp, receiver, Const(False), call.span, call.text.partition(".detach_")[0], how="method")
            return receiver
        case "clone":
            how = receiver.how if isinstance(receiver, Copied) else ".clone()"
            original = receiver.original if isinstance(receiver, Copied) else receiver
            return Copied(original, "a clone" if how != ".clone()" else how)
        case "cpu" | "cuda" | "to" | "float" | "half" | "contiguous" | "data":
            return receiver
        case _ if _misnamed(name):
            world.emit(MisnamedCall, call.span, call.text.partition("(")[0], name=name)
            return world.unknown(name)
        case "numel" | "size" | "dim" | "nelement" | "element_size":
            return Expr("attr", (world.scalar(receiver), Const(name)))
        case _:
            result = world.unknown(name)
            return result


# --- unknown receivers -------------------------------------------------------------------------------------------


def _of_unknown(interp: Interpreter, receiver: Symbol | Expr, method: Method, call: Invocation) -> Any:
    world = interp.world
    name = method.name
    text = call.text.partition(f".{name}")[0]
    if name == "backward":
        return _backward(interp, receiver, call)
    if name == "requires_grad_" and receiver not in world.objects_of:
        if truth_of(world.scalar(call.get(0, "requires_grad", TRUE))) is not Truth.NO:
            number = interp.calls.tensor_number(receiver)
            world.emit(LossForced, call.span, text, tensor=number, how="method",
                       connected=interp.calls.connected(receiver))  # fmt: skip
        if interp.calls.is_computed(receiver) is not Truth.NO or receiver in interp.calls.leaf_tensors:
            return receiver
    if isinstance(receiver, Expr) and receiver.op == "group_params" and name in ("append", "extend"):
        return optimizers.group_params(interp, receiver, name, call)
    if isinstance(receiver, Expr) and receiver.op in ("param_group", "param_groups"):
        return optimizers.group_method(interp, receiver, name, call)
    if interp.calls.is_computed(receiver) is not Truth.NO or receiver in interp.calls.leaf_tensors:
        return _of_tensor(interp, receiver, name, call)
    if isinstance(receiver, Expr) and receiver.op not in ("attr", "item", "call"):
        return collection_methods.of_constant(interp, receiver, name, call)
    if isinstance(receiver, Expr) and receiver.op == "attr" and isinstance(receiver.args[0], Element):
        return _of_element_attribute(interp, receiver, name, call)
    if name == "requires_grad":
        world.emit(FlagCalled, call.span, call.text, truth=Truth.YES if call.args else Truth.MAYBE)
        return world.unknown(name)
    if name == "detach" or name == "clone":
        result = Expr("call", (Expr("attr", (receiver, Const(name))),))
        interp.calls.leaf_tensors.add(result)
        return result
    if name in optimizers.METHODS:
        found = optimizers.unknown_method(interp, receiver, name, call)
        if found is not None:
            return found
    if name in _MODULE or name in _SAME or name in ("freeze", "unfreeze"):
        known = world.objects_of.get(receiver)
        proves = name in _PROVES and not (name in ("eval", "train", "items", "values") and call.args)
        if proves or known is not None:
            item = world.object_of(receiver, module=proves)
            if item is not None and name in _MODULE:
                return of_module(interp, item, method, call)
        if name in _SAME:
            return receiver
        if name in ("eval", "train"):
            item = world.object_of(receiver, module=True)
            if item is not None:
                return of_module(interp, item, method, call)
    return _pure_or_unknown(interp, receiver, name, method, call)


_PURE = frozenset(
    [
        "get",
        "startswith",
        "endswith",
        "find",
        "lower",
        "upper",
        "split",
        "strip",
        "replace",
        "format",
        "keys",
        "values",
        "items",
        "index",
        "count",
        "is_available",
        "getboolean",
        "getint",
        "join",
        "is_main_process",
        "device_count",
        "numel",
        "size",
        "dim",
        "tolist",
        "rstrip",
        "lstrip",
    ]
)


def _pure_or_unknown(interp: Interpreter, receiver: Value, name: str, method: Method, call: Invocation) -> Any:
    """A call that is likely to answer the same each time keeps its identity, so conditions on it correlate."""
    world = interp.world
    if name in _PURE:
        args = tuple(world.scalar(value) for value in call.all_arguments())
        if name == "get" and args:
            return Expr("item", (receiver, args[0]))
        return Expr("call", (Expr("attr", (receiver, Const(name))), *args))
    return interp.calls.unknown_call(method, call)


def _of_element_attribute(interp: Interpreter, receiver: Expr, name: str, call: Invocation) -> Any:
    """A method of an attribute of each element: `m.weight.requires_grad_(False)`, `m.attn.parameters()`."""
    world = interp.world
    element, attribute = receiver.args
    if name == "requires_grad_":
        flags.write(
            interp, receiver, world.scalar(call.get(0, "requires_grad", TRUE)), call.span,
            call.text.partition(".requires_grad_")[0], how="method",
        )  # fmt: skip
        return receiver
    if isinstance(element, Element) and isinstance(attribute, Const) and name in ("parameters", "named_parameters"):
        outer = Selection(
            of="modules", root=world.narrowed(element.loop, "modules"), scope="named", name=str(attribute.value),
            at=world.now,
        )  # fmt: skip
        inner = Selection(of="parameters", root=outer, scope="all", at=world.now)
        return _elements(interp, inner, "parameter", name, call)
    if name in ("detach", "clone"):
        return Copied(receiver, ".detach()" if name == "detach" else ".clone()")
    return interp.calls.unknown_call(element, call, inert=True)


def _of_tensor(interp: Interpreter, receiver: Value, name: str, call: Invocation) -> Any:
    world = interp.world
    result = world.unknown(name)
    if name in ("detach", "item", "tolist", "numpy", "cpu_", "data", "size", "argmax", "detach_", "clone_"):
        interp.calls.leaf_tensors.add(result)
        return result
    if receiver in interp.calls.leaf_tensors and interp.calls.is_computed(receiver) is Truth.NO:
        if not any(interp.calls._carries(value) is not Truth.NO for value in call.all_arguments()):
            interp.calls.leaf_tensors.add(result)
            return result
    interp.calls.flows(result, [receiver, *call.all_arguments()])
    if name in ("mean", "sum") and interp.calls.is_computed(receiver) is Truth.YES:
        world.computed[result] = Truth.YES
    return result


def _backward(interp: Interpreter, receiver: Value, call: Invocation) -> Any:
    world = interp.world
    world.emit(TensorBackward, call.span, call.text.partition(".backward")[0],
               tensor=interp.calls.tensor_number(receiver))  # fmt: skip
    world.emit(Backward, call.span, call.text, grad=world.grad)
    return Const(None)
