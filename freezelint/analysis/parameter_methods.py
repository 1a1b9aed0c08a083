"""Methods of parameters and of what shares their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import FlagCalled, MisnamedCall
from freezelint.core.symbols import TRUE, Const, Expr
from freezelint.core.truth import Truth

from . import flags, gradients
from .attributes import HOOKS, IN_PLACE
from .invocation import Invocation
from .values import Copied

if TYPE_CHECKING:
    from .interpreter import Interpreter


def of_parameter(interp: Interpreter, receiver: Any, name: str, call: Invocation) -> Any:
    """A method of a parameter, or of a tensor with the values of one."""
    world = interp.world
    if name in IN_PLACE:
        flags.write_weights(interp, receiver, call.span, call.text, name, call.all_arguments())
        return receiver
    if name in HOOKS and not isinstance(receiver, Copied):
        return gradients.hooked(interp, receiver, name, call)
    match name:
        case "requires_grad_":
            flags.check_argument(interp, receiver, call)
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
        case _ if flags.misnamed(name):
            world.emit(MisnamedCall, call.span, call.text.partition("(")[0], name=name)
            return world.unknown(name)
        case "numel" | "size" | "dim" | "nelement" | "element_size":
            return Expr("attr", (world.scalar(receiver), Const(name)))
        case _:
            result = world.unknown(name)
            interp.tensors.flows(result, [receiver, *call.all_arguments()])
            world.carry(result, [receiver, *call.all_arguments()])
            return result
