"""Modules and other objects that the classes and builders of libraries make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.core.events import FrozenByDefault, StatisticsWritten
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import NONE, TRUE, Const, Ref, truth_of
from freezelint.core.truth import Truth
from freezelint.libraries import frameworks, names
from freezelint.libraries.trees import LayerFact, TreeNode, Variant, layer_fact, timm_tree, torchvision_tree, tree_of

from . import flags, tying
from .containers import fill_container
from .copies import copy_object
from .finetuning import give_model
from .frames import MISSING
from .invocation import Invocation
from .values import Bound, Function, Library

if TYPE_CHECKING:
    from .interpreter import Interpreter


BUILDERS = ("timm.create_model", "timm.models.create_model", "timm.models.factory.create_model")


_RESHAPING = frozenset({"norm_layer", "features_only", "aux_logits", "backbone", "block", "inverted_residual_setting"})
"""Arguments that make a builder's module tree another than the known one."""


def layer(interp: Interpreter, name: str, fact: LayerFact, call: Invocation) -> Any:
    """A layer of torch.nn, by its facts and arguments."""
    world = interp.world
    made = world.heap.new(Kind.MODULE, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.classes = names.ancestors(name)
    world.born_under[made.id] = world.event_path()
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
    if fact.max_norm_argument:
        given = call.get(fact.position(fact.max_norm_argument) or -1, fact.max_norm_argument)
        made.rescales = _is_given(given) if given is not None or not call.more else Truth.MAYBE
    if fact.container:
        fill_container(interp, made, call)
    else:
        _give_parts(interp, made, name, fact, call)
    return Ref(made.id)


def _give_parts(interp: Interpreter, made: HeapObject, name: str, fact: LayerFact, call: Invocation) -> None:
    """The layers that a layer is made of (those of attention), where its arguments leave no doubt which."""
    tree = tree_of(name)
    if tree is None or not tree.children:
        return
    biased = _argument(interp, call, fact, fact.bias_argument, fact.bias_default)
    if biased is not Truth.of(fact.bias_default) or any(node.open for path, node in tree.modules() if path):
        made.open = True
        return
    made.tree, made.expanded = tree, False
    made.configured = made.dropout is not Truth.YES


def _argument(interp: Interpreter, call: Invocation, fact: LayerFact, name: str, default: bool) -> Truth:
    if not name:
        return Truth.of(default)
    position = fact.position(name)
    value = call.get(position if position is not None else -1, name)
    if value is None:
        return Truth.MAYBE if call.more else Truth.of(default)
    return truth_of(interp.world.scalar(value), interp.world.path)


def _is_given(value: Any) -> Truth:
    """Whether an argument that may be None is not None."""
    if value is None or value == NONE:
        return Truth.NO
    return Truth.YES if isinstance(value, Const) else Truth.MAYBE


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


def known_tree(interp: Interpreter, name: str, call: Invocation) -> TreeNode | None:
    """The tree of modules that a builder is known to make with these arguments, or None."""
    if name in BUILDERS:
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


def _timm_variant(interp: Interpreter, call: Invocation) -> Variant:
    classes = call.keywords.get("num_classes")
    if classes is None:
        return Variant.DEFAULT
    scalar = interp.world.scalar(classes)
    if isinstance(scalar, Const) and scalar.value == 0:
        return Variant.HEADLESS
    return Variant.HEADED


def from_tree(interp: Interpreter, name: str, tree: TreeNode, call: Invocation) -> Any:
    """A model of a known tree."""
    world = interp.world
    made = world.heap.from_tree(tree, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    # The constructors of transformers take a configuration, in which every dropout may be 0.
    made.configured = name.startswith("transformers.") and _may_switch_off(interp, name, call)
    if name.endswith("from_pretrained"):
        made.training = Truth.NO
        made.label = f"{name.rpartition('.')[0].rpartition('.')[2]}()"
    if tree.tied:
        tying.of_tree(interp, made, tree, _ties(interp, name, call), call)
    return Ref(made.id)


def _ties(interp: Interpreter, name: str, call: Invocation) -> Truth:
    """Whether the configuration of a transformers model surely leaves its weights tied as they are by default."""
    if "tie_word_embeddings" in call.keywords:
        return truth_of(interp.world.scalar(call.keywords["tie_word_embeddings"]), interp.world.path)
    if name.endswith("from_pretrained"):
        return Truth.MAYBE if "config" in call.keywords else Truth.YES
    config = call.get(0, "config")
    if config_class(interp, call) is None:
        return Truth.MAYBE
    value = interp.world.attributes.read((config.id, "tie_word_embeddings"), interp.world.path)
    return Truth.YES if value is MISSING else truth_of(interp.world.scalar(value), interp.world.path)


def _may_switch_off(interp: Interpreter, name: str, call: Invocation) -> bool:
    """Whether the configuration of a transformers model may set its dropout to 0: one that is not known, or that
    names a dropout."""
    if name.endswith("from_pretrained"):
        return False
    kind = config_class(interp, call)
    if kind is None:
        return True
    config = call.get(0, "config")
    keys = [key[1] for key in interp.world.attributes.written() if isinstance(key, tuple) and key[0] == config.id]
    return any("drop" in str(key) for key in keys)


def config_class(interp: Interpreter, call: Invocation) -> str | None:
    """The class of a configuration that the program builds itself: `BertConfig`."""
    config = call.get(0, "config")
    kind = interp.calls.class_of.get(config.id) if isinstance(config, Ref) else None
    if isinstance(kind, Library) and kind.name.endswith("Config"):
        return kind.name.rpartition(".")[2]
    return None


def auto_tree(interp: Interpreter, name: str, call: Invocation) -> TreeNode | None:
    """`AutoModelForX.from_config(BertConfig(...))` is `BertForX`."""
    package, _, cls = name.removesuffix(".from_config").rpartition(".")
    kind = config_class(interp, call)
    if not name.endswith(".from_config") or not cls.startswith("AutoModel") or kind is None:
        return None
    suffix = cls.removeprefix("AutoModel") or "Model"
    return tree_of(f"{package}.{kind.removesuffix('Config')}{suffix}")


def pretrained(interp: Interpreter, owner: str, call: Invocation, *, evaluating: bool) -> Any:
    """`AutoModel.from_pretrained(...)`: a module of unknown layers, all trainable, in eval mode."""
    world = interp.world
    made = world.heap.new(Kind.MODULE, f"{owner.rpartition('.')[2]}()", call.span, world.tick())
    made.is_module, made.classes = Truth.YES, (owner, "?", "torch.nn.Module")
    made.norm = made.dropout = Truth.MAYBE
    made.training = Truth.of(not evaluating)
    return Ref(made.id)


def open_module(interp: Interpreter, name: str, call: Invocation) -> Any:
    """A module of a library whose layers are not known; what it is given may be below it."""
    world = interp.world
    made = world.heap.new(Kind.MODULE, f"{name.rpartition('.')[2]}()", call.span, world.tick())
    made.is_module, made.classes = Truth.YES, names.ancestors(name)
    if "torch.nn.Module" in name:
        made.open = False
    for number in dict.fromkeys(interp.calls.objects_in(call.all_arguments())):
        world.heap.attach(made, f"?{number}", world.heap[number], world.tick(), (), Truth.MAYBE)
    return Ref(made.id)


def instance(interp: Interpreter, name: str, call: Invocation) -> Any:
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
    if interp.tensors.graphs.union(call.all_arguments()).reaches:
        interp.tensors.graphs.flows(Ref(made.id), call.all_arguments())
    build = call.keywords.get("model_init")
    if isinstance(build, (Function, Bound)) and frameworks.is_hf_trainer(name):
        give_model(interp, made, build, call)
    return Ref(made.id)


def parameter(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`nn.Parameter(tensor, requires_grad=True)`: a parameter of its own."""
    world = interp.world
    made = world.heap.new(Kind.PARAMETER, call.text, call.span, world.tick())
    made.is_module, made.open, made.classes = Truth.NO, False, ("torch.nn.Parameter", "torch.Tensor")
    world.values_of[made.id] = world.behind(call.get(0, "data"))
    flag = call.get(1, "requires_grad")
    if flag is not None:
        flags.rejects_value(interp, world.scalar(flag), call.span, call.text, "method")
    made.requires_grad = Truth.YES if flag is None else truth_of(world.scalar(flag), world.path)
    return Ref(made.id)


def embedding_pretrained(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`nn.Embedding.from_pretrained(weights, freeze=True)`."""
    world = interp.world
    owner = name.rpartition(".")[0]
    fact = layer_fact(owner)
    assert fact is not None
    made = layer(interp, owner, fact, call.without_arguments())
    item = world.heap[made.id]
    if not call.has(1, "freeze") and not call.more:
        world.emit(FrozenByDefault, call.span, call.text, module=item.id, argument="freeze")
    flag = call.get(1, "freeze", world.unknown("freeze") if call.more else TRUE)
    item.requires_grad = ~truth_of(world.scalar(flag), world.path)
    item.rescales = _is_given(call.get(3, "max_norm"))
    return made


def averaged(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`AveragedModel(model)`: a module around a deep copy of the model."""
    world = interp.world
    source = world.object_of(call.get(0, "model"), module=True)
    if source is None:
        return interp.calls.unknown_call(Library(name), call)
    copied = copy_object(interp, source, call)
    made = world.heap.new(Kind.MODULE, f"{source.label} (average)", call.span, world.tick())
    made.classes, made.is_module, made.open = (name, "torch.nn.Module"), Truth.YES, False
    world.heap.attach(made, "module", copied, world.tick(), world.event_path())
    world.attributes.write((made.id, "module"), Ref(copied.id), world.path)
    interp.calls.class_of[made.id] = Library(name)
    return Ref(made.id)


def estimated(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`update_bn(loader, model)`: running statistics are thrown away and estimated anew."""
    item = interp.world.object_of(call.get(1, "model"), module=True)
    if item is not None:
        interp.world.emit(StatisticsWritten, call.span, item.label, module=item.id, by=name.rpartition(".")[2])
    return NONE


def hub(interp: Interpreter, name: str, call: Invocation) -> Any:
    """`torch.hub.load(repo, model)`."""
    repo, model = (interp.world.scalar(call.get(n, k)) for n, k in ((0, "repo_or_dir"), (1, "model")))
    known = isinstance(repo, Const) and isinstance(model, Const) and "pytorch/vision" in str(repo.value)
    tree = torchvision_tree(str(model.value)) if known and isinstance(model, Const) else None
    if tree is not None:
        return from_tree(interp, "torch.hub.load", tree, call)
    return pretrained(interp, "torch.hub.load", call, evaluating=False)
