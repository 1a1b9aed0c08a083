"""Turns built models into the rows that freezelint/libraries/trees stores."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

from torch import nn
from torch.nn.utils import parametrize

from freezelint.libraries.trees.data import ClassEntry, Library, Root, Tree


def real_class(module: nn.Module) -> type[nn.Module]:
    """Parametrising a module puts it into a class made for it alone; its real class is the one below."""
    cls: type[nn.Module] = type(module).__mro__[1] if parametrize.is_parametrized(module) else type(module)
    return cls


def packages_of(thing: type | Callable[..., object]) -> Iterator[ModuleType]:
    """The packages around the file that defines a class or function, outermost first, then the file's module."""
    parts = thing.__module__.split(".")
    for length in range(1, len(parts) + 1):
        yield sys.modules[".".join(parts[:length])]


def qualified_names(thing: type | Callable[..., object]) -> list[str]:
    """The names that lead to a class or function through these packages, shortest first."""
    name = thing.__qualname__
    return [f"{package.__name__}.{name}" for package in packages_of(thing) if getattr(package, name, None) is thing]


def public_name(cls: type) -> str:
    """The shortest qualified name; classes made inside a function have none but their own."""
    return next(iter(qualified_names(cls)), f"{cls.__module__}.{cls.__qualname__}")


def module_bases(cls: type[nn.Module]) -> list[type[nn.Module]]:
    """What a module class derives from, below torch.nn.Module."""
    return [base for base in cls.__mro__[1:] if issubclass(base, nn.Module) and base is not nn.Module]


def is_norm(module: nn.Module) -> bool:
    """A frozen norm has the same buffers, but nothing updates them, and it derives from none of torch's norms."""
    return isinstance(module, nn.modules.batchnorm._NormBase) and module.running_mean is not None


def dropout_of(module: nn.Module) -> float:
    """Layers that drop, and modules that call functional dropout with a probability kept in an attribute."""
    if isinstance(module, nn.RNNBase):
        return float(module.dropout) if module.num_layers > 1 else 0.0
    if isinstance(module, nn.TransformerEncoderLayer | nn.TransformerDecoderLayer):
        return float(module.dropout.p)
    if isinstance(module, nn.modules.dropout._DropoutNd):
        return float(module.p)
    if drops_paths(module):
        return coarse(float(getattr(module, "p", None) or getattr(module, "drop_prob", None) or 0.0))
    kept = (value for name, value in vars(module).items() if "drop" in name and "path_rate" not in name)
    return max((value for value in kept if isinstance(value, float) and 0 < value < 1), default=0.0)


def drops_paths(module: nn.Module) -> bool:
    """Whether it drops whole branches (stochastic depth); libraries write this layer anew again and again."""
    return type(module).__name__.endswith(("StochasticDepth", "DropPath"))


def coarse(probability: float) -> float:
    """Every block of a model drops its branch a little more often; a tenth is as much as one needs to know of it."""
    return max(round(probability, 1), 0.1) if probability > 0 else 0.0


def tied_names(model: nn.Module) -> tuple[tuple[str, ...], ...]:
    """Groups of names that are the same parameter."""
    groups: dict[int, list[str]] = {}
    for name, parameter in model.named_parameters(remove_duplicate=False):
        groups.setdefault(id(parameter), []).append(name)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def generalised(path: str) -> str:
    """A path with the positions in lists left out: layer.3.output and layer.11.output are the same kind of place."""
    return re.sub(r"(?<![^.])\d+(?![^.])", "*", path)


class Collector:
    """Gathers the models of one library, telling modules that look the same once."""

    def __init__(self) -> None:
        self.rows: dict[Tree, int] = {}
        self.roots: dict[str, Root] = {}
        self.spellings: dict[str, str] = {}
        self.classes: dict[str, ClassEntry] = {}

    def add(self, key: str, model: nn.Module, open_places: frozenset[str] = frozenset()) -> None:
        """Store a model; `open_places` are generalised paths."""
        self.roots[key] = Root(self._row(model, "", open_places), tied_names(model))

    def add_variant(self, key: str, variant: str, model: nn.Module) -> None:
        """A variant that does not differ from the model itself needs no entry."""
        rows, classes = dict(self.rows), dict(self.classes)
        root = Root(self._row(model, "", frozenset()), tied_names(model))
        if root == self.roots[key]:
            self.rows, self.classes = rows, classes
        else:
            self.roots[f"{key}@{variant}"] = root

    def _row(self, module: nn.Module, path: str, open_places: frozenset[str]) -> int:
        below = [(name, child) for name, child in module._modules.items() if child is not None]
        prefix = f"{path}." if path else ""
        own = [(name, parameter) for name, parameter in module._parameters.items() if parameter is not None]
        row = Tree(
            children=tuple((name, self._row(child, f"{prefix}{name}", open_places)) for name, child in below),
            cls=self._class(real_class(module)),
            parameters=tuple(name for name, _ in own),
            norm=is_norm(module),
            dropout=round(dropout_of(module), 4),
            open=generalised(path) in open_places,
            frozen=tuple(name for name, parameter in own if not parameter.requires_grad),
        )
        return self.rows.setdefault(row, len(self.rows))

    def _class(self, cls: type[nn.Module]) -> str:
        public = public_name(cls)
        if public not in self.classes:
            bases = tuple(self._class(base) for base in module_bases(cls))
            defined = f"{cls.__module__}.{cls.__qualname__}"
            self.classes[public] = ClassEntry("" if defined == public else defined, bases)
        return public

    def library(self, *packages: str) -> Library:
        """All that was gathered."""
        versions = {name: str(sys.modules[name].__version__).partition("+")[0] for name in packages}
        return Library(versions, self.roots, self.spellings, self.classes, tuple(self.rows))
