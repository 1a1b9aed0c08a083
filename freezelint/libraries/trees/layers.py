"""What the constructors of torch.nn's classes, and of a few layers of other libraries, make of their arguments."""

from __future__ import annotations

from functools import cache

import msgspec

from .data import ClassEntry, read


class LayerFact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One class, built with default arguments. An argument's name is "" where the class has no such argument."""

    defined: str
    """The qualified name of the class in the file that defines it."""
    bases: tuple[str, ...] = ()
    """What it derives from, nearest first, without torch.nn.Module."""
    arguments: tuple[str, ...] = ()
    """The constructor's arguments that may be given by position, in order, without self."""
    parameters: tuple[str, ...] = ()
    """Names of its own parameters by default arguments."""
    norm: bool = False
    """Whether it keeps running statistics by default and updates them in train mode."""
    statistics_argument: str = ""
    """The argument that decides `norm`."""
    affine_argument: str = ""
    """The argument that decides whether a norm layer has a weight (and bias) to learn."""
    affine_default: bool = False
    bias_argument: str = ""
    bias_default: bool = False
    dropout_argument: str = ""
    """The argument that holds the probability to drop in train mode."""
    dropout_default: float | None = None
    """None where there is no such argument, or no default for it."""
    max_norm_argument: str = ""
    """The argument that makes forward rescale the weight in place, in train and in eval mode."""
    random: bool = False
    """Whether it is random in train mode without any such argument (RReLU)."""
    stateless: bool = False
    """Whether it has nothing to freeze or to keep: no parameters, statistics or children, by any arguments."""
    container: bool = False
    """Whether it holds exactly the modules or parameters it is given."""
    open: bool = False
    """Whether arguments other than those named here give it other parameters or children."""

    @property
    def statistics_default(self) -> bool:
        """The default of `statistics_argument`."""
        return self.norm

    @property
    def dropout_position(self) -> int | None:
        """The position of `dropout_argument`; None where there is none."""
        return self.position(self.dropout_argument)

    def position(self, argument: str) -> int | None:
        """The position, from 0, of an argument; None where it may be given by name only, or is no argument."""
        return self.arguments.index(argument) if argument in self.arguments else None


@cache
def _facts() -> dict[str, LayerFact]:
    """By the public name of the class."""
    return msgspec.json.decode(read("layers.json"), type=dict[str, LayerFact])


@cache
def _public_names() -> dict[str, tuple[str, ...]]:
    """By the bare name of the class: which public names end in it."""
    names: dict[str, tuple[str, ...]] = {}
    for public in _facts():
        bare = public.rpartition(".")[2]
        names[bare] = (*names.get(bare, ()), public)
    return names


def known_layers() -> tuple[str, ...]:
    """The public names of all classes that have a fact."""
    return tuple(_facts())


def layer_fact(qualified: str) -> LayerFact | None:
    """The fact of a class by its public name or by one of the modules that define or re-export it."""
    for public in _public_names().get(qualified.rpartition(".")[2], ()):
        fact = _facts()[public]
        if ClassEntry(fact.defined).spelt(public, qualified):
            return fact
    return None
