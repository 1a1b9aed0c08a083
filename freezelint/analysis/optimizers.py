"""Optimizers and schedulers: what they are built from, what is added, when they step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import (
    OptimizerBuilt,
    OptimizerTraits,
    Options,
    OptionWritten,
    ParameterGroupAdded,
    SchedulerBuilt,
    SchedulerStepped,
    SchedulerTouched,
    SchedulerTraits,
    Selections,
    Stepped,
    ZeroGrad,
)
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Expr, Ref, Value, loops_of
from freezelint.core.truth import Truth
from freezelint.libraries.optimizers import OptimizerFact, optimizer_fact
from freezelint.libraries.schedulers import scheduler_fact

from .collections import at_most, consume, exhausted, parameters_in
from .expand import split_trees
from .invocation import Invocation
from .values import Choice, Collection

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .world import World

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
    fact = optimizer_fact(name)
    by = f"`{name.rpartition('.')[2]}`"
    groups = param_groups(interp, params, call, by) if not call.more or params else (UNKNOWN,)
    interp.gathered.give(params)
    given = interp.calls.options_of[made.id] = _given(world, call, fact)
    world.emit(
        OptimizerBuilt, call.span, call.text, optimizer=made.id, groups=_held(groups), framework=framework,
        cls=name.rpartition(".")[2], options=tuple(_over(given, group.own) for group in groups),
        traits=fact.traits if fact is not None else OptimizerTraits(),
    )  # fmt: skip
    return Ref(made.id)


class Group(msgspec.Struct, frozen=True):
    """A parameter group: what it holds (None where that is not known), and the options it sets for itself."""

    held: Selections | None
    own: Options = Options()


UNKNOWN = Group(None, Options(complete=False))


def _held(groups: tuple[Group, ...]) -> tuple[Selections | None, ...]:
    return tuple(group.held for group in groups)


def _given(world: World, call: Invocation, fact: OptimizerFact | None) -> Options:
    """The options that an optimizer's groups have where they set none of their own."""
    values: dict[str, Value] = {}
    if fact is not None:
        values.update({name: Const(value) for name, value in fact.defaults})
        values.update({name: world.number(value) for name, value in zip(fact.positions, call.args[1:], strict=False)})
    values.update({name: world.number(value) for name, value in call.keywords.items() if name != "params"})
    return Options(tuple(values.items()), complete=fact is not None and not call.more)


def _over(given: Options, own: Options) -> Options:
    """A group's own options before those given for all."""
    if not own.complete:
        return own
    values = {**dict(given.values), **dict(own.values)}
    return Options(tuple(values.items()), complete=given.complete, place=own.place)


def _own(world: World, group: Collection) -> Options:
    """The options that a group's dict sets."""
    values: list[tuple[str, Value]] = []
    complete = group.complete
    for item in group.items:
        if isinstance(item.key, Const) and isinstance(item.key.value, str) and not item.path:
            values.append((item.key.value, world.number(item.value)))
        else:
            complete = False
    kept = tuple((name, value) for name, value in values if name != "params")
    return Options(kept, complete=complete, place=group.made)


def param_groups(interp: Interpreter, params: Any, call: Invocation, by: str) -> tuple[Group, ...]:
    """The parameter groups that an argument amounts to; an iterator is used up by it."""
    world = interp.world
    if isinstance(params, Choice):
        groups: list[Group] = []
        for path, option in params.options:
            with world.assuming(path) as possible:
                if possible:
                    for group in param_groups(interp, option, call, by):
                        groups.append(_under(group, path, world))
        return tuple(groups)
    if not isinstance(params, Collection):
        held = parameters_in(world, params) if params is not None else None
        return (Group(_ready(interp, held)),)
    if params.kind == "iterator":
        empty = exhausted(params, world.event_path())
        consume(interp, params, _argument(call), call.frame, by)
        if empty is Truth.YES:
            return (Group(()),)
    if params.kind == "dict" and any(_is_params(item.key) for item in params.items):
        return (_group(interp, params, call, by),)
    dicts = [item for item in params.items if isinstance(item.value, Collection) and item.value.kind == "dict"]
    if dicts and params.kind != "dict":
        groups = []
        for item in params.items:
            with world.assuming(item.path) as possible:
                if possible:
                    group = _group(interp, item.value, call, by) if isinstance(item.value, Collection) else UNKNOWN
                    groups.append(_under(group, item.path, world))
        if not params.complete:
            groups.append(UNKNOWN)
        return tuple(groups)
    if params.kind == "dict":
        return (UNKNOWN,)
    return (Group(_ready(interp, parameters_in(interp.world, params))),)


