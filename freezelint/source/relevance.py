"""Tells from its text whether a part of a file matters to freezing, and whether to start there.

Like `screening`, it may say yes to a part that turns out not to matter, but never no to one that does.
"""

from __future__ import annotations

import re

from .layer_lists import lists_layers
from .screening import ALWAYS, FLAG, FREEZING, FROZEN, TORCH

_FROZEN_VALUE = re.compile(r"frozenset|@(?:\w+\.)?dataclass\([^)]*\)")


def chunk_matters(text: str) -> bool:
    """The same for a part of a file, such as an `outline.Chunk`'s text."""
    if any(word in text for word in ALWAYS):
        return True
    return _speaks_of_frozen(text) or ("super(" in text and lists_layers(text))


def _speaks_of_frozen(text: str) -> bool:
    if not any(word in text for word in FROZEN):
        return False
    rest = _FROZEN_VALUE.sub("", text)
    return any(word in rest for word in FROZEN) and any(word in rest for word in TORCH)


_BASES = re.compile(r"^class\s+\w+\s*\(([^)]*)\)", re.MULTILINE)
_INIT = re.compile(r"^[ \t]+def __init__\(.*?(?=^[ \t]+(?:def|@)|\Z)", re.MULTILINE | re.DOTALL)


def bases_of(text: str) -> set[str]:
    """The last names of the classes that a class definition derives from."""
    found = _BASES.search(text)
    return {part.rpartition(".")[2].strip() for part in found[1].split(",")} if found is not None else set()


_FREEZES_SELF = re.compile(
    r"\bself\.(?:requires_grad_\(|eval\(\)|(?:named_)?parameters\(|(?:named_)?modules\(|apply\(|_?freeze\w*\(\s*\))"
)


def freezes_when_built(text: str) -> bool:
    """Whether the constructor of a class may freeze all of it: then its subclasses matter, which say no word of it."""
    found = _INIT.search(text)
    return found is not None and _FREEZES_SELF.search(found[0]) is not None


_TRAIN = re.compile(r"^[ \t]+def train\(self\b", re.MULTILINE)


def mixes_train_in(text: str) -> bool:
    """Whether a class defines `train` and derives from nothing: it is for classes that derive from a module as well."""
    return _TRAIN.search(text) is not None and bases_of(text) <= {"", "object", "ABC"}


_BARE = re.compile(
    r"^[ \t]*(?:[\w.]+\.)?(?:no_grad|inference_mode)\(\)[ \t]*(?:#.*)?$"
    r"|^[ \t]*[\w.\[\]]+\.(?:eval|train|zero_grad|requires_grad_|freeze|unfreeze)[ \t]*(?:#.*)?$"
    r"|parameters:",
    re.MULTILINE,
)
# Searched before the expressions above and below: a plain substring is found a hundred times as fast.
_BARE_WORDS = ("no_grad()", "inference_mode()", ".eval", ".train", ".zero_grad", "parameters:")
_OPTIMIZER_WORDS = ("optim.", "Adam", "SGD(", "RMSprop(", "LBFGS(", "create_optimizer")
_OPTIMIZER = re.compile(r"\boptim\.[A-Z]\w+\(|\b(?:Adam\w*|SGD|RMSprop|LBFGS|create_optimizer\w*)\(")


def starts_training(text: str) -> bool:
    """Whether a definition is worth being entered on its own: it freezes, builds an optimizer, or sets both modes.

    A definition that only uses what others froze is looked at where those call it.
    """
    if any(word in text for word in FLAG + FREEZING) or "def train(self" in text or "Variable(" in text:
        return True
    if _speaks_of_frozen(text):
        return True
    if ".parameters()" in text and "optimizer" in text and "=" in text:
        return True
    if ".eval()" in text and (".train(" in text or ".step()" in text):
        return True
    if "super(" in text and lists_layers(text):
        return True
    if any(word in text for word in _OPTIMIZER_WORDS) and _OPTIMIZER.search(text) is not None:
        return True
    return any(word in text for word in _BARE_WORDS) and _BARE.search(text) is not None
