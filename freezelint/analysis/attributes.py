"""Reading attributes and items of abstract values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import Selection
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import FALSE, NONE, TRUE, Const, Element, Expr, Literal, Path, Ref, Symbol, fold, leaves
from freezelint.core.timeline import ParameterAtom
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes
from .collections import collection, each_of, elements, holds_parameters, sliced
from .frames import MISSING, Frame
from .invocation import GradContext
from .values import (
    CORE,
    Bound,
    Choice,
    ClassValue,
    Collection,
    Copied,
    Function,
    Item,
    Library,
    Method,
    Namespace,
    Super,
    choose,
)
from .world import condition

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .world import World

PARAMETER_NAMES = frozenset({"weight", "bias", "in_proj_weight", "in_proj_bias", "weight_g", "weight_v"})
_NAMES = ("__name__", "__qualname__")
HOOKS = ("register_hook", "register_post_accumulate_grad_hook")
IN_PLACE = frozenset({
    "mul_", "add_", "copy_", "lerp_", "sub_", "div_", "clamp_", "fill_", "zero_", "normal_", "uniform_", "set_",
    "clamp_min_", "clamp_max_",
})  # fmt: skip
"""Methods that write the values of a tensor."""
METHODS = frozenset({
    "parameters", "named_parameters", "modules", "named_modules", "children", "named_children", "buffers",
    "named_buffers", "state_dict", "load_state_dict", "eval", "train", "requires_grad_", "apply", "to", "cuda",
    "cpu", "half", "float", "double", "bfloat16", "type", "zero_grad", "add_module", "register_module",
    "register_parameter", "register_buffer", "register_forward_hook", "get_submodule", "get_parameter", "append",
    "extend", "insert", "items", "values", "keys", "forward", "share_memory", "compile", "step", "add_param_group",
    "detach", "clone", "detach_", "backward", "item", "mean", "sum", "numpy", "data_ptr", "size",
    "unfreeze", "freeze", "get", "update", "pop", "get_base_model", "add_argument", "get_classifier",
})  # fmt: skip
"""Names that are methods where nothing else is known by that name."""


def read(interp: Interpreter, receiver: Any, name: str, node: ir.Expression, frame: Frame) -> Any:
    """The value of `receiver.name`."""
    match receiver:
        case Library(name=prefix):
            return Library(f"{prefix}.{name}")
        case Namespace(module=module):
            value = interp.loader.global_name(module, name)
            if value is MISSING:
                inner = interp.project.imported(module, name, 1) if module.is_package else None
                return Namespace(inner) if inner is not None else interp.world.unknown(name)
            return value
        case Choice(options=options):
            return choose(tuple((path, read(interp, value, name, node, frame)) for path, value in options))
        case Super():
            return _super(interp, receiver, name)
        case ClassValue():
            found = classes.member(receiver, name)
            if found is not None:
                return interp.settled(_unbound(found, receiver))
            return Const(receiver.node.name) if name in _NAMES else interp.world.unknown(name)
        case Ref(id=number):
            return _of_object(interp, interp.world.heap[number], name, node, frame)
        case Element():
            return _of_element(interp, receiver, name)
        case GradContext():
            return Method(receiver, name)
        case Copied():
            return receiver if name == "data" else Method(receiver, name)
        case Collection():
            return Method(receiver, name)
        case Function() if name in _NAMES:
            return Const(receiver.name)
        case Bound() | Function() | Method():
            return interp.world.unknown(name)
        case Expr(op="parameter"):
            return _of_parameter(interp, receiver, name)
        case Symbol() | Expr():
            return _of_unknown(interp, receiver, name, node, frame)
        case Const(value=str() | bytes() | tuple()):
            return Method(receiver, name)
        case _:
            return interp.world.unknown(name)


def _unbound(found: Any, cls: ClassValue) -> Any:
    """A member as read from the class: a class method gets the class."""
    return classes.bind(found, cls, cls) if isinstance(found, classes.ClassLevel) else found


def _super(interp: Interpreter, value: Super, name: str) -> Any:
    for base in classes.lineage(value.owner)[1:]:
        if isinstance(base, ClassValue) and name in base.members:
            found = base.members[name]
            return classes.bind(interp.settled(found), value.receiver, base)
    return Method(value.receiver, name, start=value.owner)


def _of_object(interp: Interpreter, item: HeapObject, name: str, node: ir.Expression, frame: Frame) -> Any:
    world = interp.world
    written = world.attributes.read((item.id, name), world.path)
    if written is not MISSING:
        return _or_the_first(interp, item, name, written) if name in item.parameters else written
    if item.kind is Kind.PARAMETER:
        return _of_parameter(interp, Ref(item.id), name)
    kind = interp.calls.class_of.get(item.id)
    if isinstance(kind, ClassValue):
        found = classes.member(kind, name)
        if found is not None:
            if isinstance(found, classes.Property):
                value = interp.calls.invoke_value(Bound(Ref(item.id), found.function, kind), node, frame)
                if found.cached:
                    world.attributes.write((item.id, name), value, world.path)
                return value
            return classes.bind(interp.settled(found), Ref(item.id), kind)
    if name == "training" and item.is_module is not Truth.NO and item.kind is not Kind.OPTIMIZER:
        answer = world.timeline.training(item.id, world.now, world.event_path()).truth
        return world.unknown("training") if answer is Truth.MAYBE else Const(answer is Truth.YES)
    world.heap.expand(item)
    if name == "_modules" and item.is_module is Truth.YES and not item.open:
        edges = [edge for edge in item.attributes if edge.alive(world.now, world.path) is Truth.YES]
        return collection(world, "dict", [Item(Ref(edge.child), key=Const(edge.name)) for edge in edges])
    child = world.heap.child(item, name, world.now)
    if child is not None:
        return Ref(child.id)
    if name in item.derived:
        return Expr("derived", (Ref(item.id), Const(name)))
    if name in item.parameters:
        return Expr("parameter", (Ref(item.id), Const(name)))
    if name == "__class__":
        return Expr("class", (Ref(item.id),))
    if item.kind is Kind.MODULE and item.open and name in PARAMETER_NAMES and name not in item.parameters:
        item.parameters.append(name)
        world.heap.version += 1
        return Expr("parameter", (Ref(item.id), Const(name)))
    if isinstance(kind, ClassValue) and classes.is_module(kind) is not Truth.YES:
        fallback = classes.member(kind, "__getattr__")
        if isinstance(fallback, Function):
            return interp.calls.invoke_value(Bound(Ref(item.id), fallback, kind), node, frame, [Const(name)])
    delegated = interp.calls.delegate(item)
    if delegated is not None and name not in METHODS:
        return read(interp, Ref(delegated.id), name, node, frame)
    if name in METHODS:
        return Method(Ref(item.id), name)
    if item.kind is Kind.OPTIMIZER and name == "param_groups":
        return Expr("param_groups", (Ref(item.id),))
    value = Expr("attr", (Ref(item.id), Const(name)))
    if _leads_elsewhere(interp, item, name):
        held = [edge.child for edge in item.edges if world.heap[edge.child].kind is Kind.MODULE]
        world.made_from.setdefault(value, tuple(held))
    return value


def _leads_elsewhere(interp: Interpreter, item: HeapObject, name: str) -> bool:
    """Whether an attribute that nothing is known of may be one of the known parts of a module, or hold some: a module
    of which all is known has no such attribute, unless a method of its class that is not followed makes it."""
    if item.kind is not Kind.MODULE or item.open or item.is_module is not Truth.YES:
        return False
    kind = interp.calls.class_of.get(item.id)
    return not (isinstance(kind, ClassValue) and classes.assigns(kind, name))


def _or_the_first(interp: Interpreter, item: HeapObject, name: str, written: Any) -> Any:
    """What was written in the place of a layer's own parameter, or that itself on the paths on which it was not."""
    world = interp.world
    edge = next((each for each in reversed(item.edges) if each.name == name), None)
    if edge is None or written != Ref(edge.child) or edge.alive(world.now, world.path) is not Truth.MAYBE:
        return written
    others = tuple(Literal(each.value, not each.polarity) for each in edge.path) if len(edge.path) == 1 else ()
    return choose(((edge.path, written), (others, Expr("parameter", (Ref(item.id), Const(name))))))


