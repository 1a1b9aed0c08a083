"""A module of a known model, with its class, parameters and children, looked up as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec

from .data import Library, Tree

_CLASSIFIERS = ("fc", "classifier", "head.fc", "head", "last_linear")


class TreeNode(msgspec.Struct, frozen=True):
    """One module in the tree of a library model as its constructor builds it.

    Equal nodes look the same; two places of a tree may well hold equal nodes, which are still two modules.
    """

    library: Library
    index: int
    tied: tuple[tuple[str, ...], ...] = ()
    """Groups of dotted names, seen from here, that are one parameter (GPT-2: embedding and output layer)."""

    @property
    def _row(self) -> Tree:
        return self.library.rows[self.index]

    @property
    def cls(self) -> str:
        """The qualified name of its class in the spelling users import: torch.nn.Conv2d."""
        return self._row.cls

    @property
    def bases(self) -> tuple[str, ...]:
        """What its class derives from, nearest first, without torch.nn.Module."""
        return self.library.classes[self._row.cls].bases

    def is_a(self, qualified: str) -> bool:
        """What isinstance would say of the class `qualified`."""
        if qualified in ("torch.nn.Module", "torch.nn.modules.module.Module", "torch.nn.modules.Module"):
            return True
        known = self.library.classes
        return any(known[name].spelt(name, qualified) for name in (self.cls, *self.bases))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters it holds itself."""
        return self._row.parameters

    @property
    def frozen(self) -> tuple[str, ...]:
        """Those of its own parameters that the constructor leaves with requires_grad False."""
        return self._row.frozen

    @property
    def children(self) -> dict[str, TreeNode]:
        """Its direct children, in order."""
        return {name: self._child(name, index) for name, index in self._row.children}

    @property
    def norm(self) -> bool:
        """Whether it is a norm layer that keeps running statistics and updates them in train mode."""
        return self._row.norm

    @property
    def affine(self) -> bool:
        """Whether it is such a norm layer with a weight to learn."""
        return self._row.norm and "weight" in self._row.parameters

    @property
    def dropout(self) -> float:
        """The probability with which it drops something itself in train mode; 0.0 where it does not.

        Of stochastic depth, which grows from block to block, in tenths and at least one.
        """
        return self._row.dropout

    @property
    def open(self) -> bool:
        """Whether another configuration or release of the same class has other children or parameters here."""
        return self._row.open

    @property
    def holds_norm(self) -> bool:
        """Whether it or a module below it is a `norm`."""
        return self.library.norm_below[self.index]

    @property
    def holds_dropout(self) -> bool:
        """Whether it or a module below it has a `dropout` above zero."""
        return self.library.dropout_below[self.index]

    @property
    def classifier(self) -> str | None:
        """The dotted path of the one linear layer that `get_classifier()` of timm's models returns; None where it is
        something else."""
        if self.at("head_dist") is not None:
            return None
        found = ((path, self.at(path)) for path in _CLASSIFIERS)
        return next((path for path, node in found if node is not None and node.is_a("torch.nn.Linear")), None)

    def at(self, path: str) -> TreeNode | None:
        """The module at a dotted path below it, as `get_submodule` finds it; None where there is none."""
        node: TreeNode | None = self
        for name in path.split(".") if path else ():
            if node is None:
                return None
            node = next((node._child(name, index) for key, index in node._row.children if key == name), None)
        return node

    def modules(self, prefix: str = "") -> Iterator[tuple[str, TreeNode]]:
        """Itself and all modules below it with their dotted paths, in the order of `named_modules`."""
        yield prefix, self
        for name, child in self.children.items():
            yield from child.modules(f"{prefix}.{name}" if prefix else name)

    def parameter_names(self, limit: int | None = None) -> Iterator[str]:
        """Dotted names in the order of `named_parameters`: of tied parameters only the first; at most `limit`."""
        return islice(self._parameter_names(), limit)

    def _parameter_names(self) -> Iterator[str]:
        repeated = {name for group in self.tied for name in group[1:]}
        for path, node in self.modules():
            for name in node.parameters:
                dotted = f"{path}.{name}" if path else name
                if dotted not in repeated:
                    yield dotted

    def _child(self, name: str, index: int) -> TreeNode:
        return TreeNode(self.library, index, _below(self.tied, f"{name}.") if self.tied else ())


def _below(tied: tuple[tuple[str, ...], ...], prefix: str) -> tuple[tuple[str, ...], ...]:
    """The groups as they look from the child behind `prefix`: a name that is alone there is tied to nothing."""
    seen = (tuple(name[len(prefix) :] for name in group if name.startswith(prefix)) for group in tied)
    return tuple(group for group in seen if len(group) > 1)
