"""Writes older_releases.json: the places of transformers models that look otherwise in an older release.

Names of layers change between releases (ViT lost its encoder.layer), and a program may be written for either, so
such places are stored as open. Install an older release into a directory of its own, put that directory first on
PYTHONPATH, and run this from the root of the repository, after regenerate_trees has written transformers.json; then
run regenerate_trees for transformers again:

    PYTHONPATH=DIRECTORY OMP_NUM_THREADS=1 python -m tests.libraries.older_releases
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

import tests.support.torchvision_shim  # noqa: F401  (before transformers, which imports torchvision)
from freezelint.libraries.trees import TreeNode, tree_of
from tests.libraries.introspection import generalised
from tests.libraries.model_builds import build_transformers
from tests.libraries.model_lists import TRANSFORMERS_CLASSES
from tests.libraries.openness import owners, places, repeated_names

TARGET: Final = Path(__file__).with_name("older_releases.json")
Releases = dict[str, dict[str, tuple[str, ...]]]


def recorded() -> Releases:
    """By release: by class: the generalised paths of such places."""
    return msgspec.json.decode(TARGET.read_bytes(), type=Releases) if TARGET.exists() else {}


def places_of(name: str) -> frozenset[str]:
    """The places of a class that some release has otherwise."""
    return frozenset(place for classes in recorded().values() for place in classes.get(name, ()))


def otherwise(tree: TreeNode, name: str) -> Iterator[str]:
    """The paths of modules that the stored tree and the release at hand both have, with other names in them."""
    model = build_transformers(name)
    older, newer = dict(places(model)), dict(tree.modules())
    tied = {dotted for group in tree.tied for dotted in group[1:]} ^ repeated_names(model)
    for path in newer.keys() & older.keys():
        one, other = newer[path], older[path]
        same = set(one.children) == set(other.children) and set(one.parameters) == set(other.parameters)
        if not same or one.norm is not other.norm or path in owners(tied):
            yield path


def main() -> None:
    """Record the release that is installed here."""
    transformers: Any = importlib.import_module("transformers")
    transformers.logging.set_verbosity_error()
    found: dict[str, tuple[str, ...]] = {}
    for name in TRANSFORMERS_CLASSES.split():
        tree = tree_of(f"transformers.{name}")
        if tree is not None and hasattr(transformers, name):
            found[name] = tuple(sorted({generalised(path) for path in otherwise(tree, name)}))
    releases = recorded() | {transformers.__version__: {name: paths for name, paths in found.items() if paths}}
    TARGET.write_bytes(msgspec.json.format(msgspec.json.encode(releases), indent=1) + b"\n")


if __name__ == "__main__":
    main()
