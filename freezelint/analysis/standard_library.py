"""Functions of the standard library that pick, fold or look things up: operator, functools, dataclasses, importlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.objects import Kind
from freezelint.core.symbols import NONE, Const, Ref
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes
from .attributes import read
from .collections import items_of, plain
from .invocation import Invocation
from .values import Builtin, ClassValue, Library, Namespace

if TYPE_CHECKING:
    from .interpreter import Interpreter


def attrgetter(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`operator.attrgetter("a.b")`."""
    path = interp.world.scalar(call.get(0, "attr", NONE))
    if not (isinstance(path, Const) and isinstance(path.value, str)) or len(call.args) != 1:
        return interp.world.unknown("attrgetter")
    parts = path.value.split(".")

    def get(inner: Invocation) -> Any:
        value = inner.get(0, "obj")
        for part in parts:
            value = read(interp, value, part, inner.node, inner.frame)
        return value

    return Builtin("attrgetter", get)


def reduce(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`functools.reduce(function, iterable, initial)` over items that are known one by one."""
    if len(call.args) < 2:
        return interp.world.unknown("reduce")
    items = items_of(interp, call.args[1], call.node, call.frame)
    if items is None or len(items) > 16 or any(item.path or item.each for item in items):
        return interp.calls.unknown_call(Library(name), call)
    values = [item.value for item in items]
    if len(call.args) > 2:
        values.insert(0, call.args[2])
    if not values:
        return interp.world.unknown("reduce")
    result = values[0]
    for value in values[1:]:
        result = interp.calls.invoke(call.args[0], call.with_arguments([result, value]))
    return result


def import_module(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`importlib.import_module("package.module")` of the project or of a library."""
    target = interp.world.scalar(call.get(0, "name", NONE))
    if not (isinstance(target, Const) and isinstance(target.value, str)):
        return interp.world.unknown("module")
    level = len(target.value) - len(target.value.lstrip("."))
    found = interp.project.imported(call.frame.module, target.value[level:], level)
    if found is None:
        return Library(target.value)
    interp.loader.register(found)
    return Namespace(found)


def dataclass_fields(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`dataclasses.fields(x)`: one object with a `name` for each annotated name of the class."""
    world = interp.world
    value = call.get(0, "class_or_instance")
    kind = interp.calls.class_of.get(value.id) if isinstance(value, Ref) else value
    if not isinstance(kind, ClassValue):
        return world.unknown("fields")
    found = []
    for each in reversed(classes.lineage(kind)):
        for statement in each.node.body if isinstance(each, ClassValue) else ():
            match statement:
                case ir.Assign(targets=(ir.Name(id=field),), annotation=annotation) if annotation is not None:
                    made = world.heap.new(Kind.OBJECT, field, call.span, world.tick())
                    made.is_module = Truth.NO
                    world.attributes.write((made.id, "name"), Const(field), ())
                    metadata = _metadata(interp, each, statement)
                    world.attributes.write((made.id, "metadata"), metadata, ())
                    found.append(Ref(made.id))
                case _:
                    pass
    return plain(world, "tuple", found, call.span)


def _metadata(interp: Interpreter, owner: ClassValue, statement: ir.Assign) -> Any:
    """`field(metadata={...})`, or an empty mapping."""
    if isinstance(statement.value, ir.Call):
        for argument in statement.value.args:
            if argument.keyword == "metadata":
                return interp.evaluate(argument.value, owner.scope)
    return plain(interp.world, "dict", [])
