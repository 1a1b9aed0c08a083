"""Finds the places of a transformers model that look otherwise under another configuration of the same class."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec
from torch import nn

from tests.libraries.introspection import generalised, is_norm, tied_names

# Texts that a configuration chooses between; other texts name activations, which have no names of their own to lose.
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "feat_extract_norm": ("group", "layer"),
    "layer_type": ("basic", "bottleneck"),
    "position_embedding_type": ("absolute", "relative_key", "rotary"),
    "use_absolute_embeddings": ("True",),
    "adapter_attn_dim": ("16",),
}
# What published checkpoints set and default configurations leave out.
TOGETHER: Final[tuple[dict[str, object], ...]] = (
    {"relative_attention": True, "pos_att_type": ["c2p", "p2c"]},
    {"relative_attention": True, "pos_att_type": ["c2p", "p2c"], "share_att_key": True, "position_buckets": 256,
     "max_relative_positions": 256, "norm_rel_ebd": "layer_norm", "conv_kernel_size": 3, "conv_act": "gelu"},
    {"position_biased_input": False, "type_vocab_size": 0},
    {"feed_forward_proj": "gated-gelu", "is_gated_act": True, "dense_act_fn": "gelu", "tie_word_embeddings": False},
    {"do_stable_layer_norm": True, "feat_extract_norm": "layer", "conv_bias": True},
    {"embedding_size": 128, "hidden_size": 256, "num_attention_heads": 4, "intermediate_size": 512},
    {"word_embed_proj_dim": 512, "hidden_size": 1024, "num_attention_heads": 16, "ffn_dim": 4096},
    {"num_local_experts": 4},
)  # fmt: skip


class Place(msgspec.Struct, frozen=True):
    """What a module shows of itself: its parameters, its children, and whether it is a norm."""

    parameters: tuple[str, ...]
    children: tuple[str, ...]
    norm: bool


def places(model: nn.Module, path: str = "") -> Iterator[tuple[str, Place]]:
    """All modules of a model by path; those that are there under two names, under both."""
    children = {name: child for name, child in model._modules.items() if child is not None}
    own = tuple(name for name, parameter in model._parameters.items() if parameter is not None)
    yield path, Place(own, tuple(children), is_norm(model))
    for name, child in children.items():
        yield from places(child, f"{path}.{name}" if path else name)


def differing(one: nn.Module, other: nn.Module) -> set[str]:
    """The generalised paths of modules that both models have and that show something else, or are tied otherwise."""
    before, after = dict(places(one)), dict(places(other))
    shown = {path for path, place in before.items() if after.get(path, place) != place}
    tied = owners(repeated_names(one) ^ repeated_names(other))
    return {generalised(path) for path in shown | (tied & before.keys() & after.keys())}


def owners(names: Iterable[str]) -> set[str]:
    """The paths of the modules that hold the parameters of these names."""
    return {name.rpartition(".")[0] for name in names}


def repeated_names(model: nn.Module) -> set[str]:
    """Names of parameters that have an earlier name as well."""
    return {name for group in tied_names(model) for name in group[1:]}


def open_places(config: Any, make: Callable[[Any], nn.Module]) -> frozenset[str]:
    """The places where some variation of the configuration differs from the configuration itself."""
    base_config = shallow(config)
    base = attempt(base_config, make)
    if base is None:
        base_config, base = config, make(config)
    found: set[str] = set()
    for changed in variations(base_config):
        model = attempt(changed, make)
        if model is not None:
            found |= differing(base, model)
    return frozenset(found)


def attempt(config: Any, make: Callable[[Any], nn.Module]) -> nn.Module | None:
    """Many a variation makes no sense to the model; those say nothing."""
    try:
        return make(config)
    except Exception:
        return None


def shallow(config: Any) -> Any:
    """The same configuration with two layers, which shows as much and is built sooner."""
    changed = copy.deepcopy(config)
    for part in parts(changed):
        for name in list(vars(part)):
            if name in ("num_hidden_layers", "num_layers", "n_layer", "encoder_layers", "decoder_layers", "n_layers"):
                setattr(part, name, 2)
    return changed


def parts(config: Any) -> list[Any]:
    """A configuration and those inside it (the text and the vision part of CLIP)."""
    inner = [value for value in vars(config).values() if hasattr(value, "to_dict") and hasattr(value, "model_type")]
    return [config, *inner]


def variations(config: Any) -> Iterator[Any]:
    """The configuration with one field changed, for every field; then with some fields changed together."""
    for index, part in enumerate(parts(config)):
        for name, value in vars(part).items():
            if not name.startswith("_") and name not in ("architectures", "id2label", "label2id", "return_dict"):
                for other in alternatives(name, value):
                    yield changed(config, index, {name: other})
        for fields in TOGETHER:
            if next(iter(fields)) in vars(part):
                yield changed(config, index, fields)


def changed(config: Any, index: int, fields: dict[str, object]) -> Any:
    """A copy with fields of one of its parts set."""
    other = copy.deepcopy(config)
    part = parts(other)[index]
    for name, value in fields.items():
        try:
            setattr(part, name, value)
        except Exception:
            continue
    return other


def alternatives(name: str, value: object) -> tuple[object, ...]:
    """Other values a field might well have."""
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1, value * 2) if value < 100 else (value * 2,)
        case 0.0:
            return (0.1,)
        case list() | tuple() if value and isinstance(value[0], int):
            return (type(value)([*value, value[-1]]), type(value)(value[:-1]))
        case str():
            return tuple(other for other in CHOICES.get(name, ()) if other != value)
        case None if name in CHOICES:
            return (16,)
        case _:
            return ()
