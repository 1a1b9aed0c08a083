"""A batch that a model takes, from what it says of itself: a configuration, or its first layer with parameters."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import msgspec

_SIZES = (32, 64, 96, 224, 299, 28)
"""Sides of images that are tried in turn."""


class Batch(msgspec.Struct, frozen=True):
    """The arguments of a forward."""

    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = {}


def batch_for(model: Any, shape: str = "") -> Batch | None:
    """The first batch that the model runs with in train mode; `shape` is what the user gives, as `2,3,64,64`.

    A copy of the model is tried, and torch's random state is put back: nothing of the model changes. Raises
    ValueError where the shape is none.
    """
    import torch

    with torch.random.fork_rng(devices=[]):
        for batch in [_given(shape)] if shape else _guesses(model):
            if _runs(model, batch):
                return batch
    return None


def _given(shape: str) -> Batch:
    import torch

    try:
        sides = [int(each) for each in shape.replace("x", ",").split(",")]
        return Batch((torch.randn(*sides),))
    except (ValueError, RuntimeError) as error:
        raise ValueError(f"{shape} is no shape such as 2,3,224,224") from error


def _runs(model: Any, batch: Batch) -> bool:
    try:
        loss_of(copy.deepcopy(model).train()(*batch.args, **batch.kwargs))
    except Exception:  # whatever it is, this batch is not one for this model
        return False
    return True


def loss_of(output: Any) -> Any:
    """A scalar from whatever a model returns. Raises TypeError where there is nothing to differentiate."""
    tensors = [each for each in _tensors(output) if each.is_floating_point()]
    if not tensors:
        raise TypeError("the model returns no tensor of numbers")
    return sum(each.float().pow(2).mean() for each in tensors[:4])


def _tensors(output: Any) -> Iterator[Any]:
    import torch

    if isinstance(output, torch.Tensor):
        yield output
    elif isinstance(output, dict):
        for each in output.values():
            yield from _tensors(each)
    elif isinstance(output, (list, tuple)):
        for each in output:
            yield from _tensors(each)


def _guesses(model: Any) -> Iterator[Batch]:
    yield from _of_config(model)
    yield from _of_pretrained(model)
    yield from _of_first_layer(model)


def _of_config(model: Any) -> Iterator[Batch]:
    """What a model of transformers says: the name of its main input, and the sizes in its configuration."""
    import torch

    config, name = getattr(model, "config", None), getattr(model, "main_input_name", "")
    if config is None or not isinstance(name, str):
        return
    if name == "input_ids" and isinstance(getattr(config, "vocab_size", None), int):
        yield Batch(kwargs={name: torch.randint(0, config.vocab_size, (2, 8))})
    if name == "pixel_values":
        size = getattr(config, "image_size", 32)
        sides = tuple(size) if isinstance(size, (list, tuple)) else (size, size)
        yield Batch(kwargs={name: torch.randn(2, getattr(config, "num_channels", 3), *sides)})
    if name == "input_values":
        yield Batch(kwargs={name: torch.randn(2, 4000)})


def _of_pretrained(model: Any) -> Iterator[Batch]:
    """What a model of timm says."""
    import torch

    told = getattr(model, "pretrained_cfg", None) or getattr(model, "default_cfg", None)
    size = told.get("input_size") if isinstance(told, dict) else None
    if isinstance(size, (list, tuple)):
        yield Batch((torch.randn(2, *size),))


def _of_first_layer(model: Any) -> Iterator[Batch]:
    import torch
    from torch import nn

    leaves = (each for each in model.modules() if each._parameters and not list(each.children()))
    layer: Any = next(leaves, None)
    match layer:
        case nn.Conv2d():
            for side in _SIZES:
                yield Batch((torch.randn(2, layer.in_channels, side, side),))
        case nn.Conv1d():
            for side in (64, 256, 4000):
                yield Batch((torch.randn(2, layer.in_channels, side),))
        case nn.Conv3d():
            yield Batch((torch.randn(2, layer.in_channels, 16, 32, 32),))
        case nn.Embedding():
            yield Batch((torch.randint(0, layer.num_embeddings, (2, 8)),))
        case nn.RNNBase():
            yield Batch((torch.randn(2, 8, layer.input_size),))
        case nn.Linear():
            yield Batch((torch.randn(4, layer.in_features),))
            yield Batch((torch.randn(4, 8, layer.in_features),))
            yield Batch((torch.randn(4, 1, 1, layer.in_features),))
            side = round(layer.in_features**0.5)
            yield Batch((torch.randn(4, 1, side, side),))
        case nn.LayerNorm():
            yield Batch((torch.randn(4, 8, *layer.normalized_shape),))
        case nn.BatchNorm1d():
            yield Batch((torch.randn(4, layer.num_features),))
