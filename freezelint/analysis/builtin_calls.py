"""Python's builtins, as far as values go through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.objects import Kind
from freezelint.core.symbols import FALSE, NONE, TRUE, Const, Element, Expr, Ref, Symbol, fold, truth_of
from freezelint.core.truth import Truth
from freezelint.libraries.names import canonical
from freezelint.source import ir

from . import classes
from .attributes import read, some_child
from .collections import collection, elements, items_of, plain
from .construction import register_somewhere
from .invocation import Invocation
from .targets import set_attribute
from .values import CORE, Choice, ClassValue, Collection, Function, Item, Library, choose
from .world import TENSORS, condition, path_value

if TYPE_CHECKING:
    from .interpreter import Interpreter


def call(interp: Interpreter, name: str, invocation: Invocation) -> Any:
    """Call a builtin by its bare name."""
    handler = _BUILTINS.get(name)
    if handler is not None:
        return handler(interp, invocation)
    return interp.calls.unknown_call(Library(f"builtins.{name}"), invocation, inert=True)


def _argument_node(call: Invocation, position: int) -> Any:
    positional = [arg.value for arg in call.node.args if arg.keyword is None]
    return positional[position] if position < len(positional) else call.node


def _items(interp: Interpreter, call: Invocation, position: int) -> list[Item] | None:
    value = call.get(position, "iterable")
    if value is None:
        return None
    if isinstance(value, Choice):
        found: list[Item] = []
        for path, option in value.options:
            inner = items_of(interp, option, _argument_node(call, position), call.frame)
            if inner is None:
                return None
            found.extend(Item(item.value, path + item.path, item.each, item.key) for item in inner)
        return found
    return items_of(interp, value, _argument_node(call, position), call.frame)


def _copied(kind: str) -> Callable[[Interpreter, Invocation], Any]:
    def act(interp: Interpreter, call: Invocation) -> Any:
        if not call.args:
            return collection(interp.world, kind, [], call.span)
        items = _items(interp, call, 0)
        value = call.args[0]
        if items is None:
            scalar = interp.world.scalar(value)
            if isinstance(scalar, Const) and kind != "iterator":
                return fold("tuple", (scalar,))
            made = collection(interp.world, kind, [], call.span, complete=False)
            interp.tensors.flows(scalar, [])
            return made
        complete = value.complete if isinstance(value, Collection) else True
        return collection(interp.world, kind, list(items), call.span, complete=complete)

    return act


def _dict(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    items: list[Item] = []
    complete, origin = not call.more, ""
    if call.args:
        value = call.args[0]
        given = items_of(interp, value, _argument_node(call, 0), call.frame)
        if isinstance(value, Collection) and value.kind == "dict":
            items.extend(value.items)
        elif given is None:
            complete = False
        else:
            origin = value.origin if isinstance(value, Collection) else ""
            for item in given:
                pair = item.value
                if isinstance(pair, Collection) and len(pair.items) == 2:
                    items.append(Item(pair.items[1].value, item.path, item.each, pair.items[0].value))
                else:
                    complete = False
    for key, value in call.keywords.items():
        items.append(Item(value, key=Const(key)))
    return collection(world, "dict", items, call.span, complete=complete, origin=origin)


def _enumerate(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    items = _items(interp, call, 0)
    start = world.scalar(call.get(1, "start", Const(0)))
    if items is None:
        element = interp.world.unknown("item")
        interp.tensors.flows(element, call.args[:1])
        if call.args and isinstance(call.args[0], (Symbol, Expr, Ref)):
            base = world.scalar(call.args[0])
            if isinstance(base, (Ref, Expr)) and (isinstance(base, Ref) or base.op in ("attr", "item")):
                pair = plain(world, "tuple", [world.unknown("index"), Expr("item", (base, world.unknown("item")))])
                return collection(world, "iterator", [Item(pair)], call.span)
        return world.unknown("enumerate")
    found = []
    for number, item in enumerate(items):
        index: Any = Const(number)
        loops = {element.loop for element in elements(item.value)}
        if item.each and loops:
            index = Element("index", min(loops))
        found.append(
            Item(plain(world, "tuple", [fold("+", (index, start)) if start != Const(0) else index, item.value]),
                 item.path, item.each)
        )  # fmt: skip
    return collection(world, "iterator", found, call.span)


def _zip(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    lists = [_items(interp, call, position) for position in range(len(call.args))]
    longest = max((len(each) for each in lists if each is not None), default=0)
    if not longest:
        return world.unknown("zip")
    # What is paired with something unknown is itself unknown, each time anew.
    known = [each if each is not None else [Item(world.unknown("item")) for _ in range(longest)] for each in lists]
    found = []
    for group in zip(*known, strict=False):
        path = tuple(literal for item in group for literal in item.path)
        value = plain(world, "tuple", [item.value for item in group])
        found.append(Item(value, path, any(item.each for item in group)))
    return collection(world, "iterator", found, call.span)


def _filter(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    lazy = collection(world, "iterator", [], call.span, origin="filter")

    def run() -> tuple[list[Item], bool]:
        items = _items(interp, call, 1)
        if items is None:
            return [], False
        found = []
        for item in items:
            with world.assuming(item.path) as possible:
                if not possible:
                    continue
                value = world.scalar(interp.calls.invoke(call.args[0], call.with_arguments([item.value])))
                decided = truth_of(value, world.path)
            if decided is Truth.NO:
                continue
            path = item.path if decided is Truth.YES else item.path + condition(value, polarity=True)
            found.append(Item(item.value, path, item.each, item.key))
        source = call.args[1]
        return found, source.complete if isinstance(source, Collection) else True

    lazy.pending = run
    return lazy


def _map(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    lazy = collection(world, "iterator", [], call.span, origin="map")

    def run() -> tuple[list[Item], bool]:
        items = _items(interp, call, 1)
        if items is None or not call.args:
            return [], False
        found = []
        for item in items:
            with world.assuming(item.path) as possible:
                if possible:
                    value = interp.calls.invoke(call.args[0], call.with_arguments([item.value]))
                    found.append(Item(value, item.path, item.each))
        return found, True

    lazy.pending = run
    return lazy


def _junction(op: str) -> Callable[[Interpreter, Invocation], Any]:
    def act(interp: Interpreter, call: Invocation) -> Any:
        world = interp.world
        items = _items(interp, call, 0)
        if items is None or any(item.each for item in items):
            return world.unknown("any" if op == "or" else "all")
        parts = []
        for item in items:
            value = world.scalar(item.value)
            if item.path:
                there = path_value(item.path)
                value = fold("and", (there, value)) if op == "or" else fold("or", (fold("not", (there,)), value))
            parts.append(value)
        return fold(op, tuple(parts)) if parts else Const(op == "and")

    return act


def _consuming(interp: Interpreter, call: Invocation) -> Any:
    _items(interp, call, 0)
    result = interp.world.unknown("sum")
    interp.tensors.flows(result, call.args)
    return result


def _range(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    bounds = [world.scalar(value) for value in call.args]
    numbers = [bound.value for bound in bounds if isinstance(bound, Const) and isinstance(bound.value, int)]
    if len(numbers) != len(bounds) or not bounds or (len(numbers) == 3 and numbers[2] == 0):
        result = world.unknown("range")
        if len(bounds) in (1, 2):
            world.ranges[result] = (bounds[0] if len(bounds) == 2 else Const(0), bounds[-1])
        return result
    values = range(*numbers)
    if len(values) > 64:
        return world.unknown("range")
    return collection(world, "tuple", [Item(Const(number)) for number in values], call.span, origin="range")


def _getattr(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    if len(call.args) < 2:
        return world.unknown("getattr")
    receiver, name = call.args[0], world.scalar(call.args[1])
    if isinstance(call.args[1], Choice):
        options = []
        for path, option in call.args[1].options:
            inner = call.with_arguments([receiver, option, *call.args[2:]])
            options.append((path, _getattr(interp, inner)))
        return choose(tuple(options))
    if isinstance(name, Const) and isinstance(name.value, str):
        if "." in name.value:
            return world.unknown("getattr")
        return read(interp, receiver, name.value, call.node, call.frame)
    if isinstance(receiver, Library):
        return Library(f"{receiver.name}.?")
    scalar = world.scalar(receiver)
    if isinstance(scalar, Ref) and world.heap[scalar.id].is_module is Truth.YES and not elements(name):
        return some_child(interp, world.heap[scalar.id])
    if isinstance(scalar, (Ref, Symbol, Expr)):
        return Expr("item", (scalar, name))
    return world.unknown("getattr")


def _setattr(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    if len(call.args) < 3:
        return NONE
    name = world.scalar(call.args[1])
    if isinstance(name, Const) and isinstance(name.value, str):
        target = ir.Attribute(_argument_node(call, 0), name.value, call.node.at, call.node.at)
        value_node = _argument_node(call, 2)
        set_attribute(interp, call.args[0], name.value, call.args[2], target, call.frame, value_node, setter="setattr")
    else:
        item = world.object_of(call.args[0])
        if item is not None:
            register_somewhere(interp, item, call.args[2])
    return NONE


def _hasattr(interp: Interpreter, call: Invocation) -> Any:
    world = interp.world
    if len(call.args) < 2:
        return world.unknown("hasattr")
    receiver, name = call.args[0], world.scalar(call.args[1])
    if isinstance(receiver, Ref) and isinstance(name, Const):
        item = world.heap[receiver.id]
        world.heap.expand(item)
        kind = interp.calls.class_of.get(item.id)
        text = str(name.value)
        if (item.id, text) in world.attributes or world.heap.child(item, text, world.now) is not None:
            return TRUE
        if text in item.parameters:
            return TRUE
        if isinstance(kind, ClassValue) and classes.member(kind, text) is not None:
            return TRUE
        if item.kind is Kind.MODULE and not item.open and text not in ("weight", "bias"):
            return TRUE if text in ("parameters", "modules", "train", "eval", "requires_grad_") else FALSE
    return Expr("hasattr", (world.scalar(receiver), name))


def class_names(interp: Interpreter, value: Any) -> tuple[str, ...]:
    """The qualified names of a class or of a tuple of classes; "?" for one that is not known."""
    match value:
        case Library(name=name):
            return (canonical(name),)
        case ClassValue():
            return (value.qualified,)
        case Collection():
            return tuple(name for item in value.items for name in class_names(interp, item.value))
        case Choice(options=options):
            return (*(name for _, option in options for name in class_names(interp, option)), "?")
        case Expr(op="|", args=args):
            return tuple(name for arg in args for name in class_names(interp, arg))
        case _:
            return ("?",)


def _isinstance(interp: Interpreter, call: Invocation) -> Any:
    if len(call.args) < 2:
        return interp.world.unknown("isinstance")
    return instance_of(interp, call.args[0], call.args[1])


_BUILTIN_KINDS = {"builtins.list": "list", "builtins.tuple": "tuple", "builtins.dict": "dict", "builtins.set": "set"}
_PLAIN = {"builtins.str": str, "builtins.int": int, "builtins.float": float, "builtins.bool": bool}


def instance_of(interp: Interpreter, value: Any, kinds: Any) -> Any:
    """Whether `value` is an instance of the classes: decided, or a test."""
    world = interp.world
    names = class_names(interp, kinds)
    if isinstance(value, Choice):
        return choose(tuple((path, instance_of(interp, option, kinds)) for path, option in value.options))
    if isinstance(value, Collection):
        known = value.kind in {_BUILTIN_KINDS.get(name) for name in names}
        listing = any(name.startswith(("typing.", "collections.abc.", "collections.")) for name in names)
        return TRUE if known or listing else FALSE if "?" not in names else world.unknown("isinstance")
    if isinstance(value, Const):
        plain_kinds = tuple(_PLAIN[name] for name in names if name in _PLAIN)
        if plain_kinds and isinstance(value.value, plain_kinds):
            return TRUE
        if isinstance(value.value, tuple) and ("builtins.tuple" in names or "builtins.list" in names):
            return TRUE
        return world.unknown("isinstance") if "?" in names else FALSE
    if isinstance(value, Element):
        if value.role == "parameter":
            return Const(any(name.endswith(("Parameter", "Tensor")) for name in names))
        if value.role == "module" and "torch.nn.Module" in names:
            return TRUE
        return Expr("isinstance", (value, Const(names)))
    if isinstance(value, Ref):
        item = world.heap[value.id]
        if set(names) & set(item.classes):
            return TRUE
        if item.kind is Kind.PARAMETER:
            return Const(any(name.endswith(("Parameter", "Tensor")) for name in names))
        unknown = not item.classes or "?" in item.classes or "?" in names
        if item.is_module is Truth.YES and "torch.nn.Module" in names:
            return TRUE
        if item.is_module is Truth.YES and all(
            name.startswith("builtins.") or name.endswith(TENSORS) for name in names
        ):
            return FALSE
        if not unknown:
            return FALSE
    if isinstance(value, Function):
        return FALSE
    scalar = world.scalar(value)
    return Expr("isinstance", (scalar, Const(names)))


def _type(interp: Interpreter, call: Invocation) -> Any:
    if len(call.args) != 1:
        return interp.world.unknown("type")
    return Expr("class", (interp.world.scalar(call.args[0]),))


def _folded(name: str) -> Callable[[Interpreter, Invocation], Any]:
    def act(interp: Interpreter, call: Invocation) -> Any:
        world = interp.world
        value = call.get(0, "x")
        if name == "len" and isinstance(value, Collection):
            exact = value.complete and not any(item.each or item.path for item in value.items)
            return Const(len(value.items)) if exact and value.kind != "iterator" else world.unknown("len")
        if name == "len" and isinstance(value, Ref):
            item = world.heap[value.id]
            world.heap.expand(item)
            if not item.open and item.kind is Kind.MODULE:
                return Const(len([e for e in item.edges if e.alive(world.now, world.path) is not Truth.NO]))
        if len(call.args) == 1 and isinstance(value, Collection) and name in ("max", "min"):
            _items(interp, call, 0)
            return world.unknown(name)
        if name == "bool" and isinstance(value, CORE):
            decided = truth_of(world.scalar(value), world.path)
            if decided is not Truth.MAYBE:
                return Const(decided is Truth.YES)
            return value
        scalars = tuple(world.scalar(each) for each in call.args)
        result = fold(name, scalars) if scalars else Const(0 if name == "int" else "")
        interp.tensors.flows(result, call.args)
        return result

    return act


def _next(interp: Interpreter, call: Invocation) -> Any:
    value = call.get(0, "iterator")
    if isinstance(value, Collection):
        if value.pending is not None:
            items_of(interp, value, _argument_node(call, 0), call.frame)
            value.consumed.clear()
        if value.items and not any(item.each for item in value.items):
            first = value.items[0]
            if not first.path:
                value.items = value.items[1:] if value.kind == "iterator" else value.items
                return first.value
            default = call.get(1, "default", interp.world.unknown("next"))
            return choose((*((item.path, item.value) for item in value.items), ((), default)))
    return interp.world.unknown("next")


def _iter(interp: Interpreter, call: Invocation) -> Any:
    value = call.get(0, "iterable")
    if isinstance(value, Collection) and value.kind == "iterator":
        return value
    return _copied("iterator")(interp, call)


_BUILTINS: dict[str, Callable[[Interpreter, Invocation], Any]] = {
    "list": _copied("list"),
    "tuple": _copied("tuple"),
    "set": _copied("set"),
    "frozenset": _copied("set"),
    "sorted": _copied("list"),
    "reversed": _copied("iterator"),
    "iter": _iter,
    "next": _next,
    "dict": _dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "filter": _filter,
    "map": _map,
    "any": _junction("or"),
    "all": _junction("and"),
    "sum": _consuming,
    "range": _range,
    "getattr": _getattr,
    "setattr": _setattr,
    "hasattr": _hasattr,
    "isinstance": _isinstance,
    "type": _type,
    "len": _folded("len"),
    "int": _folded("int"),
    "str": _folded("str"),
    "float": _folded("float"),
    "bool": _folded("bool"),
    "abs": _folded("abs"),
    "max": _folded("max"),
    "min": _folded("min"),
}