def _of_parameter(interp: Interpreter, value: Any, name: str) -> Any:
    world = interp.world
    if name == "requires_grad":
        atom = atom_of(value)
        if atom is not None:
            answer = world.timeline.requires_grad(atom, world.now, world.event_path()).truth
            if answer is not Truth.MAYBE:
                return Const(answer is Truth.YES)
        return Expr("requires_grad", (world.scalar(value), Const(world.now)))
    if name == "data":
        return Copied(value, ".data")
    if name in ("detach", "clone", "detach_", "requires_grad_", "cpu", "to", "numpy", "cuda", *HOOKS, *IN_PLACE):
        return Method(value, name)
    return Expr("attr", (world.scalar(value), Const(name)))


def atom_of(value: Any) -> ParameterAtom | None:
    """The parameter atom of a single parameter value."""
    match value:
        case Ref(id=number):
            return ParameterAtom(number, "")
        case Expr(op="parameter", args=(Ref(id=number), Const(value=str() as name))):
            return ParameterAtom(number, name)
        case _:
            return None


def _of_element(interp: Interpreter, element: Element, name: str) -> Any:
    match element.role, name:
        case "parameter", "requires_grad":
            return Expr("requires_grad", (element, Const(interp.world.now)))
        case "parameter", "data":
            return Copied(element, ".data")
        case "parameter", ("shape" | "ndim" | "grad" | "dtype" | "device" | "is_leaf" | "name"):
            return Expr("attr", (element, Const(name)))
        case "parameter", _:
            return Method(element, name)
        case "module", "training":
            return Expr("training", (element, Const(interp.world.now)))
        case "module", "__class__":
            return Expr("class", (element,))
        case "module", _ if name in METHODS and name not in PARAMETER_NAMES:
            return Method(element, name)
        case "name", _:
            return Method(element, name)
        case _:
            return Expr("attr", (element, Const(name)))


