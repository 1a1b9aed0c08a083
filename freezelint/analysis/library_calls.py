"""Calls of library functions and classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.events import LossForced, Selection, Wrapped
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import FALSE, NONE, TRUE, Const, Expr, Ref, Symbol, fold, is_foldable, truth_of
from freezelint.core.truth import Truth
from freezelint.libraries import names
from freezelint.libraries.facts import Effect, effect_of
from freezelint.libraries.trees import LayerFact, TreeNode, Variant, layer_fact, timm_tree, torchvision_tree, tree_of
from freezelint.source import ir

from . import builtin_calls, optimizers
from .collections import collection, items_of
from .frames import Frame
from .invocation import GradContext, Invocation
from .values import Bound, Choice, Collection, Function, Item, Library, Method, Partial, choose

if TYPE_CHECKING:
    from .interpreter import Interpreter


def call(interp: Interpreter, name: str, invocation: Invocation) -> Any:
    """Call something of a library by its dotted name."""
    package, _, last = name.rpartition(".")
    if package == "builtins":
        return builtin_calls.call(interp, last, invocation)
    if names.is_optimizer(name):
        return optimizers.build(interp, name, invocation)
    if names.is_scheduler(name):
        return optimizers.schedule(interp, name, invocation)
    if is_foldable(name):
        return fold(name, tuple(interp.world.scalar(value) for value in invocation.all_arguments()))
    effect = effect_of(name)
    if effect is not None:
        return _EFFECTS[effect](interp, name, invocation)
    fact = layer_fact(name)
    if fact is not None:
        return _layer(interp, name, fact, invocation)
    tree = _tree(interp, name, invocation)
    if tree is not None:
        return _from_tree(interp, name, tree, invocation)
    owner = name.removesuffix(".from_pretrained").removesuffix(".from_config").removesuffix("._from_config")
    if owner != name and (names.is_module_class(owner) or names.is_auto_model(owner)):
        return _pretrained(interp, owner, invocation, evaluating=name.endswith("from_pretrained"))
    if tree_of(name) is not None or name in _BUILDERS:
        return _pretrained(interp, name, invocation, evaluating=False)
    if names.is_module_class(package) and invocation.args and interp.calls.objects_in(invocation.args[:1]):
        from . import methods

        rest = invocation.with_arguments(invocation.args[1:], invocation.keywords)
        return methods.call(interp, Method(invocation.args[0], last, start=Library(package)), rest)
    if names.is_module_class(name):
        return _open_module(interp, name, invocation)
    if name.startswith(("torch.", "numpy.", "np.")) or package in ("torch", "torch.nn.functional"):
        return _tensor(interp, last, invocation)
    inert = names.is_inert(name) and not _takes_over(last)
    if inert and last[:1].isupper():
        return _instance(interp, name, invocation)
    if last[:1].isupper() and not inert and not interp.calls.objects_in(invocation.all_arguments()):
        return _instance(interp, name, invocation)
    return interp.calls.unknown_call(Library(name), invocation, inert=inert)


_FACTORIES = frozenset(
    [
        "tensor",
        "zeros",
        "ones",
        "rand",
        "randn",
        "randint",
        "full",
        "empty",
        "arange",
        "linspace",
        "eye",
        "zeros_like",
        "ones_like",
        "rand_like",
        "randn_like",
        "from_numpy",
        "as_tensor",
        "normal",
        "randperm",
        "empty_like",
        "full_like",
        "multinomial",
        "bernoulli",
        "load",
        "FloatTensor",
        "LongTensor",
        "Tensor",
    ]
)


def _takes_over(last: str) -> bool:
    """Names of functions that change what they are given, in packages that otherwise do not."""
    return last.startswith(("freeze", "unfreeze", "set_requires", "prepare_model", "toggle"))


# --- tensors -------------------------------------------------------------------------------------------------------


def _tensor(interp: Interpreter, last: str, call: Invocation) -> Any:
    """A torch function: its result is computed where an argument is."""
    world = interp.world
    for position, value in enumerate(call.args):
        if isinstance(value, Collection) and value.kind == "iterator":
            items_of(interp, value, call.node.args[position].value if position < len(call.node.args) else call.node,
                     call.frame)  # fmt: skip
    result = world.unknown(last)
    if last in _FACTORIES:
        interp.calls.leaf_tensors.add(result)
        forced = truth_of(world.scalar(call.keywords.get("requires_grad", FALSE)))
        if forced is not Truth.NO and last in ("tensor", "as_tensor") and call.args:
            if _from_computed(interp, call):
                number = interp.calls.tensor_number(result)
                world.emit(LossForced, call.span, call.text, tensor=number, how="rebuilt")
        return result
    interp.calls.flows(result, call.all_arguments())
    if interp.calls.is_computed(result) is Truth.NO and not interp.calls.objects_in(call.all_arguments()):
        if all(isinstance(value, Const) or value in interp.calls.leaf_tensors for value in call.args):
            interp.calls.leaf_tensors.add(result)
    return result


def _from_computed(interp: Interpreter, call: Invocation) -> bool:
    """Whether the argument is written as `loss.item()` or the like."""
    node = call.node.args[0].value if call.node.args else None
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and node.func.attr in ("item", "detach"):
        inner = interp.evaluate(node.func.value, call.frame)
        return interp.calls.is_computed(inner) is not Truth.NO
    return False


def _variable(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    value = call.get(0, "data")
    forced = truth_of(world.scalar(call.get(1, "requires_grad", FALSE)))
    if forced is Truth.YES:
        result = world.unknown("Variable")
        world.emit(LossForced, call.span, call.text, tensor=interp.calls.tensor_number(result), how="Variable")
        return result
    result = world.unknown("Variable")
    interp.calls.leaf_tensors.add(result)
    return result


# --- modules -------------------------------------------------------------------------------------------------------


def _layer(interp: Interpreter, name: str, fact: LayerFact, call: Invocation) -> Any:
    """A layer of torch.nn, by its facts and arguments."""
    world = interp.world
    made = world.heap.new(Kind.MODULE, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.classes = names.ancestors(name)
    made.is_module = Truth.YES
    made.open = fact.open and not fact.container and made.classes[0] != "torch.nn.Module"
    made.parameters = list(fact.parameters)
    made.norm = _argument(interp, call, fact, fact.statistics_argument, fact.norm)
    affine = _argument(interp, call, fact, fact.affine_argument, fact.affine_default or bool(fact.parameters))
    made.affine = affine
    if fact.affine_argument and affine is Truth.NO:
        made.parameters = []
    elif fact.affine_argument and affine is Truth.YES and not made.parameters:
        made.parameters = ["weight", "bias"]
    if fact.bias_argument and _argument(interp, call, fact, fact.bias_argument, fact.bias_default) is Truth.NO:
        made.parameters = [each for each in made.parameters if "bias" not in each]
    made.dropout = _dropout(interp, call, fact)
    if fact.container:
        fill_container(interp, made, call)
    return Ref(made.id)


def _argument(interp: Interpreter, call: Invocation, fact: LayerFact, name: str, default: bool) -> Truth:
    if not name:
        return Truth.of(default)
    position = fact.position(name)
    value = call.get(position if position is not None else -1, name)
    if value is None:
        return Truth.MAYBE if call.more else Truth.of(default)
    return truth_of(interp.world.scalar(value), interp.world.path)


def _dropout(interp: Interpreter, call: Invocation, fact: LayerFact) -> Truth:
    if fact.random:
        return Truth.YES
    if not fact.dropout_argument:
        return Truth.NO
    value = call.get(fact.dropout_position if fact.dropout_position is not None else -1, fact.dropout_argument)
    if value is None:
        return Truth.MAYBE if call.more or fact.dropout_default is None else Truth.of(fact.dropout_default > 0)
    scalar = interp.world.scalar(value)
    if isinstance(scalar, Const) and isinstance(scalar.value, (int, float)):
        return Truth.of(scalar.value > 0)
    return Truth.MAYBE


def fill_container(interp: Interpreter, made: HeapObject, call: Invocation) -> None:
    """Put the arguments of Sequential, ModuleList or ModuleDict in."""
    values = list(call.args)
    if call.more:
        made.open = True
    sequential = "torch.nn.Sequential" in made.classes
    if (not sequential and len(values) >= 1) or (len(values) == 1 and isinstance(values[0], Collection)):
        value = values[0] if values else call.get(0, "modules")
        append_children(interp, made, value, call.node, call.frame)
        return
    items = [Item(value) for value in values]
    append_children(interp, made, collection(interp.world, "list", items), call.node, call.frame)


def append_children(interp: Interpreter, made: HeapObject, values: Any, node: ir.Expression, frame: Frame) -> None:
    """Append modules to a container, by position or, from a dict, by name."""
    world = interp.world
    if isinstance(values, Choice):
        made.open = True
        for path, option in values.options:
            with world.assuming(path) as possible:
                if possible:
                    append_children(interp, made, option, node, frame)
        return
    if isinstance(values, Collection) and values.kind == "dict":
        items: list[Item] | None = values.items
    else:
        items = items_of(interp, values, node, frame) if values is not None else []
    if items is None or (isinstance(values, Collection) and not values.complete):
        made.open = True
    if items is None and isinstance(values, (Symbol, Expr)):
        world.made_from.setdefault(values, ())
    world.heap.expand(made)
    number = len({edge.name for edge in made.edges})
    for item in items or []:
        key = item.key if isinstance(values, Collection) and values.kind == "dict" else None
        name = str(key.value) if isinstance(key, Const) else str(number)
        if item.each or (key is not None and not isinstance(key, Const)):
            made.open = True
        number += 1
        with world.assuming(item.path) as possible:
            if possible:
                _put(interp, made, name, item.value, frame, node)


def _put(interp: Interpreter, made: HeapObject, name: str, value: Any, frame: Frame, node: ir.Expression) -> None:
    world = interp.world
    options = value.options if isinstance(value, Choice) else (((), value),)
    for path, option in options:
        with world.assuming(path) as possible:
            if not possible:
                continue
            child = world.object_of(option, module=not isinstance(option, Ref))
            if child is None:
                made.open = True
                continue
            if child.label.endswith(")"):
                child.label = f"{made.label}[{name}]"
            world.heap.attach(made, name, child, world.tick(), world.event_path())
            world.attributes.write((made.id, name), option, world.path)


_BUILDERS = ("timm.create_model", "timm.models.create_model", "timm.models.factory.create_model")


def _tree(interp: Interpreter, name: str, call: Invocation) -> TreeNode | None:
    if name in _BUILDERS:
        model = interp.world.scalar(call.get(0, "model_name"))
        if not (isinstance(model, Const) and isinstance(model.value, str)):
            return None
        if {"features_only", "in_chans_"} & set(call.keywords):
            return None
        return timm_tree(model.value, _timm_variant(interp, call))
    if name in ("torchvision.models.get_model", "torchvision.models._api.get_model"):
        model = interp.world.scalar(call.get(0, "name"))
        return torchvision_tree(model.value) if isinstance(model, Const) and isinstance(model.value, str) else None
    package = name.partition(".")[0]
    if _RESHAPING & set(call.keywords):
        return None
    if package == "timm":
        return tree_of(name, _timm_variant(interp, call))
    if package == "torchvision":
        weights = call.keywords.get("weights", call.keywords.get("pretrained"))
        given = weights is not None and truth_of(interp.world.scalar(weights)) is not Truth.NO
        return tree_of(name, Variant.WEIGHTS if given else Variant.DEFAULT)
    return tree_of(name)


_RESHAPING = frozenset({"norm_layer", "features_only", "aux_logits", "backbone", "block", "inverted_residual_setting"})
"""Arguments that make a builder's module tree another than the known one."""


