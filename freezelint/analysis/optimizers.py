"""Optimizers and schedulers: what they are built from, what is added, when they step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import OptimizerBuilt, ParameterGroupAdded, SchedulerBuilt, Selections, Stepped, ZeroGrad
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import TRUE, Const, Expr, Ref, Value, loops_of
from freezelint.core.truth import Truth

from .collections import at_most, consume, exhausted, parameters_in
from .expand import split_trees
from .invocation import Invocation
from .values import Choice, Collection

if TYPE_CHECKING:
    from .interpreter import Interpreter

METHODS = frozenset({"step", "zero_grad", "add_param_group"})


def build(interp: Interpreter, name: str, call: Invocation, *, framework: bool = False) -> Any:
    """`torch.optim.X(params, ...)`."""
    world = interp.world
    params = call.get(0, "params")
    if params is None:
        params = call.get(0, "parameters")
    made = world.heap.new(Kind.OPTIMIZER, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.classes = (name,)
    made.is_module = Truth.NO
    groups = param_groups(interp, params, call, f"`{name.rpartition('.')[2]}`") if not call.more or params else (None,)
    world.emit(
        OptimizerBuilt, call.span, call.text, optimizer=made.id, groups=groups, framework=framework,
        cls=name.rpartition(".")[2],
    )  # fmt: skip
    return Ref(made.id)


def param_groups(interp: Interpreter, params: Any, call: Invocation, by: str) -> tuple[Selections | None, ...]:
    """The parameter groups that an argument amounts to; an iterator is used up by it."""
    world = interp.world
    if isinstance(params, Choice):
        groups: list[Selections | None] = []
        for path, option in params.options:
            with world.assuming(path) as possible:
                if possible:
                    for group in param_groups(interp, option, call, by):
                        groups.append(_under(group, path, world))
        return tuple(groups)
    if not isinstance(params, Collection):
        held = parameters_in(world, params) if params is not None else None
        return (_ready(interp, held),)
    if params.kind == "iterator":
        empty = exhausted(params, world.event_path())
        consume(interp, params, _argument(call), call.frame, by)
        if empty is Truth.YES:
            return ((),)
    if params.kind == "dict" and any(_is_params(item.key) for item in params.items):
        return (_group(interp, params, call, by),)
    dicts = [item for item in params.items if isinstance(item.value, Collection) and item.value.kind == "dict"]
    if dicts and params.kind != "dict":
        groups = []
        for item in params.items:
            with world.assuming(item.path) as possible:
                if possible:
                    group = _group(interp, item.value, call, by) if isinstance(item.value, Collection) else None
                    groups.append(_under(group, item.path, world))
        if not params.complete:
            groups.append(None)
        return tuple(groups)
    if params.kind == "dict":
        return (None,)
    return (_ready(interp, parameters_in(interp.world, params)),)


def _under(group: Selections | None, path: Any, world: Any) -> Selections | None:
    if group is None or not path:
        return group
    outside = tuple(literal for literal in path if not loops_of(literal.value))
    return tuple(at_most(each, outside, world) for each in group) if outside else group


def _is_params(key: Any) -> bool:
    return bool(key == Const("params"))


def _argument(call: Invocation) -> Any:
    for arg in call.node.args:
        if arg.keyword in (None, "params", "parameters"):
            return arg.value
    return call.node


def _group(interp: Interpreter, group: Any, call: Invocation, by: str) -> Selections | None:
    world = interp.world
    if not isinstance(group, Collection) or group.kind != "dict":
        return _ready(interp, parameters_in(world, group))
    for item in group.items:
        if not _is_params(item.key):
            continue
        value = item.value
        if isinstance(value, Collection) and value.kind == "iterator":
            empty = exhausted(value, world.event_path())
            consume(interp, value, _argument(call), call.frame, by)
            if empty is Truth.YES:
                return ()
        return _ready(interp, parameters_in(world, value))
    return None


def _ready(interp: Interpreter, held: Selections | None) -> Selections | None:
    if held:
        split_trees(interp.world, held)
    return held


def method(interp: Interpreter, item: HeapObject, name: str, call: Invocation) -> Any:
    """A method of an optimizer."""
    world = interp.world
    match name:
        case "step":
            closure = call.get(0, "closure")
            if closure is not None and not isinstance(closure, Const):
                interp.calls.invoke(closure, call.without_arguments())
            world.emit(Stepped, call.span, call.text.rpartition(".")[0], optimizer=item.id)
        case "zero_grad":
            value = world.scalar(call.get(0, "set_to_none", TRUE))
            world.emit(ZeroGrad, call.span, call.text, target=item.id, set_to_none=value)
        case "add_param_group":
            group = call.get(0, "param_group")
            groups = param_groups(interp, group, call, "`add_param_group`")
            world.emit(ParameterGroupAdded, call.span, call.text, optimizer=item.id, groups=groups)
        case "parameters" | "state_dict" | "load_state_dict" | "register_step_post_hook" | "register_step_pre_hook":
            pass
        case _:
            pass
    return world.unknown(name)


def unknown_method(interp: Interpreter, receiver: Value, name: str, call: Invocation) -> Any:
    """`x.step()` and its like where nothing says what `x` is: an optimizer, unless it is known to be a scheduler."""
    world = interp.world
    item = world.object_of(receiver)
    if item is None or item.is_module is Truth.YES or item.kind is Kind.SCHEDULER:
        return None
    if item.id in interp.calls.class_of:
        return None
    label = item.label.lower()
    other = any(word in label for word in ("sched", "lr", "scaler", "env", "accelerator"))
    if name == "step" and other and ("scaler" not in label or not call.args):
        return world.unknown(name)
    if name == "step" and call.args and isinstance(call.args[0], (Ref, Expr)):
        return stepped_by(interp, call.args[0], call)
    number = item.id if item.kind is Kind.OPTIMIZER else None
    match name:
        case "step":
            world.emit(Stepped, call.span, call.text.rpartition(".")[0], optimizer=number)
        case "zero_grad":
            value = world.scalar(call.get(0, "set_to_none", TRUE))
            world.emit(ZeroGrad, call.span, call.text, target=number, set_to_none=value)
        case "add_param_group":
            groups = param_groups(interp, call.get(0, "param_group"), call, "`add_param_group`")
            world.emit(ParameterGroupAdded, call.span, call.text, optimizer=number, groups=groups)
    return world.unknown(name)


def stepped_by(interp: Interpreter, optimizer: Any, call: Invocation) -> Any:
    """`scaler.step(optimizer)`."""
    world = interp.world
    item = world.object_of(optimizer)
    number = item.id if item is not None and item.kind is Kind.OPTIMIZER else None
    world.emit(Stepped, call.span, call.text, optimizer=number)
    return world.unknown("step")


def group_params(interp: Interpreter, receiver: Expr, name: str, call: Invocation) -> Any:
    """`optimizer.param_groups[0]["params"].append(p)`."""
    world = interp.world
    owner = world.object_of(receiver.args[0])
    held = parameters_in(world, call.get(0, "value"))
    number = owner.id if owner is not None else None
    world.emit(ParameterGroupAdded, call.span, call.text, optimizer=number, groups=(_ready(interp, held),))
    return Const(None)


def group_method(interp: Interpreter, receiver: Expr, name: str, call: Invocation) -> Any:
    """`optimizer.param_groups.append({...})`, `group["params"]` through `get`."""
    world = interp.world
    if receiver.op == "param_groups" and name in ("append", "extend"):
        owner = world.object_of(receiver.args[0])
        groups = param_groups(interp, call.get(0, "value"), call, "`param_groups`")
        number = owner.id if owner is not None else None
        world.emit(ParameterGroupAdded, call.span, call.text, optimizer=number, groups=groups)
        return Const(None)
    if name == "get" and call.get(0, "key") == Const("params"):
        return Expr("group_params", receiver.args)
    return world.unknown(name)


def schedule(interp: Interpreter, name: str, call: Invocation) -> Any:
    """A learning rate scheduler over an optimizer."""
    world = interp.world
    made = world.heap.new(Kind.SCHEDULER, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.classes, made.is_module = (name,), Truth.NO
    optimizer = world.object_of(call.get(0, "optimizer"))
    world.emit(
        SchedulerBuilt, call.span, call.text, scheduler=made.id,
        optimizer=optimizer.id if optimizer is not None else None, cls=name.rpartition(".")[2],
    )  # fmt: skip
    return Ref(made.id)