def _of_unknown(interp: Interpreter, value: Symbol | Expr, name: str, node: ir.Expression, frame: Frame) -> Any:
    world = interp.world
    if name == "data" and interp.tensors.graphs.of(value).reaches:
        values = world.unknown(name)
        interp.tensors.leaves.add(values)
        interp.tensors.graphs.cut(values, [value], interp.span(node.at, frame), name)
        return values
    match value, name:
        case Expr(op="class", args=(Ref(id=number),)), "__name__" if world.heap[number].classes:
            return Const(world.heap[number].cls)
        case Expr(op="class", args=(element,)), "__name__":
            return Expr("class_name", (element,))
        case Expr(op="param_groups" | "param_group"), _:
            return Method(value, name)
        case Expr(op=op), _ if op not in ("attr", "item", "call"):
            return Method(value, name)
        case Expr(op="attr", args=(Element(role="module"), _)), "requires_grad":
            return Expr("requires_grad", (value, Const(world.now)))
        case _:
            pass
    if value in world.objects_of:
        return _of_object(interp, world.heap[world.objects_of[value]], name, node, frame)
    if name in METHODS:
        return Method(value, name)
    return Expr("attr", (value, Const(name)))


def item(interp: Interpreter, value: Any, index: Any, node: ir.Subscript, frame: Frame) -> Any:
    """The value of `value[index]`."""
    world = interp.world
    match value:
        case Choice(options=options):
            return choose(tuple((path, item(interp, each, index, node, frame)) for path, each in options))
        case Collection():
            return _collection_item(interp, value, index)
        case Ref(id=number) if number in world.contents:
            return _collection_item(interp, world.contents[number], index)
        case Copied():
            return Copied(value.original, f"{value.how}[...]")
        case Ref(id=number) if world.heap[number].kind is Kind.MODULE:
            return _module_item(interp, world.heap[number], index)
        case Expr(op="param_groups"):
            return Expr("param_group", (*value.args, world.scalar(index)))
        case Expr(op="param_group") if index == Const("params"):
            return Expr("group_params", value.args)
        case Library(name=name) if name.rpartition(".")[2][:1].isupper():
            return Library(f"{name}[]")
        case Library(name=name) if isinstance(index, Const):
            return Library(f"{name}[{index.value!r}]")
        case _:
            scalar = world.scalar(value)
            if isinstance(scalar, (Symbol, Expr)) and scalar in world.objects_of:
                known = world.heap[world.objects_of[scalar]]
                if known.kind is Kind.MODULE:
                    return _module_item(interp, known, index)
            return fold("item", (scalar, world.scalar(index)))


