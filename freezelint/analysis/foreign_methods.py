"""Methods of modules whose code is not seen: which may change flags or modes, which hand out a part of the module.

Where the class of `model` is not known, `model.encoder(x)` and `model.unfreeze_last(2)` look alike. What is given data
is taken for a forward, unless its name speaks of trainability; what is given constants or nothing is no forward, and
may change the module or return a part of it, unless its name says that it only tells something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from freezelint.core.events import Selection, Tainted
from freezelint.core.objects import Heap, HeapObject
from freezelint.core.symbols import Const, Element, Expr, Ref, Symbol
from freezelint.core.truth import Truth

from . import classes
from .invocation import Invocation
from .values import ClassValue, Method

if TYPE_CHECKING:
    from .interpreter import Interpreter

_CHANGES = re.compile(r"(?i)freez|thaw|frozen|^(un)?lock|requires?_?grad|trainable|^(set|enable|disable|toggle)_")
_TELLS = re.compile(
    r"(?i)^_*(print|log|save|count|num|is|has|summar|show|describe|state|name|export|compute|forward|call|generate"
    r"|predict|sample|encode|decode|zero|extra|flops|len|loss|to|repr|plot|dump|write|close|flush|info|n)(_|$)"
)
_HANDS_OUT = re.compile(r"^(get|resize|find|select)_")


def call(interp: Interpreter, callee: Any, invocation: Invocation) -> tuple[Any] | None:
    """The value of a call, as a tuple, where `callee` is such a method; None where it is none."""
    match callee:
        case Expr(op="attr", args=(Element(role="module", loop=loop), Const(value=str() as name))):
            return _of_each(interp, interp.world.elements[loop], callee, name, invocation)
        case Expr(op="attr", args=(receiver, Const(value=str() as name))) if callee not in interp.world.objects_of:
            pass
        case _:
            return None
    if _given_data(invocation):
        if _CHANGES.search(name) is None:
            return None
    elif _TELLS.match(name) is not None:
        return None
    owner = _owner(interp, receiver, whole=_CHANGES.search(name) is not None)
    if owner is None or not _may_have(interp, owner):
        return None
    result = interp.calls.unknown_call(
        Method(Ref(owner.id), name), invocation, inert=_HANDS_OUT.match(name) is not None
    )
    hand_out(interp, result, owner)
    return (result,)


def kept(interp: Interpreter, method: Method, owner: HeapObject, call: Invocation) -> Any:
    """The value of a method that leaves its receiver alone, as many libraries name it."""
    result = interp.calls.unknown_call(method, call, inert=True)
    if _HANDS_OUT.match(method.name) is not None:
        hand_out(interp, result, owner)
    return result


def _of_each(interp: Interpreter, selection: Selection, callee: Expr, name: str, call: Invocation) -> tuple[Any] | None:
    """The value of a method that each module of a loop may have, where it may change them."""
    root: int | Selection = selection
    while isinstance(root, Selection):
        root = root.root
    if _CHANGES.search(name) is None or not _may_have(interp, interp.world.heap[root]):
        return None
    interp.world.emit(Tainted, call.span, call.text, objects=(root,))
    return (interp.calls.unknown_call(callee, call),)


def handed_from(heap: Heap, item: HeapObject) -> list[int]:
    """The modules whose methods returned the object, or something that it lies below."""
    found: dict[int, None] = {}
    waiting, seen = [item], {item.id}
    while waiting:
        current = waiting.pop()
        found.update(dict.fromkeys(edge.child for edge in current.edges if edge.name.startswith("?")))
        above = [heap[edge.parent] for edge in current.parents if edge.parent not in seen]
        seen.update(each.id for each in above)
        waiting.extend(above)
    return list(found)


def hand_out(interp: Interpreter, result: Any, owner: HeapObject) -> None:
    """What a method returned may be a part of its receiver, or hold it."""
    if isinstance(result, (Symbol, Expr)):
        known = interp.world.made_from.get(result, ())
        interp.world.made_from[result] = tuple(dict.fromkeys((*known, owner.id)))


def _given_data(call: Invocation) -> bool:
    return call.more or any(not isinstance(each, Const) for each in call.all_arguments())


def _owner(interp: Interpreter, receiver: Any, *, whole: bool) -> HeapObject | None:
    """The module on which it is called: a known one, or something that it holds; with `whole` the known one all the
    same, where what it holds is not known to be a module."""
    base = receiver
    while isinstance(base, Expr) and base.op in ("attr", "item") and base not in interp.world.objects_of:
        base = base.args[0]
    known = base.id if isinstance(base, Ref) else interp.world.objects_of.get(base)
    if known is None or interp.world.heap[known].is_module is not Truth.YES:
        return None
    return interp.world.heap[known] if whole else interp.world.object_of(receiver)


def _may_have(interp: Interpreter, owner: HeapObject) -> bool:
    """Whether the class may define methods that are not seen."""
    kind = interp.calls.class_of.get(owner.id)
    return not (isinstance(kind, ClassValue) and classes.fully_known(kind))
