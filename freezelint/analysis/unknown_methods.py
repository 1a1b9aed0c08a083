"""Methods of receivers that are not known: what their use shows them to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import FlagCalled, Selection
from freezelint.core.symbols import TRUE, Const, Element, Expr, Ref, Symbol, Value, truth_of
from freezelint.core.truth import Truth

from . import collection_methods, flags, foreign_methods, gradients, optimizers, tensor_calls
from .attributes import IN_PLACE
from .collections import parameters_in
from .grad_modes import GradMode
from .invocation import GradContext, Invocation
from .module_methods import MODULE, PROVES, SAME, iterator_over, of_module
from .values import Copied, Method

if TYPE_CHECKING:
    from .interpreter import Interpreter

_PURE = frozenset({
    "get", "startswith", "endswith", "find", "lower", "upper", "split", "strip", "replace", "format", "keys",
    "values", "items", "index", "count", "is_available", "getboolean", "getint", "join", "is_main_process",
    "device_count", "numel", "size", "dim", "tolist", "rstrip", "lstrip",
})  # fmt: skip


def of_unknown(interp: Interpreter, receiver: Symbol | Expr, method: Method, call: Invocation) -> Any:
    """A method of a value of which only its use tells what it is."""
    world = interp.world
    name = method.name
    text = call.text.partition(f".{name}")[0]
    if name == "enter_context" and call.args and isinstance(call.args[0], GradContext):
        world.set_grad(GradMode(world.grad.join(call.args[0].enabled)))  # until the stack is left
        return call.args[0]
    if name == "backward":
        return tensor_calls.backward(interp, receiver, call)
    if name == "requires_grad_":
        flag = world.scalar(call.get(0, "requires_grad", TRUE))
        if flags.rejected(interp, receiver, flag, call.span, text, "method"):
            return receiver
    if name == "requires_grad_" and receiver not in world.objects_of:
        if truth_of(world.scalar(call.get(0, "requires_grad", TRUE))) is not Truth.NO:
            flags.force_loss(interp, receiver, call.span, text, "method")
        if interp.tensors.is_computed(receiver) is not Truth.NO or receiver in interp.tensors.leaves:
            return receiver
    if isinstance(receiver, Expr) and receiver.op == "group_params" and name in ("append", "extend"):
        return optimizers.group_params(interp, receiver, name, call)
    if isinstance(receiver, Expr) and receiver.op in ("param_group", "param_groups"):
        return optimizers.group_method(interp, receiver, name, call)
    if _in_part(interp, receiver, name, call):
        return receiver
    if interp.tensors.is_tensor(receiver):
        return tensor_calls.method(interp, receiver, name, call)
    if isinstance(receiver, Expr) and receiver.op not in ("attr", "item", "call"):
        return collection_methods.of_constant(interp, receiver, name, call)
    if isinstance(receiver, Expr) and receiver.op == "attr" and isinstance(receiver.args[0], Element):
        return _of_element_attribute(interp, receiver, name, call)
    if name == "requires_grad":
        world.emit(FlagCalled, call.span, call.text, truth=Truth.YES if call.args else Truth.MAYBE)
        return world.unknown(name)
    if name == "detach" or name == "clone":
        result = Expr("call", (Expr("attr", (receiver, Const(name))),))
        interp.tensors.leaves.add(result)
        return result
    if name in optimizers.METHODS:
        found = optimizers.unknown_method(interp, receiver, name, call)
        if found is not None:
            return found
    if name in MODULE or name in SAME or name in ("freeze", "unfreeze"):
        known = world.objects_of.get(receiver)
        proves = name in PROVES and not (name in ("eval", "train", "items", "values") and call.args)
        if proves or known is not None:
            item = world.object_of(receiver, module=proves)
            if item is not None and name in MODULE:
                return of_module(interp, item, method, call)
        if name in SAME:
            return receiver
        if name in ("eval", "train"):
            item = world.object_of(receiver, module=True)
            if item is not None:
                return of_module(interp, item, method, call)
    return _pure_or_unknown(interp, receiver, name, method, call)


def _in_part(interp: Interpreter, receiver: Value, name: str, call: Invocation) -> bool:
    """`p.grad[:n].zero_()`, `p[:n].copy_(saved)`, `scheduler.base_lrs.append(lr)`: a method of a part of something
    that is known; True where it is one."""
    if not isinstance(receiver, Expr):
        return False
    if gradients.method(interp, receiver, name, call):
        return True
    base: Value = receiver
    while isinstance(base, Expr) and base.op in ("slice", "item"):
        base = base.args[0]
    if base != receiver and name in IN_PLACE and parameters_in(interp.world, base):
        flags.write_weights(interp, base, call.span, call.text)
        return True
    match receiver:
        case Expr(op="attr", args=(Ref(id=number), Const(value=str() as attribute))) if name in ("append", "extend"):
            optimizers.touched(interp, interp.world.heap[number], attribute, call.span, call.text)
            return False
        case _:
            return False


def _pure_or_unknown(interp: Interpreter, receiver: Value, name: str, method: Method, call: Invocation) -> Any:
    """A call that is likely to answer the same each time keeps its identity, so conditions on it correlate."""
    world = interp.world
    if name in _PURE:
        args = tuple(world.scalar(value) for value in call.all_arguments())
        if name == "get" and args:
            return Expr("item", (receiver, args[0]))
        return Expr("call", (Expr("attr", (receiver, Const(name))), *args))
    foreign = foreign_methods.call(interp, Expr("attr", (receiver, Const(name))), call)
    return foreign[0] if foreign is not None else interp.calls.unknown_call(method, call)


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
        return iterator_over(interp, inner, "parameter", name, call)
    if name in ("detach", "clone"):
        return Copied(receiver, ".detach()" if name == "detach" else ".clone()")
    return interp.calls.unknown_call(element, call, inert=True)
