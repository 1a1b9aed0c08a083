"""Tells from plain substring searches whether a file, or a part of one, can matter to freezing at all.

A search of bytes for one token is hundreds of times faster than parsing, so this decides which files are read
further. It may say yes to a file that turns out not to matter, but never no to one that does: every construct that
the rules speak of has to use one of these words.
"""

from __future__ import annotations

import re

# The flag, and the ways in which people misspell it (the misspelt ones are what a rule looks for).
_FLAG = (
    "requires_grad", "require_grad", "requires_gradient", "required_grad", "requiers_grad", "requiresGrad",
    "requires_gard", "reqires_grad",
)  # fmt: skip
_FREEZING = ("freez", "Freez", "FREEZ", ".trainable")
_MODES = (".eval()", ".train(", "def train(", "no_grad", "inference_mode", "set_grad_enabled")
_OPTIMIZERS = ("optim", "Optim")
_ALWAYS = _FLAG + _FREEZING + _MODES + _OPTIMIZERS
# "frozen" is a data class's word as well: alone it says nothing.
_FROZEN = ("frozen", "Frozen", "FROZEN")
_TORCH = ("torch", "param", "layer", "model", "nn.")

_ALWAYS_BYTES = tuple(word.encode() for word in _ALWAYS)
_FROZEN_BYTES = tuple(word.encode() for word in _FROZEN)
_TORCH_BYTES = tuple(word.encode() for word in _TORCH)


def mentions_training(data: bytes) -> bool:
    """Whether a file with these bytes may freeze, train or change the mode of anything."""
    if any(word in data for word in _ALWAYS_BYTES):
        return True
    return any(word in data for word in _FROZEN_BYTES) and any(word in data for word in _TORCH_BYTES)


def chunk_matters(text: str) -> bool:
    """The same for a part of a file, such as an `outline.Chunk`'s text."""
    if any(word in text for word in _ALWAYS):
        return True
    return any(word in text for word in _FROZEN) and any(word in text for word in _TORCH)


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
    if any(word in text for word in _FLAG + _FREEZING) or "def train(self" in text or "Variable(" in text:
        return True
    if any(word in text for word in _FROZEN) and any(word in text for word in _TORCH):
        return True
    if ".parameters()" in text and "optimizer" in text and "=" in text:
        return True
    if ".eval()" in text and (".train(" in text or ".step()" in text):
        return True
    if any(word in text for word in _OPTIMIZER_WORDS) and _OPTIMIZER.search(text) is not None:
        return True
    return any(word in text for word in _BARE_WORDS) and _BARE.search(text) is not None
