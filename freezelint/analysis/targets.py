"""Assignments and expression statements: where values go, and statements that do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import FlagCompared, MethodUncalled, ParameterGroupAdded
from freezelint.core.objects import Kind
from freezelint.core.symbols import Const, Element, Expr, Ref, Symbol, fold
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import flags, gradients, lazy, optimizers, tying
from .collections import consume, module_items, parameters_in, plain
from .construction import contain, register_somewhere
from .contexts import dropped
from .frames import Frame
from .text import render
from .values import Bound, Choice, Collection, Copied, Item, Method

if TYPE_CHECKING:
    from .interpreter import Interpreter


_NEED_ARGUMENTS = frozenset(
    ["load_state_dict", "apply", "add_param_group", "add_module", "register_buffer", "register_parameter", "to",
     "get_submodule", "get_parameter", "append", "extend", "insert", "register_module"]
)  # fmt: skip


def bare(interp: Interpreter, node: ir.Expression, frame: Frame) -> None:
    """An expression statement."""
    match node:
        case ir.Compare(left=ir.Attribute(attr="requires_grad", value=owner), ops=("==" | "is" | "!=",)):
            value = interp.evaluate(owner, frame)
            right = interp.world.scalar(interp.evaluate(node.comparators[0], frame))
            found = flags.owner_selections(interp, value)
            interp.world.emit(
                FlagCompared, interp.span(node.at, frame), render(node), selections=found or (), value=right
            )
        case ir.Attribute():
            value = interp.evaluate(node, frame)
            if isinstance(value, (Method, Bound)):
                uncalled(interp, value, node, frame, "statement")
        case ir.Call():
            value = interp.evaluate(node, frame)
            dropped(interp, value, node, frame)
            lazy.dropped(interp, value, node, frame)
        case _:
            lazy.dropped(interp, interp.evaluate(node, frame), node, frame)


def uncalled(interp: Interpreter, value: Method | Bound, node: ir.Expression, frame: Frame, how: str) -> None:
    """A method that is named and not called."""
    world = interp.world
    name = value.name if isinstance(value, Method) else value.function.name
    owner = world.object_of(value.receiver)
    truth, kind = Truth.MAYBE, "object"
    if isinstance(value.receiver, Element):
        truth, kind = Truth.YES, value.receiver.role
    elif owner is not None:
        kind = "module" if owner.is_module is Truth.YES else owner.kind.value
        known = owner.is_module is Truth.YES or owner.kind in (Kind.OPTIMIZER, Kind.PARAMETER)
        truth = Truth.YES if known or isinstance(value, Bound) else Truth.MAYBE
    elif isinstance(value.receiver, Expr) and value.receiver.op == "parameter":
        truth, kind = Truth.YES, "parameter"
    world.emit(
        MethodUncalled, interp.span(node.at, frame), render(node), name=name, how=how, kind=kind, truth=truth,
        bare=_needs_nothing(value),
    )  # fmt: skip


def _needs_nothing(value: Method | Bound) -> Truth:
    """Whether a method can be called without arguments."""
    if isinstance(value, Method):
        return Truth.of(value.name not in _NEED_ARGUMENTS)
    if not isinstance(value.function.node, ir.FunctionDef):
        return Truth.MAYBE
    rest = value.function.node.parameters[1:]
    return Truth.of(all(each.kind in ("*", "**") or each.default is not None for each in rest))


def assign(interp: Interpreter, target: ir.Expression, value: Any, frame: Frame, node: ir.Assign | None) -> None:
    """Bind a target to a value."""
    match target:
        case ir.Name(id=name):
            frame.assign(name, value, interp.world.path)
            interp.calls.named(value, name)
            interp.gathered.name(interp.world, value, name, interp.span(target.at, frame))
            if node is not None and node.value is not None:
                lazy.bound(interp, value, node.value, frame)
        case ir.Sequence(elements=elements):
            _destructure(interp, elements, value, frame)
        case ir.Starred(value=inner):
            assign(interp, inner, value, frame, None)
        case ir.Attribute(value=owner, attr=attr):
            receiver = interp.evaluate(owner, frame)
            set_attribute(interp, receiver, attr, value, target, frame, node.value if node is not None else None)
        case ir.Subscript():
            _set_item(interp, target, value, frame)
        case _:
            pass


def _destructure(interp: Interpreter, elements: tuple[ir.Expression, ...], value: Any, frame: Frame) -> None:
    world = interp.world
    if isinstance(value, Choice):
        for path, option in reversed(value.options):
            with world.assuming(path) as possible:
                if possible:
                    _destructure(interp, elements, option, frame)
        return
    if isinstance(value, Collection) and value.kind == "iterator":
        consume(interp, value, elements[0], frame, "unpacking")
    if isinstance(value, Ref):
        children = module_items(world, value)  # `stem, head = sequential`
        if children is not None and not any(item.each or item.path for item in children):
            value = plain(world, "tuple", [item.value for item in children])
    star = next((n for n, each in enumerate(elements) if isinstance(each, ir.Starred)), None)
    for number, element in enumerate(elements):
        assign(interp, element, _part(interp, value, number, star, len(elements)), frame, None)


def _part(interp: Interpreter, value: Any, number: int, star: int | None, count: int) -> Any:
    world = interp.world
    match value:
        case Collection() if value.complete and not any(item.each or item.path for item in value.items):
            items = value.items
            if star is None:
                return items[number].value if number < len(items) else world.unknown("item")
            if number < star:
                return items[number].value if number < len(items) else world.unknown("item")
            if number == star:
                return Collection("list", items[star : len(items) - (count - star - 1)], number=world.fresh())
            position = number - count
            return items[position].value if -position <= len(items) else world.unknown("item")
        case Const(value=tuple() as values) if star is None and number < len(values):
            return Const(values[number])
        case Const(value=str() as text) if number < len(text):
            return Const(text[number])
        case Symbol() | Expr() | Const():
            result = fold("item", (value, Const(number)))
            interp.tensors.flows(result, (value,))
            return result
        case _:
            return world.unknown("item")


def set_attribute(
    interp: Interpreter,
    receiver: Any,
    name: str,
    value: Any,
    target: ir.Expression,
    frame: Frame,
    value_node: ir.Expression | None,
    *,
    setter: str = "assign",
) -> None:
    """`receiver.name = value`."""
    world = interp.world
    if isinstance(receiver, Choice):
        for path, option in receiver.options:
            with world.assuming(path) as possible:
                if possible:
                    set_attribute(interp, option, name, value, target, frame, value_node, setter=setter)
        return
    if name == "grad":
        gradients.assigned(interp, receiver, value, interp.span(target.at, frame), render(target))
        return
    if flags.assigned(interp, receiver, name, value, target, frame, value_node, setter=setter):
        return
    item = world.object_of(receiver)
    if item is None:
        interp.tensors.graphs.escape([value], interp.span(target.at, frame), render(target))
        return
    optimizers.touched(interp, item, name, interp.span(target.at, frame), render(target))
    interp.gathered.use(value)
    store(interp, item.id, name, value, target, frame)


def store(interp: Interpreter, number: int, name: str, value: Any, target: ir.Expression, frame: Frame) -> None:
    """Write an attribute of an object; a module or parameter becomes its child."""
    world = interp.world
    owner = world.heap[number]
    if owner.kind is Kind.PARAMETER:
        return
    if tying.stored(interp, owner, name, value, target, frame):
        return
    world.trace()
    world.attributes.write((number, name), value, world.path)
    interp.stored.remember(owner, name, value, target, frame)
    options = value.options if isinstance(value, Choice) else (((), value),)
    for path, option in reversed(options):
        with world.assuming(path) as possible:
            if possible and not (path and tying.stored(interp, owner, name, option, target, frame)):
                contain(interp, owner, name, option, target, frame)


def _register(interp: Interpreter, target: ir.Subscript, value: Any, frame: Frame) -> bool:
    """`module._modules[name] = value`; False where it is no module but a registry that is called so."""
    world = interp.world
    assert isinstance(target.value, ir.Attribute)
    item = world.object_of(interp.evaluate(target.value.value, frame))
    if item is not None and item.is_module is Truth.NO:
        return False
    name = world.scalar(interp.evaluate(target.index, frame))
    if item is not None and isinstance(name, Const) and isinstance(name.value, str):
        store(interp, item.id, name.value, value, target, frame)
    elif item is not None:
        register_somewhere(interp, item, value)
    return True


def _set_item(interp: Interpreter, target: ir.Subscript, value: Any, frame: Frame) -> None:
    world = interp.world
    inside = isinstance(target.value, ir.Attribute) and target.value.attr == "_modules"
    if inside and _register(interp, target, value, frame):
        return
    owner = interp.evaluate(target.value, frame)
    owner = interp.world.contents.get(owner.id, owner) if isinstance(owner, Ref) else owner
    index = interp.evaluate(target.index, frame) if not isinstance(target.index, ir.Slice) else None
    span = interp.span(target.at, frame)
    if gradients.item_assigned(interp, owner, value, span, render(target)):
        return
    match owner:
        case Expr(op="param_group") if (
            isinstance(index, Const) and isinstance(index.value, str) and (index.value != "params")
        ):
            optimizers.option_written(interp, owner, index.value, value, span, render(target))
        case Copied() | Element(role="parameter") | Expr(op="parameter"):
            flags.write_weights(interp, owner, span, render(target))
        case Ref(id=number) if world.heap[number].kind is Kind.PARAMETER:
            flags.write_weights(interp, owner, span, render(target))
        case Collection(kind="dict"):
            owner.registry = owner.registry or frame.function != ""
            owner.items = [item for item in owner.items if item.key != index or item.path != world.path] + [
                Item(value, world.path, key=index)
            ]
        case Collection():
            scalar = world.scalar(index) if index is not None else None
            if (
                isinstance(scalar, Const)
                and isinstance(scalar.value, int)
                and (-len(owner.items) <= scalar.value < len(owner.items))
            ):
                owner.items[scalar.value] = Item(value, ())
            else:
                owner.complete = False
        case Ref(id=number) if world.heap[number].kind is Kind.MODULE:
            scalar = world.scalar(index) if index is not None else None
            if isinstance(scalar, Const):
                name = str(scalar.value)
                item = world.heap[number]
                if isinstance(scalar.value, int) and scalar.value < 0:
                    world.heap.expand(item)
                    names = [e.name for e in item.attributes if e.alive(world.now, world.path) is not Truth.NO]
                    name = names[scalar.value] if -len(names) <= scalar.value else name
                store(interp, number, name, value, target, frame)
            else:
                register_somewhere(interp, world.heap[number], value)
        case Expr(op="param_group", args=(Ref(id=number), *_)) if index == Const("params"):
            group_added(interp, number, value, target, frame)
        case Symbol() | Expr():
            interp.tensors.graphs.written(owner, [value])
            if interp.tensors.is_tensor(owner):
                return
            interp.tensors.graphs.escape([value], interp.span(target.at, frame), render(target))
            found = world.object_of(owner)
            scalar = world.scalar(index) if index is not None else None
            if found is not None and found.kind is Kind.MODULE and isinstance(scalar, Const):
                store(interp, found.id, str(scalar.value), value, target, frame)
        case _:
            pass


def group_added(interp: Interpreter, number: int, value: Any, target: ir.Expression, frame: Frame) -> None:
    """An optimizer gets a group of parameters through `param_groups`."""
    held = parameters_in(interp.world, value)
    interp.world.emit(
        ParameterGroupAdded, interp.span(target.at, frame), render(target), optimizer=number, groups=(held,)
    )


def delete(interp: Interpreter, target: ir.Expression, frame: Frame) -> None:
    """`del target`."""
    world = interp.world
    if isinstance(target, ir.Attribute):
        item = world.object_of(interp.evaluate(target.value, frame))
        if item is not None:
            world.heap.expand(item)
            world.heap.detach(item, target.attr, world.tick(), world.event_path())
