"""Methods that no class of the project defines: of modules, parameters, tensors, collections, strings, optimizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import Const, Element, Expr, Ref, Symbol

from . import collection_methods, contexts, module_methods, optimizers, options, parameter_methods, unknown_methods
from .invocation import GradContext, Invocation
from .values import Bound, Choice, Collection, Copied, Function, Method

if TYPE_CHECKING:
    from .interpreter import Interpreter


def call(interp: Interpreter, method: Method, invocation: Invocation) -> Any:
    """Call a method of whatever its receiver is."""
    receiver, name = method.receiver, method.name
    world = interp.world
    if name == "add_argument":
        options.declare(interp, receiver, invocation)
    match receiver:
        case Choice(options=chosen):
            return interp.calls.each_option(chosen, lambda option: call(interp, Method(option, name), invocation))
        case Collection():
            return collection_methods.of_collection(interp, receiver, name, invocation)
        case Const():
            return collection_methods.of_constant(interp, receiver, name, invocation)
        case Element(role="parameter") | Copied() | Expr(op="parameter"):
            return parameter_methods.of_parameter(interp, receiver, name, invocation)
        case Element(role="module", loop=loop):
            return module_methods.of_element(interp, receiver, loop, name, invocation)
        case Element(role="name" | "index"):
            return collection_methods.of_constant(interp, receiver, name, invocation)
        case Ref(id=number):
            return _of_object(interp, world.heap[number], method, invocation)
        case GradContext():
            return contexts.method(interp, receiver, name, invocation)
        case Function() | Bound() | Method():
            return interp.calls.unknown_call(method, invocation)
        case Symbol() | Expr():
            return unknown_methods.of_unknown(interp, receiver, method, invocation)
        case _:
            return interp.calls.unknown_call(method, invocation)


def _of_object(interp: Interpreter, item: HeapObject, method: Method, call: Invocation) -> Any:
    inside = interp.world.contents.get(item.id)
    if inside is not None:
        return collection_methods.of_collection(interp, inside, method.name, call)
    match item.kind:
        case Kind.OPTIMIZER:
            return optimizers.method(interp, item, method.name, call)
        case Kind.SCHEDULER:
            return optimizers.scheduler_method(interp, item, method.name, call)
        case Kind.PARAMETER:
            return parameter_methods.of_parameter(interp, Ref(item.id), method.name, call)
        case _:
            return module_methods.of_module(interp, item, method, call)
