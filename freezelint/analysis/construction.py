"""Instances of classes of the project, and which modules and parameters become part of which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from freezelint.core.events import ModuleReplaced, ParameterReplaced
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import NONE, Const, Expr, Ref, Symbol, Value
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes, collection_methods
from .collections import collection
from .containers import fill_container
from .frames import Frame
from .invocation import Invocation
from .text import render
from .values import Choice, ClassValue, Copied, Function, Library

if TYPE_CHECKING:
    from .interpreter import Interpreter


def construct(interp: Interpreter, cls: ClassValue, call: Invocation) -> Ref:
    """An instance of a class of the project: its `__init__` is interpreted."""
    world = interp.world
    module = classes.is_module(cls)
    made = world.heap.new(
        Kind.MODULE if module is Truth.YES else Kind.OBJECT, f"{cls.node.name}()", call.span, world.tick()
    )
    made.is_module = module
    made.classes = classes.qualified(cls)
    made.open = not classes.fully_known(cls)
    if made.open:
        made.norm = made.dropout = Truth.NO
    interp.calls.class_of[made.id] = cls
    initial = classes.member(cls, "__init__")
    reference = Ref(made.id)
    if module is Truth.NO and (kind := classes.collection_kind(cls)):
        world.contents[made.id] = inside = collection(world, kind, [], call.span)
        if not isinstance(initial, Function):
            collection_methods.of_collection(interp, inside, "__init__", call)
    if isinstance(initial, Function):
        interp.calls.inline(initial, call, receiver=reference, kind=cls)
    elif any(name.endswith((".Sequential", ".ModuleList")) for name in classes.library_bases(cls)):
        fill_container(interp, made, call)
    elif _is_dataclass(cls):
        _fields(interp, cls, made, call)
    _finish_init(interp, cls, made, call)
    interp.stored.tell(made)
    return reference


def _finish_init(interp: Interpreter, cls: ClassValue, made: HeapObject, call: Invocation) -> None:
    after = classes.member(cls, "__post_init__")
    if isinstance(after, Function):
        interp.calls.inline(after, call.without_arguments(), receiver=Ref(made.id), kind=cls)


def _fields(interp: Interpreter, cls: ClassValue, made: HeapObject, call: Invocation) -> None:
    remaining = list(call.args)
    for each in reversed(classes.lineage(cls)):
        if not isinstance(each, ClassValue):
            continue
        for statement in each.node.body:
            if not (isinstance(statement, ir.Assign) and statement.annotation is not None):
                continue
            target = statement.targets[0]
            if not isinstance(target, ir.Name):
                continue
            name = target.id
            if remaining:
                value = remaining.pop(0)
            elif name in call.keywords:
                value = call.keywords[name]
            elif statement.value is not None and not call.more:
                value = interp.settled(each.members.get(name, NONE))
                if isinstance(value, Symbol):
                    value = interp.world.unknown(name)
            else:
                value = interp.world.unknown(name)
            interp.world.attributes.write((made.id, name), value, interp.world.path)


def contain(interp: Interpreter, owner: HeapObject, name: str, value: Any, target: ir.Expression, frame: Frame) -> None:
    """Make a module or parameter that is assigned to an attribute the object's child."""
    world = interp.world
    child: HeapObject | None = None
    if isinstance(value, Ref):
        child = world.heap[value.id]
    elif isinstance(value, (Symbol, Expr)):
        number = world.objects_of.get(value)
        known = world.heap[number] if number is not None else None
        if known is None and isinstance(value, Symbol):
            known = world.object_of(value)
        child = known
    if child is None and _may_be_module(value):
        owner.doubts.append(world.tick())
    world.heap.expand(owner)
    before = world.heap.child(owner, name, world.now)
    path = world.event_path()
    if child is None and _may_be_part(interp, owner, name, value):
        owner.hidden = True
        world.heap.version += 1
    if child is None or child.kind in (Kind.OPTIMIZER, Kind.SCHEDULER) or child.id == owner.id:
        if before is not None:
            world.heap.detach(owner, name, world.tick(), path)
        return
    if before is not None and before.id == child.id:
        return
    if child.label.endswith(")") and child.kind in (Kind.MODULE, Kind.OBJECT):
        child.label = f"{owner.label}.{name}"
    if owner.kind is Kind.OPTIMIZER:
        return
    replaced = (
        before is not None and before.kind is Kind.MODULE and child.is_module is not Truth.NO
        and any(e.name == name and e.alive(world.now, path) is not Truth.NO for e in owner.edges)
    )  # fmt: skip
    if before is None and owner.open and owner.is_module is not Truth.NO and _was_there(interp, owner, name):
        replaced = child.kind is Kind.MODULE and child.is_module is Truth.YES
        before = world.object_of(Expr("attr", (_value_of(interp, owner), Const(name)))) if replaced else None
    kind = interp.calls.class_of.get(owner.id)
    # A class with a `__setattr__` of its own may keep what it is given out of the module tree.
    registers = not (isinstance(kind, ClassValue) and classes.member(kind, "__setattr__") is not None)
    world.heap.attach(owner, name, child, world.tick(), path, Truth.YES if registers else Truth.MAYBE)
    if replaced and before is not None:
        world.emit(
            ModuleReplaced, interp.span(target.at, frame), render(target), parent=owner.id, name=name,
            old=before.id, new=child.id,
        )  # fmt: skip
    elif child.kind is Kind.PARAMETER:
        _parameter_replaced(interp, owner, name, before, child, target, frame)


