"""Builds library models without weights and without downloads, on the meta device."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from unittest import mock

import torch
from torch import nn

VARIANT_ARGUMENTS: Final[dict[str, dict[str, Any]]] = {
    "default": {},
    "weights": {"weights": "DEFAULT"},
    "bare": {"weights": None, "weights_backbone": None},
    "headless": {"num_classes": 0},
    "headed": {"num_classes": 7},
}

# Configurations that do not build a model by their defaults.
NEEDED_SETTINGS: Final[dict[str, dict[str, Any]]] = {"EsmConfig": {"vocab_size": 33, "pad_token_id": 1}}


def build(make: Callable[[], nn.Module]) -> nn.Module:
    """Call `make` where modules take no memory; some compute their own widths with tensors and need a real device."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with torch.device("meta"):
                return make()
        except NotImplementedError:
            with without_initialising():
                return make()


@contextmanager
def without_initialising() -> Iterator[None]:
    """Memory that is never written is never really taken, and a large model is built at once."""
    names = ("normal_", "uniform_")
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(mock.patch.object(torch.Tensor, name, lambda tensor, *_, **__: tensor))
        yield


def build_torchvision(name: str, **arguments: object) -> nn.Module:
    """A model by its registered name; weights that are asked for decide the shape, but are not loaded."""
    models: Any = importlib.import_module("torchvision.models")
    with (
        mock.patch.object(models.WeightsEnum, "get_state_dict", lambda *_, **__: {}),
        mock.patch.object(nn.Module, "load_state_dict", lambda *_, **__: None),
    ):
        return build(lambda: models.get_model_builder(name)(**arguments))


def build_timm(name: str, **arguments: object) -> nn.Module:
    """A model as `timm.create_model` builds it."""
    timm: Any = importlib.import_module("timm")
    return build(lambda: timm.create_model(name, **arguments))


def build_transformers(name: str, config: Any = None) -> nn.Module:
    """A model by its class, of the class's default configuration where none is given."""
    cls = getattr(importlib.import_module("transformers"), name)
    if config is None:
        config = cls.config_class(**NEEDED_SETTINGS.get(cls.config_class.__name__, {}))
    return build(lambda: cls(config))