def _under(group: Group, path: Any, world: World) -> Group:
    if group.held is None or not path:
        return group
    outside = tuple(literal for literal in path if not loops_of(literal.value))
    return Group(tuple(at_most(each, outside, world) for each in group.held) if outside else group.held, group.own)


def _is_params(key: Any) -> bool:
    return bool(key == Const("params"))


def _argument(call: Invocation) -> Any:
    for arg in call.node.args:
        if arg.keyword in (None, "params", "parameters"):
            return arg.value
    return call.node


def _group(interp: Interpreter, group: Any, call: Invocation, by: str) -> Group:
    world = interp.world
    if not isinstance(group, Collection) or group.kind != "dict":
        return Group(_ready(interp, parameters_in(world, group)))
    own = _own(world, group)
    for item in group.items:
        if not _is_params(item.key):
            continue
        value = item.value
        if isinstance(value, Collection) and value.kind == "iterator":
            empty = exhausted(value, world.event_path())
            consume(interp, value, _argument(call), call.frame, by)
            if empty is Truth.YES:
                return Group((), own)
        return Group(_ready(interp, parameters_in(world, value)), own)
    return UNKNOWN


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
            zero_grad(world, item.id, call)
        case "add_param_group":
            _added(interp, item.id, call.get(0, "param_group"), "`add_param_group`", call)
        case "parameters" | "state_dict" | "load_state_dict" | "register_step_post_hook" | "register_step_pre_hook":
            pass
        case _:
            pass
    return world.unknown(name)


def zero_grad(world: World, target: int | None, call: Invocation) -> None:
    """`zero_grad()` of an optimizer or a module."""
    given = call.get(0, "set_to_none")
    value = None if given is None and not call.more else world.scalar(given)
    world.emit(ZeroGrad, call.span, call.text, target=target, set_to_none=value)


def _added(interp: Interpreter, optimizer: int | None, value: Any, by: str, call: Invocation) -> None:
    world = interp.world
    groups = param_groups(interp, value, call, by)
    given = interp.calls.options_of.get(optimizer, Options(complete=False)) if optimizer is not None else UNKNOWN.own
    options = tuple(_over(given, group.own) for group in groups)
    world.emit(ParameterGroupAdded, call.span, call.text, optimizer=optimizer, groups=_held(groups), options=options)


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
            zero_grad(world, number, call)
        case "add_param_group":
            _added(interp, number, call.get(0, "param_group"), "`add_param_group`", call)
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
        _added(interp, owner.id if owner is not None else None, call.get(0, "value"), "`param_groups`", call)
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
    fact = scheduler_fact(name)
    values: dict[str, Value] = {}
    if fact is not None:
        values.update({each: world.scalar(arg) for each, arg in zip(fact.positions, call.args[1:], strict=False)})
    values.update({each: world.scalar(arg) for each, arg in call.keywords.items() if each != "optimizer"})
    world.emit(
        SchedulerBuilt, call.span, call.text, scheduler=made.id,
        optimizer=optimizer.id if optimizer is not None else None, cls=name.rpartition(".")[2],
        options=Options(tuple(values.items()), complete=fact is not None and not call.more),
        traits=fact.traits if fact is not None else SchedulerTraits(),
    )  # fmt: skip
    return Ref(made.id)


def scheduler_method(interp: Interpreter, item: HeapObject, name: str, call: Invocation) -> Any:
    """A method of a scheduler."""
    if name == "step":
        interp.world.emit(SchedulerStepped, call.span, call.text.partition(".step")[0], scheduler=item.id)
    return interp.world.unknown(name)


def touched(interp: Interpreter, owner: HeapObject, name: str, span: Span, text: str) -> None:
    """What a scheduler keeps of its groups is changed by hand."""
    if owner.kind is Kind.SCHEDULER and name in _OF_GROUPS:
        interp.world.emit(SchedulerTouched, span, text, scheduler=owner.id, name=name)


_OF_GROUPS = frozenset({"base_lrs", "lr_lambdas", "max_lrs", "min_lrs", "optimizer", "_schedulers"})


def option_written(interp: Interpreter, group: Expr, name: str, value: Any, span: Span, text: str) -> None:
    """`group[name] = value` for a parameter group of an optimizer."""
    world = interp.world
    owner = world.object_of(group.args[0])
    index = group.args[1] if len(group.args) > 1 else None
    number = index.value if isinstance(index, Const) and isinstance(index.value, int) else None
    optimizer = owner.id if owner is not None and owner.kind is Kind.OPTIMIZER else None
    world.emit(OptionWritten, span, text, optimizer=optimizer, index=number, name=name, value=world.scalar(value))