def register_somewhere(interp: Interpreter, item: HeapObject, value: Any) -> None:
    """A module or parameter becomes part of another module under a name that is not known."""
    world = interp.world
    item.open = True
    child = world.object_of(value) if isinstance(value, Ref) else None
    if child is not None and child.kind in (Kind.MODULE, Kind.PARAMETER) and child.id != item.id:
        world.heap.attach(item, f"?{world.fresh()}", child, world.tick(), world.event_path(), Truth.MAYBE)


def _may_be_module(value: Any) -> bool:
    """Whether a value of which no object is known may be a module: an entry of a table, a name of another package."""
    match value:
        case Expr(op="attr" | "item" | "call"):
            return True
        case Library(name=name):
            return not name.startswith("torch.")
        case _:
            return False


def _parameter_replaced(
    interp: Interpreter,
    owner: HeapObject,
    name: str,
    before: HeapObject | None,
    child: HeapObject,
    target: ir.Expression,
    frame: Frame,
) -> None:
    """Tell of a parameter that takes the place of another one of a layer."""
    world = interp.world
    old = before.id if before is not None and before.kind is Kind.PARAMETER else None
    if old is None and name not in owner.parameters:
        return
    origins = world.values_of.get(child.id, ())
    its_own = Ref(old) if old is not None else Expr("parameter", (Ref(owner.id), Const(name)))
    rewraps = Truth.YES if its_own in origins else Truth.NO if not origins else Truth.MAYBE
    match child.requires_grad:
        case Truth.MAYBE:
            flag: Value = world.unknown("requires_grad")
        case known:
            flag = Const(known is Truth.YES)
    world.emit(
        ParameterReplaced, interp.span(target.at, frame), render(target), parent=owner.id, name=name,
        requires_grad=flag, new=child.id, old=old, rewraps=rewraps,
    )  # fmt: skip


def _may_be_part(interp: Interpreter, owner: HeapObject, name: str, value: Any) -> bool:
    """Whether something unknown that is kept under a name may be a module or parameter: its class uses it as one."""
    unknown = isinstance(value, (Choice, Copied)) or (isinstance(value, Expr) and value.op in _UNKNOWN)
    kind = interp.calls.class_of.get(owner.id)
    if not unknown or owner.is_module is not Truth.YES or not isinstance(kind, ClassValue):
        return False
    owners = (each for each in classes.lineage(kind) if isinstance(each, ClassValue))
    return any(_uses_as_part(interp, each, name) for each in owners)


def _uses_as_part(interp: Interpreter, cls: ClassValue, name: str) -> bool:
    """Whether the text of a class uses an attribute as a module or parameter."""
    known = interp.definitions.parts
    key = (id(cls.node), name)
    if key not in known:
        used = rf"\bself\.{re.escape(name)}\b(?:\(|\[|\.(?:parameters|weight|children|modules)|\s*[-+*@])"
        known[key] = re.search(used, cls.module.text_of(cls.node.name)) is not None
    return known[key]


_UNKNOWN = ("attr", "item", "call", "opaque")


def _was_there(interp: Interpreter, owner: HeapObject, name: str) -> bool:
    """Whether an open module surely had this attribute: it is a stand-in and no code of it runs here."""
    return owner.id not in interp.calls.class_of and owner.tree is None and owner.kind is Kind.MODULE


def _value_of(interp: Interpreter, owner: HeapObject) -> Any:
    for value, number in interp.world.objects_of.items():
        if number == owner.id:
            return value
    return Ref(owner.id)


def _is_dataclass(cls: ClassValue) -> bool:
    return any("dataclass" in render(decorator) for decorator in cls.node.decorators) or any(
        isinstance(base, Library) and base.name.endswith(("NamedTuple", "Struct", "BaseModel")) for base in cls.bases
    )
