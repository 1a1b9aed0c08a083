"""Finds out what the constructors of layer classes do, by building one of each class."""

from __future__ import annotations

import importlib
import inspect
import warnings
from typing import Any, Final

from torch import nn

from freezelint.libraries.trees.layers import LayerFact
from tests.libraries.introspection import is_norm, module_bases, public_name

SAMPLES: Final[dict[str, Any]] = {
    "in_features": 4, "out_features": 4, "in1_features": 4, "in2_features": 4, "n_classes": 10, "num_classes": 4,
    "cutoffs": [2, 4], "in_channels": 4, "out_channels": 4, "kernel_size": 3, "num_features": 4, "num_embeddings": 4,
    "embedding_dim": 4, "groups": 2, "padding": 1, "value": 0.1, "output_size": 4, "norm_type": 2, "num_groups": 2,
    "num_channels": 32, "input_size": 4, "hidden_size": 4, "normalized_shape": 4, "size": 3, "bias": True,
    "num_chunks": 1, "embed_dim": 4, "num_heads": 2, "d_model": 4, "nhead": 2, "upscale_factor": 2,
    "downscale_factor": 2, "dim": 1, "unflattened_size": (2, 2), "threshold": 0.1, "num_layers": 1, "p": 0.1,
    "mode": "row", "block_size": 3,
}  # fmt: skip
EXTRA_SAMPLES: Final[dict[str, dict[str, Any]]] = {
    "FractionalMaxPool2d": {"output_size": 2},
    "FractionalMaxPool3d": {"output_size": 2},
    "RNNBase": {"mode": "LSTM"},
}
CONTAINERS: Final = frozenset(
    {"Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict", "Container", "DataParallel"}
)
OPEN: Final = frozenset(
    {"RNNBase", "RNN", "LSTM", "GRU", "MultiheadAttention", "TransformerEncoder", "TransformerDecoder", "Transformer"}
    | {"AdaptiveLogSoftmaxWithLoss", "Module"}
)
OTHERS: Final[dict[str, tuple[str, ...]]] = {
    "torchvision.ops": ("FrozenBatchNorm2d", "StochasticDepth", "DropBlock2d", "DropBlock3d"),
    "timm.layers": (
        "DropPath", "DropBlock2d", "BatchNormAct2d", "FrozenBatchNormAct2d", "SyncBatchNormAct", "GroupNorm",
        "LayerNorm", "LayerNorm2d",
    ),
}  # fmt: skip


def torch_classes() -> dict[str, type[nn.Module]]:
    """Every module class that torch.nn exports, by its public name."""
    found = {f"torch.nn.{name}": thing for name, thing in vars(nn).items() if isinstance(thing, type)}
    return {name: thing for name, thing in sorted(found.items()) if issubclass(thing, nn.Module)}


def other_classes() -> dict[str, type[nn.Module]]:
    """Layers of torchvision and timm that people build models from, and that matter for freezing."""
    found = [getattr(importlib.import_module(package), name) for package, names in OTHERS.items() for name in names]
    return {public_name(cls): cls for cls in found}


def sample(cls: type[nn.Module]) -> nn.Module:
    """An instance with every optional argument left out."""
    bare = cls.__name__
    needed = inspect.signature(cls).parameters.values()
    arguments = {one.name: SAMPLES.get(one.name) for one in needed if one.default is one.empty and not _variadic(one)}
    if issubclass(cls, nn.RNNBase):
        arguments |= {"input_size": 4, "hidden_size": 4}
    if bare in ("TransformerEncoder", "TransformerDecoder"):
        arguments[f"{bare[11:].lower()}_layer"] = getattr(nn, f"{bare}Layer")(4, 2)
    if bare == "DataParallel":
        arguments["module"] = nn.Identity()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return cls(**(arguments | EXTRA_SAMPLES.get(bare, {})))


def _variadic(parameter: inspect.Parameter) -> bool:
    return parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)


def defaults_of(cls: type[nn.Module]) -> dict[str, Any]:
    """The arguments that may be given by position, in order, with their defaults."""
    if cls in (nn.RNN, nn.LSTM, nn.GRU):
        # They take (*args, **kwargs) and hand them on; RNN takes its nonlinearity out of them.
        passed_on = list(_positional(nn.RNNBase).items())[1:]
        return dict([*passed_on[:3], *([("nonlinearity", "tanh")] if cls is nn.RNN else []), *passed_on[3:]])
    return _positional(cls)


def _positional(cls: type[nn.Module]) -> dict[str, Any]:
    found = inspect.signature(cls).parameters.values()
    return {one.name: one.default for one in found if one.kind is one.POSITIONAL_OR_KEYWORD}


def named_only(cls: type[nn.Module]) -> dict[str, Any]:
    """The arguments that may be given by name only, with their defaults."""
    return {one.name: one.default for one in inspect.signature(cls).parameters.values() if one.kind is one.KEYWORD_ONLY}


def fact_of(cls: type[nn.Module]) -> LayerFact:
    """What freezelint is to know of a class."""
    module, bare = sample(cls), cls.__name__
    positional = defaults_of(cls)
    every = positional | named_only(cls)
    norm_like = "affine" in every or "elementwise_affine" in every
    dropout = _dropout_argument(cls, every)
    container = bare in CONTAINERS
    is_open = bare in OPEN
    holds_nothing = not (module.state_dict() or list(module.children()))
    deciding = ("track_running_stats", "affine", "bias")
    return LayerFact(
        defined=f"{cls.__module__}.{cls.__qualname__}",
        bases=tuple(public_name(base) for base in module_bases(cls)),
        arguments=tuple(positional),
        parameters=tuple(name for name, value in module._parameters.items() if value is not None),
        norm=is_norm(module),
        statistics_argument="track_running_stats" if "track_running_stats" in every else "",
        affine_argument=next((name for name in ("affine", "elementwise_affine") if name in every), ""),
        affine_default=bool(every.get("affine", every.get("elementwise_affine", False))) if norm_like else False,
        bias_argument="bias" if "bias" in every else "",
        bias_default=every.get("bias") is True,
        dropout_argument=dropout,
        dropout_default=_probability(every.get(dropout)),
        max_norm_argument="max_norm" if "max_norm" in every else "",
        random=bare == "RReLU",
        stateless=holds_nothing and not container and not is_open and not any(name in every for name in deciding),
        container=container,
        open=is_open,
    )


def _probability(default: object) -> float | None:
    return float(default) if isinstance(default, int | float) and not isinstance(default, bool) else None


def _dropout_argument(cls: type[nn.Module], arguments: dict[str, Any]) -> str:
    """`p` is a probability in dropout layers, and the degree of a norm in losses and distances."""
    for name in ("dropout", "drop_prob"):
        if name in arguments:
            return name
    drops = issubclass(cls, nn.modules.dropout._DropoutNd) or cls.__name__.startswith(("StochasticDepth", "DropBlock"))
    return "p" if drops else ""


def all_facts() -> dict[str, LayerFact]:
    """Facts of all classes by public name."""
    return {name: fact_of(cls) for name, cls in (torch_classes() | other_classes()).items()}
