"""Methods of lists, dicts, sets, iterators and plain constants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.symbols import NONE, Const, Value, fold

from . import flags
from .attributes import dict_item
from .collections import append, collection, consume, extend, plain
from .invocation import Invocation
from .values import CORE, Choice, Collection, Item, Method
from .world import condition, path_value

if TYPE_CHECKING:
    from .interpreter import Interpreter


def of_collection(interp: Interpreter, receiver: Collection, name: str, call: Invocation) -> Any:
    """A method of a collection."""
    world = interp.world
    match name:
        case "append" | "add":
            append(interp.world, receiver, call.get(0, "object"))
            interp.gathered.put(world, receiver, call.get(0, "object"), call.span)
            return NONE
        case "extend" | "update":
            return _extend(interp, receiver, call)
        case "insert":
            receiver.items.insert(0, Item(call.get(1, "object"), world.path))
            return NONE
        case "items":
            items = [
                Item(plain(world, "tuple", [item.key, item.value]), item.path, item.each) for item in receiver.items
            ]
            return collection(world, "list", items, receiver.made, complete=receiver.complete)
        case "keys":
            items = [Item(item.key, item.path, item.each) for item in receiver.items]
            return collection(world, "list", items, receiver.made, complete=receiver.complete)
        case "values":
            items = [Item(item.value, item.path, item.each) for item in receiver.items]
            return collection(world, "list", items, receiver.made, complete=receiver.complete)
        case "copy":
            return collection(world, receiver.kind, list(receiver.items), receiver.made, complete=receiver.complete)
        case "get" | "pop" | "setdefault":
            return _get(interp, receiver, name, call)
        case "index" | "count":
            return world.unknown(name)
        case "remove" | "clear" | "popitem" | "discard" | "difference_update":
            receiver.complete = False
            if name == "clear":
                receiver.items, receiver.complete = [], True
            return NONE
        case "sort" | "reverse":
            return NONE
        case "requires_grad_" | "requires_grad":
            value = world.scalar(call.get(0, "requires_grad", Const(True)))
            text = call.text.partition(".requires_grad")[0]
            flags.set_flag(interp, receiver, value, call.span, text, setter="method")
            return world.unknown(name)
        case "__iter__":
            return receiver
        case "__init__":
            return _filled(interp, receiver, call)
        case _:
            return interp.calls.unknown_call(Method(receiver, name), call, inert=True)


def _filled(interp: Interpreter, receiver: Collection, call: Invocation) -> Any:
    """The constructor of a class that is a collection itself."""
    given = call.get(0, "iterable")
    if call.more or (given is not None and not isinstance(given, Collection)):
        receiver.complete = False
    elif receiver.kind == "dict" or given is not None:
        _extend(interp, receiver, call)
    return NONE


def _extend(interp: Interpreter, receiver: Collection, call: Invocation) -> Any:
    value = call.get(0, "iterable")
    if receiver.kind == "dict":
        receiver.registry = receiver.registry or call.frame.function != ""
        if isinstance(value, Collection) and value.kind == "dict":
            receiver.items.extend(value.items)
            receiver.complete = receiver.complete and value.complete
        for key, each in call.keywords.items():
            receiver.items.append(Item(each, interp.world.path, key=Const(key)))
        return NONE
    node = call.node.args[0].value if call.node.args else call.node
    extend(interp, receiver, value, node, call.frame)
    return NONE


def _get(interp: Interpreter, receiver: Collection, name: str, call: Invocation) -> Any:
    if receiver.kind != "dict":
        if name == "pop" and receiver.items and not call.args:
            return receiver.items.pop().value
        return interp.world.unknown(name)
    found = dict_item(interp, receiver, interp.world.scalar(call.get(0, "key")))
    known = found is not None
    present = any(item.key == call.get(0, "key") for item in receiver.items)
    if name == "pop" and present:
        _remove(interp, receiver, call.get(0, "key"))
    if known and (present or any(item.each for item in receiver.items)):
        return found
    if receiver.complete and not isinstance(found, Choice):
        return call.get(1, "default", NONE)
    return found


def _remove(interp: Interpreter, receiver: Collection, key: Any) -> None:
    """Take an entry out where the code at hand runs."""
    elsewhere = condition(path_value(interp.world.path), polarity=False)
    kept = []
    for item in receiver.items:
        if item.key != key:
            kept.append(item)
        elif elsewhere:
            kept.append(Item(item.value, item.path + elsewhere, item.each, item.key))
    receiver.items = kept


def of_constant(interp: Interpreter, receiver: Value, name: str, call: Invocation) -> Any:
    """A method of a string or another scalar: folded where all is constant, else an expression."""
    world = interp.world
    values = call.all_arguments()
    for value in values:
        if isinstance(value, Collection) and value.kind == "iterator":
            consume(interp, value, call.node, call.frame, f"`{name}`")
    if isinstance(receiver, Const) and isinstance(receiver.value, str) and name == "format":
        return fold(".format", (receiver, *(world.scalar(value) for value in values)))
    scalars = tuple(world.scalar(value) for value in values)
    if not all(isinstance(value, CORE) for value in scalars):
        return world.unknown(name)
    if name in ("match", "search", "fullmatch", "findall"):
        return fold(f"re.{name}", (receiver, *scalars))
    return fold(f".{name}", (receiver, *scalars))