def _collection_item(interp: Interpreter, value: Collection, index: Any) -> Any:
    world = interp.world
    scalar = world.scalar(index)
    if value.kind == "dict":
        return dict_item(interp, value, scalar, present=True)
    if isinstance(scalar, Const) and isinstance(scalar.value, int) and not isinstance(scalar.value, bool):
        position = scalar.value
        exact = value.complete and all(not each.each and not each.path for each in value.items)
        if exact and -len(value.items) <= position < len(value.items):
            return value.items[position].value
        end = position + 1 if position != -1 else None
        narrowed = sliced(interp, value, (Const(position), Const(end), NONE))
        if isinstance(narrowed, Collection) and len(narrowed.items) == 1:
            return _narrowed(narrowed.items[0])
    options = tuple((each.path, each.value) for each in value.items if not each.each)
    if value.items and len(options) == len(value.items) and len(options) <= 12:
        return choose(
            tuple(
                ((*path, *condition(fold("==", (scalar, Const(number))), polarity=True)), option)
                for number, (path, option) in enumerate(options)
            )
        )
    return world.unknown("item")


def dict_item(interp: Interpreter, value: Collection, scalar: Any, *, present: bool = False) -> Any:
    """The value under a key; `present` where the program goes no further unless there is one."""
    world = interp.world
    look_for(interp, value, scalar, present=present)
    options: list[tuple[Path, Any]] = []
    for each in reversed(value.items):
        key = world.scalar(each.key)
        if each.each:
            if scalar == key:
                return each.value
            if value.origin == "named_parameters" and isinstance(scalar, Const):
                return _by_name(interp, each, str(scalar.value))
            if value.origin == "named_modules" and isinstance(scalar, Const) and isinstance(scalar.value, str):
                found = _module_by_name(interp, each, scalar.value)
                if found is not None:
                    return found
            if value.origin in ("named_parameters", "named_modules"):
                return choose(((condition(fold("==", (key, scalar)), polarity=True), each.value),))
            drawn = elements(scalar)  # `masks[name]` differs by element
            return Expr("opaque", (world.unknown("item"), *drawn)) if drawn else world.unknown("item")
        same = fold("==", (scalar, key))
        if same == FALSE:
            continue
        if same == TRUE or scalar == key:
            options.append(((), each.value))
            break
        options.append((condition(same, polarity=True), each.value))
    if not options:
        return world.unknown("item")
    if present and value.complete and not value.registry and not any(each.path for each in value.items):
        options[-1] = ((), options[-1][1])  # whatever the key is, it is one of these: the last where no other is
    return options[0][1] if len(options) == 1 and not options[0][0] else choose(tuple(options))


def look_for(interp: Interpreter, value: Collection, key: Any, *, present: bool = False) -> None:
    """Import what may still fill a registry, where it lacks a key that the program looks for."""
    while _misses(interp.world, value, key, present=present) and interp.loader.deepen():
        pass


def _misses(world: World, value: Collection, key: Any, *, present: bool) -> bool:
    """Whether a registry lacks a key that the program looks for: what has it may not have been imported yet."""
    if not isinstance(key, Const) or not value.complete or not (present or value.registry or not value.items):
        return False
    return all(not item.each and fold("==", (key, world.scalar(item.key))) == FALSE for item in value.items)


def _narrowed(item: Item) -> Any:
    """The value of an item that stands for one element, its tests kept."""
    if item.path:
        return choose(((item.path, item.value),))
    return item.value


def _by_name(interp: Interpreter, each: Item, name: str) -> Any:
    """`dict(model.named_parameters())[name]`."""
    test = fold("==", (_name_element(interp, each), Const(name)))
    return choose((((*each.path, *condition(test, polarity=True)), each.value),))


