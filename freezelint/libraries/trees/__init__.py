"""Module trees of well-known library models by the name of their constructor, known without importing any library."""

from __future__ import annotations

from enum import Enum

from .data import FAMILIES, Library, Tree, library
from .layers import LayerFact, layer_fact
from .node import TreeNode

__all__ = [
    "LayerFact",
    "Tree",
    "TreeNode",
    "Variant",
    "layer_fact",
    "timm_tree",
    "torchvision_tree",
    "tree_of",
]

_METHODS = (".from_pretrained", ".from_config", "._from_config")
_HUBS = ("hf_hub:timm/", "hf-hub:timm/", "timm/")


class Variant(Enum):
    """How a constructor was called, where that decides what it builds.

    Arguments that no variant speaks of are taken to have their defaults. The number of classes (above zero) and
    timm's `pretrained` never change a name.
    """

    DEFAULT = "default"
    WEIGHTS = "weights"
    """torchvision, `weights=` given: segmentation models gain their auxiliary head, GoogLeNet loses its own."""
    BARE = "bare"
    """torchvision, weights=None and weights_backbone=None: detection keeps BatchNorm, and nothing is frozen."""
    HEADLESS = "headless"
    """timm, num_classes=0: the classifier is an Identity."""
    HEADED = "headed"
    """timm, num_classes above zero for a model that has no classifier by default."""


def tree_of(constructor: str, variant: Variant = Variant.DEFAULT) -> TreeNode | None:
    """The tree that a library's function or class builds, by any of its qualified names.

    `from_pretrained` and `from_config` of a class are the class. None where the tree is not known, as for
    AutoModel, whose architecture is the checkpoint's.
    """
    family = constructor.partition(".")[0]
    if family not in FAMILIES:
        return None
    for method in _METHODS:
        constructor = constructor.removesuffix(method)
    if family == "timm":
        package, _, name = constructor.rpartition(".")
        return timm_tree(name, variant) if f"{package}.".startswith("timm.models.") else None
    known = library(family)
    return _root(known, known.spellings.get(constructor), variant, headless_known=False)


def timm_tree(model_name: str, variant: Variant = Variant.DEFAULT) -> TreeNode | None:
    """The tree of `timm.create_model(model_name)`; a tag ("resnet50.a1_in1k") and a hub prefix may be given."""
    for hub in _HUBS:
        model_name = model_name.removeprefix(hub)
    known = library("timm")
    key = known.spellings.get(model_name, model_name.partition(".")[0])
    key = known.spellings.get(key, key)
    return _root(known, key if key in known.roots and "@" not in model_name else None, variant, headless_known=True)


def torchvision_tree(model_name: str, variant: Variant = Variant.DEFAULT) -> TreeNode | None:
    """The tree of `torchvision.models.get_model(model_name)` or `torch.hub.load("pytorch/vision", model_name)`."""
    known = library("torchvision")
    key = model_name.lower()
    return _root(known, key if key in known.roots else None, variant, headless_known=False)


def _root(known: Library, key: str | None, variant: Variant, *, headless_known: bool) -> TreeNode | None:
    """A variant is stored only where it differs from the default, so one that is missing is the default."""
    if key is None or (variant is Variant.HEADLESS and not headless_known):
        return None
    if variant is not Variant.DEFAULT:
        name = key.partition("@")[0]
        key = f"{name}@{variant.value}" if f"{name}@{variant.value}" in known.roots else name
    root = known.roots[key]
    return TreeNode(known, root.node, root.tied)
