"""Weights that are computed from other parameters: weight norm, spectral norm, parametrizations, pruning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import GradSet, Selection, Selections
from freezelint.core.objects import Derived, HeapObject, Kind
from freezelint.core.symbols import TRUE, Const, Element, Ref, relation
from freezelint.core.timeline import ParameterAtom
from freezelint.core.truth import Truth
from freezelint.libraries.reparametrizations import MAKES, UNDOES, Reparametrization

from .invocation import Invocation

if TYPE_CHECKING:
    from .interpreter import Interpreter


def derive(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`weight_norm(layer)`: the layer, whose weight is computed from now on."""
    fact = MAKES[name]
    item = _certain(interp, call)
    weight = _name(interp, call, fact.argument, fact.default)
    if item is not None and weight is not None and weight in item.parameters and weight not in item.derived:
        _make(interp, item, weight, fact, call)
    elif not fact.keeps:
        _remade(interp, call, weight)
    return call.args[0] if call.args else call.get(0, "module")


def restore(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`remove_weight_norm(layer)`: the weight is a parameter again."""
    world = interp.world
    item = _certain(interp, call)
    weight = _name(interp, call, "tensor_name" if "parametriz" in name else "name", "weight")
    if item is not None and weight in item.derived:
        was = _requires_grad(interp, originals(interp, item, weight)) if UNDOES[name] else Truth.YES
        world.heap.detach(item, "parametrizations", world.tick(), world.event_path())
        del item.derived[weight]
        kept = [each for each in item.parameters if each not in (f"{weight}_g", f"{weight}_v", f"{weight}_orig")]
        item.parameters = [*kept, weight]
        world.heap.version += 1
        if was is Truth.YES:
            _thaw(interp, item, (weight,), call)
    elif not UNDOES[name]:
        _remade(interp, call, weight)
    return call.args[0] if call.args else call.get(0, "module")


def originals(interp: Interpreter, item: HeapObject, weight: str) -> Selections:
    """The parameters from which a weight is computed."""
    return tuple(
        Selection(of="parameters", root=owner, scope="named", name=name, at=interp.world.now)
        for owner, name in item.derived[weight].parts
    )


def _certain(interp: Interpreter, call: Invocation) -> HeapObject | None:
    """The module, where the call is made whenever the module is there."""
    world = interp.world
    value = call.get(0, "module")
    item = world.heap[value.id] if isinstance(value, Ref) else None
    if item is None or item.kind is not Kind.MODULE:
        return None
    born = world.born_under.get(item.id, ())
    return item if relation(world.event_path(), born) is Truth.YES else None


def _name(interp: Interpreter, call: Invocation, argument: str, default: str | None) -> str | None:
    value = interp.world.scalar(call.get(1, argument, Const(default)))
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else None


def _make(interp: Interpreter, item: HeapObject, weight: str, fact: Reparametrization, call: Invocation) -> None:
    world = interp.world
    atom = ParameterAtom(item.id, weight)
    flag = world.timeline.requires_grad(atom, world.now, world.event_path()).truth
    own = [each.format(weight) for each in fact.own]
    item.parameters = [each for each in item.parameters if each != weight] + own
    parts = [(item.id, name) for name in own]
    if fact.below:
        holder = _module(interp, item, "parametrizations")
        inner = _module(interp, holder, weight)
        inner.parameters, inner.requires_grad = list(fact.below), flag
        parts = [(inner.id, name) for name in fact.below]
    item.derived[weight] = Derived(tuple(parts), fact.plain)
    world.heap.version += 1
    if not fact.keeps and flag is not Truth.YES:
        _thaw(interp, item, tuple(own), call)


def _module(interp: Interpreter, parent: HeapObject, name: str) -> HeapObject:
    world = interp.world
    known = world.heap.child(parent, name, world.now)
    if known is not None:
        return known
    made = world.heap.new(Kind.MODULE, f"{parent.label}.{name}", parent.span, world.tick())
    made.is_module, made.open, made.classes = Truth.YES, False, ("torch.nn.ModuleDict", "torch.nn.Module")
    world.heap.attach(parent, name, made, world.tick(), world.event_path())
    return made


def _thaw(interp: Interpreter, item: HeapObject, names: tuple[str, ...], call: Invocation) -> None:
    """The new parameters require grad, whatever the old one did."""
    world = interp.world
    chosen = tuple(Selection(of="parameters", root=item.id, scope="named", name=name, at=world.now) for name in names)
    world.emit(GradSet, call.span, item.label, selections=chosen, value=TRUE, how="remade")


def _remade(interp: Interpreter, call: Invocation, name: str | None) -> None:
    """Of a layer that is not known, or one of many, only this is known: its parameter is made anew."""
    world = interp.world
    value = call.get(0, "module")
    root: int | Selection
    if isinstance(value, Element) and value.role == "module":
        root = world.narrowed(value.loop, "modules")
    else:
        item = world.object_of(value, module=True)
        if item is None:
            return
        root = item.id
    selection = Selection(
        of="parameters", root=root, scope="own" if name is None else "named", at=world.now, name=name or "",
        truth=Truth.MAYBE if name is None else Truth.YES,
    )  # fmt: skip
    text = call.text.partition("(")[2].partition(",")[0].rstrip(")")
    world.emit(GradSet, call.span, text, selections=(selection,), value=TRUE, how="remade")


def _requires_grad(interp: Interpreter, selections: Selections) -> Truth:
    world = interp.world
    found = {
        world.timeline.requires_grad(atom, world.now, world.event_path()).truth
        for atom in world.timeline.atoms(selections, world.event_path())
    }
    return found.pop() if len(found) == 1 else Truth.MAYBE
