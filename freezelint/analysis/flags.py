"""Writes of `requires_grad`, of what was meant to be it, and of `training`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Any

from freezelint.core.events import (
    AttributeSet,
    FlagNamedOpposite,
    FlagRejected,
    GradSet,
    LayerSettingSet,
    LossForced,
    ModeSet,
    Selection,
    Selections,
    WeightsWritten,
)
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, TRUE, Const, Element, Expr, Ref, Symbol, Value, loops_of, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes, foreign_methods, reparametrizing
from .attributes import METHODS
from .collections import elements, parameters_in
from .expand import split_trees
from .frames import Frame
from .invocation import Invocation
from .text import render
from .values import CORE, Bound, ClassValue, Collection, Copied, Function, Method
from .world import canonical, condition

if TYPE_CHECKING:
    from .interpreter import Interpreter

_FREEZING_FLAG = re.compile(r"(?i)^_?(is_|to_|should_|do_)?(freeze\w*|frozen\w*|lock|locked|fixed?)$")
_TRAINING_FLAG = re.compile(
    r"(?i)^_?(is_|to_|should_)?(trainable|unfreeze\w*|requires?_grads?|unfrozen\w*|tune|finetune\w*)$"
)
_LIKE_FLAG = re.compile(r"(?i)(grad|trainable|freeze|frozen)")
_LAYER_SETTINGS = frozenset({"momentum", "track_running_stats", "running_mean", "running_var"})
_SHADOWED = frozenset(
    ["requires_grad_", "eval", "train", "parameters", "named_parameters", "modules", "children", "zero_grad"]
)


def owner_selections(interp: Interpreter, value: Any) -> Selections | None:
    """The parameters whose flag `value.requires_grad` is."""
    return parameters_in(interp.world, value)


def assigned(
    interp: Interpreter,
    receiver: Any,
    name: str,
    value: Any,
    target: ir.Expression,
    frame: Frame,
    value_node: ir.Expression | None,
    *,
    setter: str,
) -> bool:
    """Record an attribute assignment that concerns a flag; True where nothing else is to be done."""
    world = interp.world
    span = interp.span(target.at, frame)
    text = render(target.value) if isinstance(target, ir.Attribute) else render(target)
    if name == "requires_grad":
        if receiver == frame.receiver and isinstance(receiver, Ref) and not isinstance(world.scalar(value), Const):
            return False  # a class that keeps an option of its own under this name
        if value_node is not None:
            check_name(interp, receiver, value_node, span, text)
        if _is_told_tensor(target, frame) and parameters_in(world, receiver) is None:
            item = world.object_of(receiver)
            if item is not None:
                _maybe_parameter(interp, item, world.scalar(value), span, text)
            return True
        return set_flag(interp, receiver, world.scalar(value), span, text, setter=setter)
    if name in _LAYER_SETTINGS:
        _setting(interp, receiver, name, world.scalar(value), span, text)
        return False
    if name == "data":
        write_weights(interp, receiver, span, text)
        return False
    if name == "training" and isinstance(world.scalar(value), (Const, Symbol, Expr)):
        return _training(interp, receiver, world.scalar(value), span, text)
    if _LIKE_FLAG.search(name) or name in _SHADOWED or name in METHODS or _known_miss(name):
        return _attribute(interp, receiver, name, value, span, text, setter)
    return False


def _is_told_tensor(target: ir.Expression, frame: Frame) -> bool:
    """Whether `isinstance` has told that what the attribute is set of is a tensor."""
    return (
        isinstance(target, ir.Attribute) and isinstance(target.value, ir.Name) and target.value.id in frame.told_tensors
    )


def check_name(interp: Interpreter, receiver: Any, node: ir.Expression, span: Span, text: str) -> None:
    """Record a flag whose name says the opposite of what it does here."""
    negated = False
    while isinstance(node, ir.Unary) and node.op == "not":
        negated = not negated
        node = node.operand
    flag = node.id if isinstance(node, ir.Name) else node.attr if isinstance(node, ir.Attribute) else None
    if flag is None:
        return
    opposite = _TRAINING_FLAG.match(flag) if negated else _FREEZING_FLAG.match(flag)
    if opposite is None or (not negated and flag.lower().startswith(("unfreeze", "unfrozen"))):
        return
    found = parameters_in(interp.world, receiver)
    if found is None and not isinstance(receiver, (Ref, Element)) and receiver not in interp.world.objects_of:
        return
    interp.world.emit(FlagNamedOpposite, span, text, flag=flag, negated=negated, selections=found or ())


def set_flag(interp: Interpreter, receiver: Any, value: Value, span: Span, text: str, *, setter: str) -> bool:
    """`receiver.requires_grad = value`."""
    world = interp.world
    match receiver:
        case Ref(id=number) if world.heap[number].kind is not Kind.PARAMETER:
            return _flag_on_object(interp, world.heap[number], value, span, text, setter)
        case Element(role="module", loop=loop):
            chosen = (world.narrowed(loop, "modules"),)
            _plain(interp, None, "selection", "requires_grad", value, span, text, setter, selections=chosen)
            return True
        case Const(value=value_known) if not isinstance(value_known, str):
            return True  # None where the attribute is not there in this configuration
        case Element(role="name") | Const():
            _plain(interp, None, "collection", "requires_grad", value, span, text, setter, description="a string")
            return True
        case Copied():
            _on_copy(interp, receiver, value, span, text, setter)
            return True
        case Expr() if rejected(interp, receiver, value, span, text, "assign"):
            return True
        case Collection():
            kind = _collection_name(receiver)
            # Not of pairs or lists in it: a loop over them has no parameters to set flags of.
            nested = any(isinstance(item.value, Collection) for item in receiver.items)
            found = None if nested or receiver.kind == "dict" else parameters_in(world, receiver)
            _plain(
                interp, None, "collection", "requires_grad", value, span, text, setter, selections=found or (),
                description=kind, pair=_is_pair(receiver),
            )  # fmt: skip
            return True
        case Method() | Bound() | Function():
            _plain(interp, None, "method", "requires_grad", value, span, text, setter)
            return True
        case _:
            pass
    selections = parameters_in(world, receiver)
    if selections is not None:
        write(interp, receiver, value, span, text)
        return True
    scalar = world.scalar(receiver)
    if isinstance(scalar, (Symbol, Expr)):
        _flag_on_unknown(interp, scalar, value, span, text, setter)
    return True


def _flag_on_unknown(
    interp: Interpreter, scalar: Symbol | Expr, value: Value, span: Span, text: str, setter: str
) -> None:
    world = interp.world
    known = scalar in world.objects_of
    tensor = scalar in interp.tensors.leaves or interp.tensors.is_computed(scalar) is Truth.YES
    if tensor and rejects_value(interp, value, span, text, "assign"):
        return
    rejected(interp, scalar, value, span, text, "assign")
    if not known and truth_of(value) is not Truth.NO:
        force_loss(interp, scalar, span, text, "assign")
    if interp.tensors.is_computed(scalar) is not Truth.NO or scalar in interp.tensors.leaves:
        return
    item = world.object_of(scalar)
    if item is not None:
        _flag_on_object(interp, item, value, span, text, setter)


def force_loss(interp: Interpreter, tensor: Value, span: Span, text: str, how: str) -> None:
    """Record that `requires_grad` is forced on what may be a loss."""
    connected = interp.tensors.connected(tensor)
    interp.tensors.graphs.force(tensor)
    interp.world.emit(LossForced, span, text, tensor=interp.tensors.number(tensor), how=how, connected=connected)


def _flag_on_object(interp: Interpreter, item: HeapObject, value: Value, span: Span, text: str, setter: str) -> bool:
    if item.kind not in (Kind.MODULE, Kind.OBJECT):
        return False
    kind = interp.calls.class_of.get(item.id)
    if isinstance(kind, ClassValue) and (classes.is_module(kind) is Truth.NO or reads_own(kind, "requires_grad")):
        return False
    _plain(interp, item.id, "module", "requires_grad", value, span, text, setter)
    if item.is_module is Truth.MAYBE:
        # It may be a parameter after all: then this is a real freeze.
        _maybe_parameter(interp, item, value, span, text)
    return True


def _maybe_parameter(interp: Interpreter, item: HeapObject, value: Value, span: Span, text: str) -> None:
    world = interp.world
    maybe = [Selection(of="parameters", root=item.id, scope="self", at=world.now, truth=Truth.MAYBE)]
    for root in foreign_methods.handed_from(world.heap, item):
        maybe.append(Selection(of="parameters", root=root, scope="all", at=world.now, truth=Truth.MAYBE))
    _emit(interp, tuple(maybe), value, span, text, "assign")


def reads_own(cls: ClassValue, name: str) -> bool:
    """Whether the class or a base of the project defines the name or reads it off `self`."""
    pattern = re.compile(rf"\bself\.{name}\b(?!_)(?!\s*=[^=])")
    for each in classes.lineage(cls):
        if not isinstance(each, ClassValue):
            continue
        text = each.module.text
        if name in each.members or (f"self.{name}" in text and pattern.search(text) is not None):
            return True
    return False


def _plain(
    interp: Interpreter,
    target: int | None,
    kind: str,
    name: str,
    value: Any,
    span: Span,
    text: str,
    setter: str,
    **more: Any,
) -> None:
    stored = value if isinstance(value, CORE) else None
    interp.world.emit(
        AttributeSet, span, text, target=target, kind=kind, name=name, value=stored, setter=setter,
        deliberate=isinstance(value, (Function, Bound)), read=Truth.of(interp.project.reads_attribute(name)), **more,
    )  # fmt: skip


def _on_copy(interp: Interpreter, copy: Copied, value: Value, span: Span, text: str, setter: str) -> None:
    found = parameters_in(interp.world, copy.original)
    if found is None and copy.original is not None and not isinstance(copy.original, Collection):
        return
    _plain(
        interp, None, "copy", "requires_grad", value, span, text, setter, selections=found or (), description=copy.how
    )


def _is_pair(value: Collection) -> bool:
    match [item.value for item in value.items]:
        case [Element(role="name"), Element(role="parameter")]:
            return True
        case _:
            return False


def _collection_name(value: Collection) -> str:
    match value.kind:
        case "iterator":
            return "a generator"
        case "tuple" | "list" | "dict" | "set":
            return f"a {value.kind}"
        case _:
            return "a collection"


def write(interp: Interpreter, receiver: Any, value: Value, span: Span, text: str, *, how: str = "assign") -> None:
    """Record that the flags of the parameters that `receiver` is or holds become `value`.

    A value that depends on the element (`= "head" in name`) is two writes: True for those, False for the others.
    """
    world = interp.world
    of_others = loops_of(value) - {element.loop for element in elements(receiver)}
    if of_others:
        # The flags of other elements: those saved before (`for p, flag in zip(parameters, saved)`), or unknown.
        saved = isinstance(value, Expr) and value.op == "requires_grad" and len(of_others) == 1
        value = canonical(value, of_others.pop()) if saved else world.unknown("flag")
    elif loops_of(value) and any(_goes_twice(interp, each) for each in parameters_in(world, receiver) or ()):
        value = world.unknown("flag")
    elif loops_of(value):
        for constant, polarity in ((TRUE, True), (FALSE, False)):
            with world.assuming(condition(value, polarity=polarity)) as possible:
                if possible:
                    found = parameters_in(world, receiver)
                    if found:
                        _emit(interp, found, constant, span, text, how)
        return
    found = parameters_in(world, receiver)
    if found:
        _emit(interp, found, value, span, text, how)


def _goes_twice(interp: Interpreter, selection: Selection) -> bool:
    """Whether a parameter may be met through several modules: what depends on its flag differs from time to time."""
    world, outer = interp.world, selection.root
    if selection.scope != "all" or not isinstance(outer, Selection) or outer.scope != "all":
        return False
    root = outer.root
    return isinstance(root, Selection) or world.heap[root].open or len(world.timeline.modules(root, world.now, ())) > 1


def _emit(interp: Interpreter, selections: Selections, value: Value, span: Span, text: str, how: str) -> None:
    split_trees(interp.world, selections)
    if rejects_value(interp, value, span, text, "assign" if how == "assign" else "method"):
        return
    interp.world.emit(GradSet, span, text, selections=selections, value=value, how=how, on="parameter")


def rejects_value(interp: Interpreter, value: Value, span: Span, text: str, how: str) -> bool:
    """Record a value that is no bool, which torch refuses; True where it is one."""
    if not isinstance(value, Const) or isinstance(value.value, bool):
        return False
    interp.world.emit(FlagRejected, span, text, why="value", value=value, how=how)
    return True


def rejected(interp: Interpreter, receiver: Any, value: Value, span: Span, text: str, how: str) -> bool:
    """Record a flag that is set on what is computed from parameters; True where the receiver is such a thing."""
    world = interp.world
    why, at, grad = "", world.now, Truth.YES
    sources: Selections | None = ()
    match receiver:
        case Expr(op="item" | "slice", args=(base, *_)):
            why, sources = "slice", parameters_in(world, base)
        case Expr(op="derived", args=(Ref(id=number), Const(value=str() as name))):
            item = world.heap[number]
            if name in item.derived:
                why = "plain" if item.derived[name].plain else "derived"
                sources = reparametrizing.originals(interp, item, name)
        case _:
            pass
    origin = interp.tensors.origins.get(receiver) if isinstance(receiver, (Symbol, Expr)) else None
    if origin is not None:
        why, at, grad = "computed", origin.time, origin.grad
        sources = (Selection(of="parameters", root=origin.module, scope="all", at=at),)
    if not why or not sources:
        return False
    world.emit(FlagRejected, span, text, why=why, value=value, how=how, sources=sources, at=at, grad=grad)
    return why != "computed"


def _training(interp: Interpreter, receiver: Any, value: Value, span: Span, text: str) -> bool:
    world = interp.world
    if isinstance(receiver, Element) and receiver.role == "module":
        chosen: Selections = (world.narrowed(receiver.loop, "modules"),)
        world.emit(ModeSet, span, text, selections=chosen, value=value, how="flag")
        return True
    item = world.object_of(receiver) if isinstance(receiver, (Ref, Symbol, Expr)) else None
    if item is None or item.kind in (Kind.PARAMETER, Kind.OPTIMIZER, Kind.SCHEDULER):
        return False
    kind = interp.calls.class_of.get(item.id)
    if isinstance(kind, ClassValue) and classes.is_module(kind) is Truth.NO:
        return False
    if item.is_module is not Truth.YES:
        return False
    alone = (Selection(of="modules", root=item.id, scope="self", at=world.now),)
    world.emit(ModeSet, span, text, selections=alone, value=value, how="flag", root=item.id,
               own=isinstance(kind, ClassValue) and "self.training" in (classes.forward_text(kind) or ""))  # fmt: skip
    return True


def _setting(interp: Interpreter, receiver: Any, name: str, value: Value, span: Span, text: str) -> None:
    """An option of normalisation layers is changed."""
    world = interp.world
    if isinstance(receiver, Element) and receiver.role == "module":
        chosen: Selections = (world.narrowed(receiver.loop, "modules"),)
        split_trees(world, chosen)
    elif isinstance(receiver, Ref) and world.heap[receiver.id].norm is not Truth.NO:
        chosen = (Selection(of="modules", root=receiver.id, scope="self", at=world.now),)
    else:
        return
    world.emit(LayerSettingSet, span, text, selections=chosen, name=name, value=value)


def _attribute(interp: Interpreter, receiver: Any, name: str, value: Any, span: Span, text: str, setter: str) -> bool:
    """An attribute that resembles a flag or shadows a method. False: store it like any other."""
    world = interp.world
    match receiver:
        case Element(role=role, loop=loop):
            chosen: Selections = ()
            if role in ("module", "parameter"):
                chosen = (world.narrowed(loop, "modules" if role == "module" else "parameters"),)
            kind = "selection" if role in ("module", "parameter") else "collection"
            _plain(interp, None, kind, name, value, span, text, setter, selections=chosen)
            return True
        case Ref(id=number):
            return _attribute_of_object(interp, world.heap[number], name, value, span, text, setter)
        case Copied():
            found = parameters_in(world, receiver.original)
            _plain(interp, None, "copy", name, value, span, text, setter, selections=found or ())
            return True
        case Expr(op="parameter") | Expr(op="attr", args=(Element(), _)):
            found = parameters_in(world, receiver)
            _plain(interp, None, "parameter", name, value, span, text, setter, selections=found or ())
            return True
        case Symbol() | Expr():
            item = world.object_of(receiver)
            if item is not None and item.is_module is Truth.YES:
                return _attribute_of_object(interp, item, name, value, span, text, setter)
            if _known_miss(name):
                kind = "tensor" if interp.tensors.is_computed(receiver) is Truth.YES else "unknown"
                _plain(interp, None, kind, name, value, span, text, setter)
            return False
        case _:
            return False


@cache
def _known_miss(name: str) -> bool:
    """Whether a name is nearly `requires_grad`."""
    plain = name.lower().strip("_")
    return plain != "requires_grad" and SequenceMatcher(None, plain, "requires_grad").ratio() >= 0.8


def _attribute_of_object(
    interp: Interpreter, item: HeapObject, name: str, value: Any, span: Span, text: str, setter: str
) -> bool:
    if item.kind is Kind.PARAMETER:
        itself = parameters_in(interp.world, Ref(item.id))
        _plain(interp, item.id, "parameter", name, value, span, text, setter, selections=itself or ())
        return True
    kind = interp.calls.class_of.get(item.id)
    own = isinstance(kind, ClassValue)
    if isinstance(kind, ClassValue):
        if classes.member(kind, "__setattr__") is not None:
            return False  # what becomes of it is that method's own affair
        defined = classes.member(kind, name)
        if not isinstance(defined, Function) and reads_own(kind, name):
            return False
        if defined is None and classes.is_module(kind) is Truth.NO:
            return False
        if defined is not None and not isinstance(defined, Function):
            return False
    shadows = name in METHODS or (own and isinstance(kind, ClassValue) and classes.member(kind, name) is not None)
    if own and not shadows and name != "trainable" and not _known_miss(name):
        return False
    if item.is_module is not Truth.YES and not own:
        return False
    what = "module" if item.is_module is Truth.YES else "object"
    found = isinstance(kind, ClassValue) and isinstance(classes.member(kind, name), Function)
    _plain(interp, item.id, what, name, value, span, text, setter, shadows=Truth.of(found))
    return False


def check_argument(interp: Interpreter, receiver: Any, call: Invocation) -> None:
    """`requires_grad_(freeze)`: the name of the flag says the opposite."""
    if len(call.node.args) == 1:
        text = call.text.partition(".requires_grad_")[0]
        check_name(interp, receiver, call.node.args[0].value, call.span, text)


def misnamed(name: str) -> bool:
    """Whether a method is called that looks like `requires_grad_` and is none."""
    return name in ("require_grad_", "requires_grads_", "required_grad_", "require_grads_", "requiregrad_")


def check_rebinding(interp: Interpreter, node: ir.For, value: Any, frame: Frame) -> None:
    """`for p in parameters: p = p.detach()`: the last statement only binds the loop's own name anew."""
    last = node.body[-1]
    match last:
        case ir.Assign(
            targets=(ir.Name(id=name),), value=ir.Call(func=ir.Attribute(value=ir.Name(id=owner), attr=how))
        ):
            pass
        case _:
            return
    target = node.target
    parts = target.elements if isinstance(target, ir.Sequence) else (target,)
    if name != owner or how != "detach" or not any(isinstance(part, ir.Name) and part.id == name for part in parts):
        return
    found = elements(value)
    chosen = [element for element in found if element.role == "parameter"]
    if chosen:
        selections = (interp.world.narrowed(chosen[0].loop, "parameters"),)
        _plain(
            interp, None, "copy", "requires_grad", FALSE, interp.span(last.at, frame), name, "rebinding",
            selections=selections, description=".detach()",
        )  # fmt: skip


def write_weights(
    interp: Interpreter, receiver: Any, span: Span, text: str, how: str = "assign", given: Sequence[Any] = ()
) -> None:
    """Record that values of parameters are written by something that is no optimizer."""
    original = receiver.original if isinstance(receiver, Copied) else receiver
    found = parameters_in(interp.world, original) if not isinstance(original, Collection) else None
    if found:
        each = any(elements(value) or isinstance(value, Copied) for value in given)
        interp.world.emit(WeightsWritten, span, text, selections=found, how=how, each=each)
