"""Collections and iterators: what iterating over a value yields, and what parameters it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import IteratorConsumed, Selection, Selections
from freezelint.core.objects import Edge, HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Element, Expr, Path, Ref, Symbol, fold, loops_of, relation
from freezelint.core.truth import Truth
from freezelint.source import ir

from .text import render
from .values import Bound, Builtin, Choice, Collection, Copied, Item, Method
from .world import condition

if TYPE_CHECKING:
    from .frames import Frame
    from .interpreter import Interpreter
    from .world import World

_MOST_CHILDREN = 64


_DEEPEST = 24
"""How far collections in collections are looked into: one may hold itself."""
_MOST_ITEMS = 4096
"""Of larger collections (`a = a + a`, again and again) the rest is not known."""


def collection(world: World, kind: str, items: list[Item], span: Span | None = None, **more: Any) -> Collection:
    """A new collection."""
    if len(items) > _MOST_ITEMS:
        items, more["complete"] = items[:_MOST_ITEMS], False
    return Collection(kind, items, number=world.fresh(), made=span, made_at=world.now, **more)


def plain(world: World, kind: str, values: list[Any], span: Span | None = None) -> Collection:
    """A new collection of values that are surely in it."""
    return collection(world, kind, [Item(value) for value in values], span)


def items_of(interp: Interpreter, value: Any, node: ir.Expression, frame: Frame) -> list[Item] | None:
    """The items that iterating over `value` yields, or None where they are not known one by one."""
    world = interp.world
    interp.gathered.use(value)
    if isinstance(value, Ref):
        value = world.contents.get(value.id, value)
    match value:
        case Collection():
            consume(interp, value, node, frame, "this loop")
            if value.kind == "dict":
                return [Item(item.key, item.path, item.each) for item in value.items] if value.complete else None
            return list(value.items) if value.complete or value.items else None
        case Const(value=str() as text):
            return [Item(Const(character)) for character in text] if len(text) <= 64 else None
        case Const(value=tuple() as values):
            return [Item(Const(each)) for each in values]
        case Ref() | Expr() | Symbol():
            return module_items(world, value)
        case _:
            return None


_OF_PARAMETERS = frozenset({"torch.nn.ParameterList", "torch.nn.ParameterDict"})
_BY_KEY = frozenset({"torch.nn.ModuleDict", "torch.nn.ParameterDict"})


def holds_parameters(item: HeapObject) -> bool:
    """Whether an object is a container of parameters, not of modules."""
    return not _OF_PARAMETERS.isdisjoint(item.classes)


def module_items(world: World, value: Any) -> list[Item] | None:
    """What iterating over a container module yields, where it is one: its children, or their keys."""
    if not isinstance(value, Ref):
        return None
    item = world.heap[value.id]
    if item.kind is not Kind.MODULE or item.is_module is not Truth.YES:
        return None
    if _BY_KEY.isdisjoint(item.classes):
        return contained_items(world, item.id, named=False)
    return keys_of(contained_items(world, item.id, named=True))


def keys_of(pairs: list[Item]) -> list[Item]:
    """The first of each pair."""
    return [Item(pair.value.items[0].value, pair.path, pair.each) for pair in pairs]


def contained_items(world: World, number: int, *, named: bool) -> list[Item]:
    """What a container holds: its parameters where it is one of parameters, else its sub-modules."""
    item = world.heap[number]
    if not holds_parameters(item):
        return child_items(world, number, named=named)
    edges = [
        edge
        for edge in item.edges
        if world.heap[edge.child].kind is Kind.PARAMETER and edge.alive(world.now, world.path) is not Truth.NO
    ]
    if not item.open and len(edges) <= _MOST_CHILDREN:
        return _one_by_one(world, edges, named=named)
    selection = Selection(of="parameters", root=number, scope="all", at=world.now)
    return [each_of(world, selection, "parameter", named=named)]


def _one_by_one(world: World, edges: list[Edge], *, named: bool) -> list[Item]:
    items = []
    for edge in edges:
        child: Any = Ref(edge.child)
        if named:
            child = plain(world, "tuple", [Const(edge.name), child])
        items.append(Item(child, edge.path if edge.alive(world.now, world.path) is Truth.MAYBE else ()))
    return items


def child_items(world: World, number: int, *, named: bool) -> list[Item]:
    """The direct sub-modules of a module: one by one where all are known and few, else as one element for each."""
    item = world.heap[number]
    world.heap.expand(item)
    edges = [
        edge
        for edge in item.attributes
        if world.heap[edge.child].kind is Kind.MODULE and edge.alive(world.now, world.path) is not Truth.NO
    ]
    unsure = any(
        world.heap[edge.child].is_module is Truth.MAYBE and edge.alive(world.now, world.path) is not Truth.NO
        for edge in item.edges
    )
    # A class without any child of its own is built by its subclasses.
    if edges and not item.open and not unsure and len(edges) <= _MOST_CHILDREN:
        return _one_by_one(world, edges, named=named)
    selection = Selection(of="modules", root=number, scope="children", at=world.now)
    return [each_of(world, selection, "module", named=named)]


def each_of(world: World, selection: Selection, role: str, *, named: bool) -> Item:
    """One item that stands for each element of a selection, with its name before it where asked for."""
    loop = world.loop_over(selection)
    element: Any = Element(role, loop)
    if named:
        element = plain(world, "tuple", [Element("name", loop), element])
    return Item(element, each=True)


def consume(interp: Interpreter, value: Collection, node: ir.Expression, frame: Frame, by: str) -> None:
    """Use an iterator up. Where it was used up before, say so."""
    if value.kind != "iterator":
        return
    if value.pending is not None:
        make, value.pending = value.pending, None
        value.items, value.complete = make()
    world = interp.world
    span = interp.span(node.at, frame)
    path = world.event_path()
    again, first = Truth.NO, None
    for under, place, _ in value.consumed:
        truth = relation(under, path)
        if truth.value > again.value:
            again, first = truth, place
    if again is not Truth.NO and first != span and _of_model(value):
        world.emit(
            IteratorConsumed, span, render(node), iterator=value.id, by=by, again=again, first=first, made=value.made,
            made_at=value.made_at,
        )  # fmt: skip
    value.consumed.append((path, span, by))


def _of_model(value: Collection) -> bool:
    """Whether an iterator yields parameters or modules, as far as is known."""
    return any(elements(item.value) or isinstance(item.value, Ref) for item in value.items)


def exhausted(value: Collection, path: Path) -> Truth:
    """Whether an iterator has nothing left."""
    if value.kind != "iterator":
        return Truth.NO
    result = Truth.NO
    for under, _, _ in value.consumed:
        result = result | relation(under, path)
    return result


def parameters_in(world: World, value: Any, depth: int = 0) -> Selections | None:
    """The parameters that a value is or holds, or None where that is not known."""
    match value:
        case Ref(id=number):
            item = world.heap[number]
            if item.kind is Kind.PARAMETER:
                return (Selection(of="parameters", root=number, scope="self", at=world.now),)
            return None
        case Element(role="parameter", loop=loop):
            return (world.narrowed(loop, "parameters"),)
        case Expr(op="parameter", args=(Ref(id=number), Const(value=str() as name))):
            return (Selection(of="parameters", root=number, scope="named", name=name, at=world.now),)
        case Expr(op="attr", args=(Element(role="module", loop=loop), Const(value=str() as name))):
            return (world.narrowed(loop, "parameters", scope="named", name=name),)
        case Collection():
            return _parameters_of(world, value, depth)
        case Choice():
            found: list[Selection] = []
            for path, option in value.options:
                inner = parameters_in(world, option, depth)
                if inner is None:
                    return None
                found.extend(at_most(each, path, world) for each in inner)
            return tuple(found)
        case Copied():
            return ()
        case _:
            return None


def at_most(selection: Selection, path: Path, world: World) -> Selection:
    """The selection where `path` holds; nothing where it does not."""
    if relation(path, world.path) is Truth.YES:
        return selection
    return Selection(
        of=selection.of, root=selection.root, scope=selection.scope, at=selection.at, name=selection.name,
        tests=selection.tests + path, truth=selection.truth, but=selection.but,
    )  # fmt: skip


def _parameters_of(world: World, value: Collection, depth: int) -> Selections | None:
    found: list[Selection] = []
    if not value.complete or depth > _DEEPEST:
        return None
    for item in value.items:
        with world.assuming(item.path) as possible:
            if not possible:
                continue
            inner = parameters_in(world, item.value, depth + 1)
            if inner is None:
                return None
            outside = tuple(lit for lit in item.path if not loops_of(lit.value))
            found.extend(at_most(each, outside, world) if outside else each for each in inner)
    return tuple(found)


def trainable_of(world: World, item: HeapObject) -> Collection:
    """The parameters of a module that require a gradient now, as a list."""
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    element = Element("parameter", world.loop_over(selection))
    test = Expr("requires_grad", (element, Const(world.now)))
    return collection(world, "list", [Item(element, condition(test, polarity=True), each=True)])


def element_of(interp: Interpreter, iterable: Any, node: ir.For | ir.Clause) -> Any:
    """An element of something whose elements are not known one by one."""
    target = node.target
    name = target.id if isinstance(target, ir.Name) else "item"
    if (isinstance(iterable, (Symbol, Expr)) and iterable in interp.world.objects_of) or isinstance(iterable, Ref):
        scalar = interp.world.scalar(iterable)
        return Expr("item", (scalar, interp.world.unknown(name)))
    if isinstance(iterable, Expr) and iterable.op == "attr":
        return Expr("item", (iterable, interp.world.unknown(name)))
    if isinstance(iterable, Expr) and iterable.op == "param_groups":
        return Expr("param_group", (*iterable.args, interp.world.unknown("group")))
    if isinstance(target, ir.Sequence) and isinstance(iterable, Builtin):
        return plain(interp.world, "tuple", [interp.world.unknown("item") for _ in target.elements])
    element = interp.world.unknown(name)
    interp.tensors.flows(element, [iterable])
    if isinstance(iterable, (Method, Bound)):
        interp.tensors.leaves.add(element)
    return element


def extend(interp: Interpreter, target: Collection, value: Any, node: ir.Expression, frame: Frame) -> None:
    """`target.extend(value)`."""
    items = items_of(interp, value, node, frame)
    if items is None:
        target.complete = False
        return
    if len(items) + len(target.items) > _MOST_ITEMS:
        items, target.complete = items[: max(_MOST_ITEMS - len(target.items), 0)], False
    for item in items:
        target.items.append(
            Item(item.value, interp.world.path + item.path, item.each or bool(elements(item.value)), item.key)
        )


def append(world: World, target: Collection, value: Any) -> None:
    """`target.append(value)`, for each element of the loops over parameters it stands in."""
    target.items.append(Item(value, world.path, bool(elements(value))))


def sliced(interp: Interpreter, value: Any, bounds: tuple[Any, ...]) -> Any:
    """`value[a:b:c]` of a collection."""
    world = interp.world
    scalars = tuple(world.scalar(bound) for bound in bounds)
    if isinstance(value, Collection):
        constants: list[Any] = [bound.value for bound in scalars if isinstance(bound, Const)]
        plain_items = all(not item.each and not item.path for item in value.items)
        if len(constants) == 3 and plain_items and value.complete:
            return collection(world, value.kind, value.items[slice(*constants)], value.made)
        items = []
        for item in value.items:
            test: Any = world.unknown("slice")
            loops = {leaf.loop for leaf in elements(item.value)}
            if len(constants) == 3 and len(value.items) == 1 and len(loops) == 1:
                test = Expr("within", (Element("index", loops.pop()), Const(tuple(constants))))
            elif loops:
                test = Expr("some", (Element("index", loops.pop()), test))
            items.append(Item(item.value, item.path + condition(test, polarity=True), item.each, item.key))
        return collection(world, value.kind, items, value.made, complete=value.complete)
    return fold("slice", (world.scalar(value), *scalars))


def elements(value: Any) -> list[Element]:
    """The loop elements that a value is made of."""
    if isinstance(value, Collection):
        return [element for item in value.items for element in elements(item.value)]
    if isinstance(value, Element):
        return [value]
    if isinstance(value, Expr):
        return [element for arg in value.args for element in elements(arg)]
    return []
