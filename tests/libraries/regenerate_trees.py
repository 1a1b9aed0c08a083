"""Writes the data files of freezelint/libraries/trees anew from the installed libraries.

Run it from the root of the repository after an upgrade of torch, torchvision, timm or transformers:

    OMP_NUM_THREADS=1 python -m tests.libraries.regenerate_trees [layers] [torch] [torchvision] [timm] [transformers]

Without arguments it writes all of them, which takes some minutes. Models are built without memory and without
weights, so nothing is downloaded. The product never imports this file. See also older_releases.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

import tests.support.torchvision_shim  # noqa: F401  (before torchvision)
from freezelint.libraries.trees.data import Library
from tests.libraries import older_releases
from tests.libraries.introspection import Collector, qualified_names
from tests.libraries.layer_facts import all_facts, sample
from tests.libraries.model_builds import (
    VARIANT_ARGUMENTS,
    build,
    build_timm,
    build_torchvision,
    build_transformers,
)
from tests.libraries.model_lists import TIMM_PATTERNS, TORCH_CLASSES, TRANSFORMERS_CLASSES
from tests.libraries.openness import open_places

TARGET: Final = Path(__file__).parents[2] / "freezelint" / "libraries" / "trees"
# torchvision.models.mobilenet only re-exports.
RE_EXPORTS: Final = ("torchvision.models.mobilenet",)


def torch_library() -> Library:
    """Layers of torch.nn that are made of other layers."""
    from torch import nn

    collected = Collector()
    for name, open_at in TORCH_CLASSES.items():
        cls = getattr(nn, name)
        collected.add(name, build(partial(sample, cls)), open_at)
        spell(collected, name, qualified_names(cls))
    return collected.library("torch")


def torchvision_library() -> Library:
    """Every registered model but the quantised ones."""
    models: Any = importlib.import_module("torchvision.models")
    collected = Collector()
    for name in models.list_models():
        if name.startswith("quantized_"):
            continue
        builder = models.get_model_builder(name)
        collected.add(name, build_torchvision(name))
        for variant in torchvision_variants(builder):
            collected.add_variant(name, variant, build_torchvision(name, **VARIANT_ARGUMENTS[variant]))
        spell(collected, name, qualified_names(builder))
        spell(collected, name, (f"{module}.{name}" for module in RE_EXPORTS if hasattr(sys.modules[module], name)))
    return collected.library("torch", "torchvision")


def torchvision_variants(builder: Callable[..., object]) -> list[str]:
    """Which variants a builder can be called for."""
    models: Any = importlib.import_module("torchvision.models")
    bare = "weights_backbone" in inspect.signature(builder).parameters
    return [*(["weights"] if list(models.get_model_weights(builder)) else []), *(["bare"] if bare else [])]


def timm_library() -> Library:
    """The architectures of TIMM_PATTERNS, with the tags of their weights and the names they had in older releases."""
    timm: Any = importlib.import_module("timm")
    collected = Collector()
    for name in timm.list_models(TIMM_PATTERNS.split()):
        collected.add(name, build_timm(name))
        for variant in ("headless", "headed"):
            collected.add_variant(name, variant, build_timm(name, **VARIANT_ARGUMENTS[variant]))
        spell_tags(collected, name)
    for old, new in timm.models._registry._deprecated_models.items():
        new = new if new in collected.spellings else new.partition(".")[0]
        if new in collected.roots or new in collected.spellings:
            spell(collected, collected.spellings.get(new, new), [old])
    return collected.library("torch", "timm")


def spell_tags(collected: Collector, name: str) -> None:
    """Weights that were made without classes build a model without a classifier; other tags change nothing."""
    timm_models: Any = importlib.import_module("timm.models")
    for tagged, settings in timm_models.get_arch_pretrained_cfgs(name).items():
        key = f"{name}@{'headed' if settings.num_classes else 'headless'}"
        if key in collected.roots:
            spell(collected, key, [tagged])


def transformers_library() -> Library:
    """Models in their default configuration, with the places marked that configuration and release decide."""
    transformers: Any = importlib.import_module("transformers")
    transformers.logging.set_verbosity_error()
    collected = Collector()
    for name in TRANSFORMERS_CLASSES.split():
        cls = getattr(transformers, name)
        model = build_transformers(name)
        open_at = open_places(model.config, partial(build_transformers, name)) | older_releases.places_of(name)
        collected.add(name, model, open_at)
        spell(collected, name, qualified_names(cls))
        print(name, len(collected.rows), file=sys.stderr, flush=True)
    return collected.library("torch", "transformers")


def spell(collected: Collector, key: str, names: Iterable[str]) -> None:
    """Let names stand for a model."""
    collected.spellings.update((name, key) for name in names)


def trimmed(entry: object) -> object:
    """An entry as a list, without the fields at its end that have their default."""
    fields: object = msgspec.to_builtins(entry)
    if isinstance(fields, list):
        while fields and not fields[-1] and type(fields[-1]) is not int:
            fields.pop()
    return fields


def text_of(library: Library) -> bytes:
    """JSON with one entry per line, so that a change of a model shows as a change of a few lines."""
    encode = msgspec.json.Encoder().encode
    lines = [b'{"versions":' + encode(library.versions)]
    for name in ("roots", "spellings", "classes"):
        entries = b",\n".join(
            encode(key) + b":" + encode(trimmed(value)) for key, value in getattr(library, name).items()
        )
        lines.append(b'"' + name.encode() + b'":{\n' + entries + b"}")
    rows = b",\n".join(encode(trimmed(row)) for row in library.rows)
    return b",\n".join([*lines, b'"rows":[\n' + rows + b"]}\n"])


def layers_text() -> bytes:
    """The facts of layers.json, one class per line."""
    encode = msgspec.json.Encoder().encode
    return b"{\n" + b",\n".join(encode(name) + b":" + encode(fact) for name, fact in all_facts().items()) + b"}\n"


WRITERS: Final[dict[str, Callable[[], bytes]]] = {
    "layers": layers_text,
    "torch": lambda: text_of(torch_library()),
    "torchvision": lambda: text_of(torchvision_library()),
    "timm": lambda: text_of(timm_library()),
    "transformers": lambda: text_of(transformers_library()),
}


def main(names: list[str]) -> None:
    """Write the data files of the given libraries, or all."""
    for name in names or list(WRITERS):
        data = WRITERS[name]()
        (TARGET / f"{name}.json").write_bytes(data)
        print(f"{name}.json: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