def _timm_variant(interp: Interpreter, call: Invocation) -> Variant:
    classes = call.keywords.get("num_classes")
    if classes is None:
        return Variant.DEFAULT
    scalar = interp.world.scalar(classes)
    if isinstance(scalar, Const) and scalar.value == 0:
        return Variant.HEADLESS
    return Variant.HEADED


def _from_tree(interp: Interpreter, name: str, tree: TreeNode, call: Invocation) -> Any:
    world = interp.world
    made = world.heap.from_tree(tree, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    # The constructors of transformers take a configuration, in which every dropout may be 0.
    made.configured = name.startswith("transformers.") and not name.endswith("from_pretrained")
    if name.endswith("from_pretrained"):
        made.training = Truth.NO
        made.label = f"{name.rpartition('.')[0].rpartition('.')[2]}()"
    return Ref(made.id)


def _pretrained(interp: Interpreter, owner: str, call: Invocation, *, evaluating: bool) -> Any:
    """`AutoModel.from_pretrained(...)`: a module of unknown layers, all trainable, in eval mode."""
    world = interp.world
    made = world.heap.new(Kind.MODULE, f"{owner.rpartition('.')[2]}()", call.span, world.tick())
    made.is_module, made.classes = Truth.YES, (owner, "?", "torch.nn.Module")
    made.norm = made.dropout = Truth.MAYBE
    made.training = Truth.of(not evaluating)
    return Ref(made.id)


def _open_module(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    made = world.heap.new(Kind.MODULE, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.is_module, made.classes = Truth.YES, names.ancestors(name)
    if "torch.nn.Module" in name:
        made.open = False
    for number in dict.fromkeys(interp.calls.objects_in(call.all_arguments())):
        world.heap.attach(made, f"?{number}", world.heap[number], world.tick(), (), Truth.MAYBE)
    return Ref(made.id)


def _instance(interp: Interpreter, name: str, call: Invocation) -> Any:
    """An instance of a library class that is no module, as far as is known."""
    world = interp.world
    made = world.heap.new(Kind.OBJECT, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.classes = (name, "?")
    made.is_module = Truth.NO if names.is_inert(name) else Truth.MAYBE
    interp.calls.class_of[made.id] = Library(name)
    for key, value in call.keywords.items():
        world.attributes.write((made.id, key), value, world.path)
    if call.args:
        world.attributes.write((made.id, "model"), call.keywords.get("model", call.args[0]), world.path)
    return Ref(made.id)


# --- effects -------------------------------------------------------------------------------------------------------


def _wrap(kind: str, child_name: str) -> Callable[[Interpreter, str, Invocation], Any]:
    def act(interp: Interpreter, name: str, call: Invocation) -> Any:
        world = interp.world
        inner = world.object_of(call.get(0, "module"), module=True)
        if inner is None:
            inner = world.object_of(call.get(0, "model"), module=True)
        if inner is None:
            if kind == "compile":
                return Library("torch.compile.decorator") if not call.args else call.args[0]
            return interp.calls.unknown_call(Library(name), call)
        made = world.heap.new(Kind.MODULE, inner.label if kind != "compile" else inner.label, call.span, world.tick())
        made.classes, made.is_module, made.open = (name, "torch.nn.Module"), Truth.YES, False
        world.heap.attach(made, child_name, inner, world.tick(), world.event_path())
        world.attributes.write((made.id, child_name), Ref(inner.id), world.path)
        interp.calls.wrapped[made.id] = inner.id
        if kind != "compile":
            interp.calls.class_of[made.id] = Library(name)
        world.emit(Wrapped, call.span, call.text, kind=kind, outer=made.id, inner=inner.id)
        return Ref(made.id)

    return act


def _deepcopy(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    value = call.get(0, "x")
    if isinstance(value, Choice):
        return choose(
            tuple((path, _deepcopy(interp, name, call.with_arguments([option]))) for path, option in value.options)
        )
    if isinstance(value, Collection):
        return collection(world, value.kind, list(value.items), call.span, complete=value.complete)
    source = world.object_of(value)
    if source is None:
        return value
    return Ref(copy_object(interp, source, call).id)


def copy_object(interp: Interpreter, source: HeapObject, call: Invocation) -> HeapObject:
    """A deep copy of an object and all below it; its history up to now is the original's."""
    world = interp.world
    moment = world.now
    made = world.heap.new(source.kind, f"{source.label} (copy)", call.span, world.tick())
    done = {source.id: made}
    _copy_into(interp, source, made, moment, done)
    return made


def _copy_into(
    interp: Interpreter, source: HeapObject, made: HeapObject, moment: int, done: dict[int, HeapObject]
) -> None:
    world = interp.world
    made.classes, made.is_module, made.open = source.classes, source.is_module, source.open
    made.norm, made.dropout, made.affine = source.norm, source.dropout, source.affine
    made.parameters = list(source.parameters)
    made.requires_grad, made.training = source.requires_grad, source.training
    made.tree, made.expanded = source.tree, source.expanded
    made.copied_from = (source.id, moment)
    kind = interp.calls.class_of.get(source.id)
    if kind is not None:
        interp.calls.class_of[made.id] = kind
    inner = interp.calls.wrapped.get(source.id)
    for edge in source.edges:
        if edge.alive(moment, world.path) is Truth.NO:
            continue
        child = done.get(edge.child)
        if child is None:
            original = world.heap[edge.child]
            child = done[edge.child] = world.heap.new(original.kind, f"{made.label}.{edge.name}", made.span, made.born)
            _copy_into(interp, original, child, moment, done)
        world.heap.attach(made, edge.name, child, world.tick(), edge.path, edge.truth)
        if inner == edge.child:
            interp.calls.wrapped[made.id] = child.id
    for key in world.attributes.keys():
        if isinstance(key, tuple) and key[0] == source.id:
            value = world.attributes.read(key, world.path)
            if isinstance(value, Ref) and value.id in done:
                value = Ref(done[value.id].id)
            elif isinstance(value, Ref) and world.heap[value.id].kind is Kind.MODULE:
                continue
            world.attributes.write((made.id, key[1]), value, world.path)


def _grad_context(enabled: Truth) -> Callable[[Interpreter, str, Invocation], Any]:
    def act(interp: Interpreter, name: str, call: Invocation) -> Any:
        first = call.get(0, "mode")
        if isinstance(first, (Function, Bound)):
            return first
        if first is not None and name.endswith("inference_mode"):
            decided = truth_of(interp.world.scalar(first), interp.world.path)
            return GradContext(~decided)
        return GradContext(enabled)

    return act


def _set_grad(interp: Interpreter, name: str, call: Invocation) -> Any:
    value = interp.world.scalar(call.get(0, "mode", TRUE))
    return GradContext(truth_of(value, interp.world.path), immediate=True)


def _chain(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    lazy = collection(world, "iterator", [], call.span, origin="chain")

    def run() -> tuple[list[Item], bool]:
        found: list[Item] = []
        complete = not call.more
        sources: list[Any] = list(call.args)
        if name.endswith("from_iterable") and sources:
            outer = items_of(interp, sources[0], call.node, call.frame)
            sources = [item.value for item in outer or ()]
            complete = complete and outer is not None
        for value in sources:
            items = items_of(interp, value, call.node, call.frame)
            if items is None:
                complete = False
                continue
            found.extend(items)
            if isinstance(value, Collection):
                complete = complete and value.complete
        return found, complete

    lazy.pending = run
    return lazy


def _partial(interp: Interpreter, name: str, call: Invocation) -> Any:
    return Partial(call.args[0], tuple(call.args[1:]), dict(call.keywords)) if call.args else NONE


def _parameter(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`nn.Parameter(tensor, requires_grad=True)`: a parameter of its own."""
    world = interp.world
    made = world.heap.new(Kind.PARAMETER, call.text, call.span, world.tick())
    made.is_module, made.open, made.classes = Truth.NO, False, ("torch.nn.Parameter", "torch.Tensor")
    flag = call.get(1, "requires_grad")
    made.requires_grad = Truth.YES if flag is None else truth_of(world.scalar(flag), world.path)
    return Ref(made.id)


def _embedding_pretrained(interp: Interpreter, name: str, call: Invocation) -> Any:
    world = interp.world
    fact = layer_fact("torch.nn.Embedding")
    assert fact is not None
    made = _layer(interp, "torch.nn.Embedding", fact, call.without_arguments())
    item = world.heap[made.id]
    flag = call.get(1, "freeze", TRUE)
    item.requires_grad = ~truth_of(world.scalar(flag), world.path)
    return made


def _consumes(interp: Interpreter, name: str, call: Invocation) -> Any:
    """A function that goes over the parameters it is given: gradient clipping, EMA."""
    value = call.get(0, "parameters")
    if isinstance(value, Collection):
        items_of(interp, value, call.node.args[0].value if call.node.args else call.node, call.frame)
    return interp.world.unknown(name.rpartition(".")[2])


def _first_argument(interp: Interpreter, name: str, call: Invocation) -> Any:
    return call.args[0] if call.args else NONE


def _ordered(interp: Interpreter, name: str, call: Invocation) -> Any:
    return builtin_calls.call(interp, "dict", call)


def _peft(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`get_peft_model`: the base is frozen, new adapters are trainable, the result wraps the base."""
    from freezelint.core.events import GradSet

    world = interp.world
    inner = world.object_of(call.get(0, "model"), module=True)
    if inner is None:
        return interp.calls.unknown_call(Library(name), call)
    selection = Selection(of="parameters", root=inner.id, scope="all", at=world.now)
    world.emit(GradSet, call.span, inner.label, selections=(selection,), value=FALSE, how="library")
    made = world.heap.new(Kind.MODULE, inner.label, call.span, world.tick())
    made.classes, made.is_module, made.open = ("peft.PeftModel", "torch.nn.Module"), Truth.YES, True
    made.norm = made.dropout = Truth.NO
    world.heap.attach(made, "base_model", inner, world.tick(), world.event_path())
    interp.calls.wrapped[made.id] = inner.id
    world.emit(Wrapped, call.span, call.text, kind="peft", outer=made.id, inner=inner.id)
    return Ref(made.id)


def _timm_freeze(value: bool) -> Callable[[Interpreter, str, Invocation], Any]:
    def act(interp: Interpreter, name: str, call: Invocation) -> Any:
        from freezelint.core.events import GradSet

        world = interp.world
        item = world.object_of(call.get(0, "root_module"), module=True)
        if item is None:
            return NONE
        selection = Selection(
            of="parameters", root=item.id, scope="all", at=world.now,
            truth=Truth.MAYBE if call.has(1, "submodules") else Truth.YES,
        )  # fmt: skip
        world.emit(GradSet, call.span, item.label, selections=(selection,), value=Const(value), how="library")
        return NONE

    return act


def _timm_optimizer(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`timm.optim.create_optimizer_v2(model_or_params, ...)`: of a model, the parameters that require a gradient."""
    world = interp.world
    value = call.get(0 if name.endswith("_v2") else 1, "model_or_params" if name.endswith("_v2") else "model")
    item = world.object_of(value, module=True) if not isinstance(value, Collection) else None
    if item is None:
        return optimizers.build(interp, name, call.with_arguments([value]))
    return optimizers.build(interp, name, call.with_arguments([trainable_of(interp, item)]))


def trainable_of(interp: Interpreter, item: HeapObject) -> Collection:
    """The parameters of a module that require a gradient now, as a list."""
    from freezelint.core.symbols import Element

    from .world import condition

    world = interp.world
    selection = Selection(of="parameters", root=item.id, scope="all", at=world.now)
    element = Element("parameter", world.loop_over(selection))
    test = Expr("requires_grad", (element, Const(world.now)))
    return collection(world, "list", [Item(element, condition(test, polarity=True), each=True)])


def _identity_decorator(interp: Interpreter, name: str, call: Invocation) -> Any:
    return call.args[0] if call.args else interp.world.unknown("decorator")


def _field(interp: Interpreter, name: str, call: Invocation) -> Any:
    factory = call.keywords.get("default_factory")
    if factory is not None:
        return interp.calls.invoke(factory, call.without_arguments())
    return call.get(0, "default", interp.world.unknown("field"))


def _method_type(interp: Interpreter, name: str, call: Invocation) -> Any:
    if len(call.args) == 2 and isinstance(call.args[0], Function):
        return Bound(call.args[1], call.args[0])
    return interp.world.unknown("method")


def _hub(interp: Interpreter, name: str, call: Invocation) -> Any:
    repo, model = (interp.world.scalar(call.get(n, k)) for n, k in ((0, "repo_or_dir"), (1, "model")))
    known = isinstance(repo, Const) and isinstance(model, Const) and "pytorch/vision" in str(repo.value)
    tree = torchvision_tree(str(model.value)) if known and isinstance(model, Const) else None
    if tree is not None:
        return _from_tree(interp, "torch.hub.load", tree, call)
    return _pretrained(interp, "torch.hub.load", call, evaluating=False)


_EFFECTS: dict[Effect, Callable[[Interpreter, str, Invocation], Any]] = {
    Effect.DISTRIBUTED: _wrap("ddp", "module"),
    Effect.DATA_PARALLEL: _wrap("dp", "module"),
    Effect.SHARDED: _wrap("fsdp", "module"),
    Effect.COMPILED: _wrap("compile", "_orig_mod"),
    Effect.COPIES: _deepcopy,
    Effect.GRAD_OFF: _grad_context(Truth.NO),
    Effect.GRAD_ON: _grad_context(Truth.YES),
    Effect.GRAD_SET: _set_grad,
    Effect.CHAINS: _chain,
    Effect.PARTIAL: _partial,
    Effect.PARAMETER: _parameter,
    Effect.EMBEDDING: _embedding_pretrained,
    Effect.CONSUMES: _consumes,
    Effect.RETURNS_FIRST: _first_argument,
    Effect.DICT: _ordered,
    Effect.PEFT: _peft,
    Effect.FREEZES: _timm_freeze(False),
    Effect.UNFREEZES: _timm_freeze(True),
    Effect.OPTIMIZER: _timm_optimizer,
    Effect.DECORATOR: _identity_decorator,
    Effect.HUB: _hub,
    Effect.METHOD: _method_type,
    Effect.FIELD: _field,
    Effect.VARIABLE: _variable,
}
