"""Functions that make tensors, and methods of tensors that a forward computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import Backward, LossForced, TensorBackward
from freezelint.core.symbols import FALSE, Const, Value, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from .collections import items_of
from .invocation import Invocation
from .values import Collection

if TYPE_CHECKING:
    from .interpreter import Interpreter

_FACTORIES = frozenset({
    "tensor", "zeros", "ones", "rand", "randn", "randint", "full", "empty", "arange", "linspace", "eye",
    "zeros_like", "ones_like", "rand_like", "randn_like", "from_numpy", "as_tensor", "normal", "randperm",
    "empty_like", "full_like", "multinomial", "bernoulli", "load", "FloatTensor", "LongTensor", "Tensor",
})  # fmt: skip


_REBUILDS = frozenset({"tensor", "from_numpy", "FloatTensor", "Tensor"})
_CUTS = frozenset({"argmax", "argmin", "argsort", "detach", "asarray", "array"})
"""Functions whose result has no graph."""
_KEEP_VALUES = frozenset({"detach", "numpy", "cpu_", "data", "detach_", "clone_"})
_RESHAPES = frozenset({
    "view", "reshape", "flatten", "squeeze", "unsqueeze", "permute", "transpose", "contiguous", "mean", "sum", "relu",
    "float", "clone", "tanh", "sigmoid", "softmax",
})  # fmt: skip
"""Methods whose result requires a gradient where the tensor does."""


def function(interp: Interpreter, last: str, call: Invocation) -> Any:
    """A torch function: its result is computed where an argument is."""
    world = interp.world
    for position, value in enumerate(call.args):
        if isinstance(value, Collection) and value.kind == "iterator":
            items_of(interp, value, call.node.args[position].value if position < len(call.node.args) else call.node,
                     call.frame)  # fmt: skip
    result = world.unknown(last)
    graphs = interp.tensors.graphs
    if last in _FACTORIES:
        interp.tensors.leaves.add(result)
        if last in ("zeros", "zeros_like"):
            interp.tensors.zeros.add(result)
        if last == "as_tensor" or last in _REBUILDS:
            world.carry(result, call.args[:1])
        if last == "as_tensor":
            graphs.flows(result, call.args[:1])
        elif last in _REBUILDS:
            graphs.cut(result, call.args[:1], call.span, last)
        forced = truth_of(world.scalar(call.keywords.get("requires_grad", FALSE)))
        rebuilds = forced is not Truth.NO and last in ("tensor", "as_tensor") and call.args
        if rebuilds and _from_computed(interp, call):
            number = interp.tensors.number(result)
            world.emit(LossForced, call.span, call.text, tensor=number, how="rebuilt")
        return result
    world.carry(result, call.all_arguments())
    if last in _CUTS:
        interp.tensors.leaves.add(result)
        graphs.cut(result, call.args[:1], call.span, last)
        return result
    interp.tensors.mark(result, call.all_arguments())
    graphs.loss(result, last, call)
    for number in interp.calls.objects_in(call.all_arguments()):
        graphs.used(result, world.heap[number], call, followed=False, skips=())
    if "out" in call.keywords:
        graphs.written(call.keywords["out"], call.args)
    if (
        interp.tensors.is_computed(result) is Truth.NO
        and not interp.calls.objects_in(call.all_arguments())
        and all(isinstance(value, Const) or value in interp.tensors.leaves for value in call.args)
    ):
        interp.tensors.leaves.add(result)
    return result


def _from_computed(interp: Interpreter, call: Invocation) -> bool:
    """Whether the argument is written as `loss.item()` or the like."""
    node = call.node.args[0].value if call.node.args else None
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and node.func.attr in ("item", "detach"):
        inner = interp.evaluate(node.func.value, call.frame)
        return interp.tensors.is_computed(inner) is not Truth.NO
    return False


def variable(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`torch.autograd.Variable(data, requires_grad=...)`: a tensor that is cut off from what made its data."""
    world = interp.world
    forced = truth_of(world.scalar(call.get(1, "requires_grad", FALSE)))
    result = world.unknown("Variable")
    if forced is Truth.YES:
        world.emit(LossForced, call.span, call.text, tensor=interp.tensors.number(result), how="Variable")
        return result
    interp.tensors.leaves.add(result)
    interp.tensors.graphs.cut(result, call.args[:1], call.span, name.rpartition(".")[2])
    return result


def method(interp: Interpreter, receiver: Value, name: str, call: Invocation) -> Any:
    """A method of a tensor: its result is computed where the tensor is."""
    world = interp.world
    result = world.unknown(name)
    graphs = interp.tensors.graphs
    tensors = interp.tensors
    zeroing = name == "zero_" or (name in ("mul_", "mul", "fill_") and call.args and tensors.is_zero(call.args[0]))
    if zeroing:
        tensors.zeros.add(receiver if name.endswith("_") else result)
        tensors.leaves.add(result)
        return receiver if name.endswith("_") else result
    if name in ("detach", "item", "tolist", "numpy", "cpu_", "data", "size", "argmax", "detach_", "clone_"):
        interp.tensors.leaves.add(result)
        if name != "size":
            graphs.cut(result, [receiver], call.span, name)
        if name in _KEEP_VALUES:
            world.carry(result, [receiver])
        return result
    world.carry(result, [receiver, *call.all_arguments()])
    if name.endswith("_") and not name.endswith("__"):
        graphs.written(receiver, call.all_arguments())
    if name in ("register_hook", "retain_grad"):
        return result
    leaf = receiver in interp.tensors.leaves and interp.tensors.is_computed(receiver) is Truth.NO
    if leaf and all(interp.tensors.carries(value) is Truth.NO for value in call.all_arguments()):
        interp.tensors.leaves.add(result)
        graphs.flows(result, [receiver, *call.all_arguments()])
        return result
    interp.tensors.flows(result, [receiver, *call.all_arguments()])
    origin = interp.tensors.origins.get(receiver)
    if origin is not None and name in _RESHAPES:
        interp.tensors.origins[result] = origin
    if name in ("mean", "sum") and interp.tensors.is_computed(receiver) is Truth.YES:
        world.computed[result] = Truth.YES
    return result


def backward(interp: Interpreter, receiver: Value, call: Invocation) -> Any:
    """`loss.backward()`."""
    world = interp.world
    world.emit(TensorBackward, call.span, call.text.partition(".backward")[0],
               tensor=interp.tensors.number(receiver))  # fmt: skip
    # `engine.backward(loss)`: whatever it is called on, what is given is the loss.
    given = call.args[:1] if interp.tensors.is_computed(receiver) is Truth.NO else []
    loss = next((value for value in given if interp.tensors.graphs.of(value).reaches), receiver)
    world.emit(Backward, call.span, call.text, grad=world.grad, **interp.tensors.graphs.traced(loss))
    return Const(None)