def _module_by_name(interp: Interpreter, each: Item, name: str) -> Ref | None:
    """`dict(model.named_modules())["layer1.0"]`: the module, where there surely is one of that name."""
    world = interp.world
    drawn = elements(each.value)
    selection = world.elements[next(iter(drawn)).loop] if drawn else None
    if selection is None or not isinstance(selection.root, int) or selection.tests or each.path:
        return None
    item: HeapObject | None = world.heap[selection.root]
    for part in name.split(".") if name else ():
        item = world.heap.child(item, part, world.now) if item is not None else None
    return Ref(item.id) if item is not None else None


def _name_element(interp: Interpreter, each: Item) -> Any:
    for leaf in leaves(each.value) if isinstance(each.value, CORE) else ():
        if isinstance(leaf, Element):
            return Element("name", leaf.loop)
    return interp.world.unknown("name")


def _module_item(interp: Interpreter, owner: HeapObject, index: Any) -> Any:
    world = interp.world
    world.heap.expand(owner)
    scalar = world.scalar(index)
    if isinstance(scalar, Const):
        name = str(scalar.value)
        if isinstance(scalar.value, int) and scalar.value < 0 and not owner.open:
            names = [e.name for e in owner.attributes if e.alive(world.now, world.path) is not Truth.NO]
            name = names[scalar.value] if -len(names) <= scalar.value else name
        written = world.attributes.read((owner.id, name), world.path)
        if written is not MISSING:
            return written
        child = world.heap.child(owner, name, world.now)
        if child is not None:
            return Ref(child.id)
    if holds_parameters(owner) or (owner.is_module is Truth.YES and not isinstance(scalar, Const)):
        return _under_key(world, owner, scalar) or some_child(interp, owner)
    return Expr("item", (Ref(owner.id), scalar))


def _under_key(world: World, owner: HeapObject, key: Any) -> Element | None:
    """The element of a loop over the keys of a container that stands under its own key: `self.heads[name]`."""
    if not isinstance(key, Element) or key.role != "name":
        return None
    drawn = world.elements[key.loop]
    if drawn.root != owner.id or drawn.tests or (drawn.of == "modules" and drawn.scope != "children"):
        return None
    return Element("parameter" if drawn.of == "parameters" else "module", key.loop)


def some_child(interp: Interpreter, owner: HeapObject) -> Any:
    """One of the children of a module, which is not known: `self.layers[i]`; of a container of parameters one of
    those."""
    world = interp.world
    if holds_parameters(owner):
        held = Selection(of="parameters", root=owner.id, scope="all", at=world.now, truth=Truth.MAYBE)
        return each_of(world, held, "parameter", named=False).value
    selection = Selection(of="modules", root=owner.id, scope="children", at=world.now, truth=Truth.MAYBE)
    return each_of(world, selection, "module", named=False).value


def slice_of(interp: Interpreter, value: Any, bounds: tuple[Any, ...], node: ir.Subscript, frame: Frame) -> Any:
    """The value of `value[a:b:c]`: of a container module, a new container with some of its children."""
    world = interp.world
    if isinstance(value, Choice):
        return choose(tuple((path, slice_of(interp, each, bounds, node, frame)) for path, each in value.options))
    if isinstance(value, Copied):
        return Copied(value.original, value.how)
    found = world.object_of(value) if isinstance(value, Ref) or value in world.objects_of else None
    if found is None or found.kind is not Kind.MODULE:
        return sliced(interp, value, bounds)
    world.heap.expand(found)
    made = world.heap.new(Kind.MODULE, f"{found.label}[...]", interp.span(node.at, frame), world.tick())
    made.classes, made.is_module, made.open = found.classes, Truth.YES, found.open
    scalars = tuple(world.scalar(bound) for bound in bounds)
    constants: list[Any] = [bound.value for bound in scalars if isinstance(bound, Const)]
    edges = [edge for edge in found.attributes if edge.alive(world.now, world.path) is not Truth.NO]
    known = not found.open and len(constants) == 3
    chosen = edges[slice(*constants)] if known else edges
    for number, edge in enumerate(chosen):
        truth = edge.truth if known else Truth.MAYBE
        world.heap.attach(made, str(number), world.heap[edge.child], world.tick(), edge.path, truth)
    if not known:
        selection = Selection(of="modules", root=found.id, scope="children", at=world.now)
        each = each_of(world, selection, "module", named=False)
        return sliced(interp, collection(world, "list", [Item(each.value, each.path, each=True)]), bounds)
    return Ref(made.id)
