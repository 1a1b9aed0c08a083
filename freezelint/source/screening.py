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
_GRAD = ("no_grad", "inference_mode", "set_grad_enabled")
_FREEZING = ("freez", "Freez", "FREEZ", ".trainable")
_MODES = (".eval()", ".train(", "def train(")
_OPTIMIZERS = ("optim", "Optim")
_ALWAYS = _FLAG + _FREEZING + _MODES + _GRAD + _OPTIMIZERS
# "frozen" is a data class's word as well: alone it says nothing.
_FROZEN = ("frozen", "Frozen", "FROZEN")
_TORCH = ("torch", "param", "layer", "model", "nn.")
# Words that only training code has. Requirements freeze, caches are optimised and trains run elsewhere too: those words
# count in a file that has one of these. A file that is left out here is still followed where another one imports it.
_AT_WORK = (
    "torch", ".parameters(", ".backward(", "nn.Module", "lightning", "transformers", "timm", "accelerat", "fastai",
    "mmengine", "mmcv", "speechbrain", "peft", "Trainer", ".modules()", ".children()",
)  # fmt: skip

_STRONG_BYTES = tuple(word.encode() for word in _FLAG + _GRAD)
_WEAK_BYTES = tuple(word.encode() for word in _FREEZING + _MODES + _OPTIMIZERS + _FROZEN)
_AT_WORK_BYTES = tuple(word.encode() for word in _AT_WORK)


def mentions_training(data: bytes) -> bool:
    """Whether a file with these bytes may freeze, train or change the mode of anything."""
    if any(word in data for word in _STRONG_BYTES):
        return True
    if any(word in data for word in _WEAK_BYTES) and any(word in data for word in _AT_WORK_BYTES):
        return True
    return b"nn.Module" in data and lists_layers(data.decode("latin-1"))


def mentions_suppression(data: bytes) -> bool:
    """Whether a file with these bytes may hold a comment that silences findings."""
    return b"freezelint" in data or b"FRZ" in data


def chunk_matters(text: str) -> bool:
    """The same for a part of a file, such as an `outline.Chunk`'s text."""
    if any(word in text for word in _ALWAYS):
        return True
    if any(word in text for word in _FROZEN) and any(word in text for word in _TORCH):
        return True
    return "super(" in text and lists_layers(text)


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


_EMPTY = r"(?:\[\s*\]|\{\s*\}|(?:list|dict|(?:collections\.)?OrderedDict)\(\s*\))"
_PLAIN = re.compile(
    r"\bself\.(?P<own>\w+)(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*"
    rf"(?:(?P<empty>{_EMPTY})|(?P<full>[\[{{(]|(?:list|dict|tuple)\()|(?P<local>[a-z_]\w*)[ \t]*$)",
    re.MULTILINE,
)
_MADE = re.compile(r"\bnn\.(?!init\b|functional\b|Parameter\b|utils\b)[A-Z]\w*\(|\b[A-Z][a-z]\w*\(")
_NEAR = 160


def lists_layers(text: str) -> bool:
    """Whether code may keep layers in a plain list or dict of an object: it fills one with what classes make."""
    for found in _PLAIN.finditer(text):
        if found["full"] is not None:
            filled = _makes(text, found.end())
        elif found["empty"] is not None:
            filled = _is_filled(text, rf"\bself\.{found['own']}")
        else:
            name = rf"\b{found['local']}"
            filled = re.search(rf"{name}[ \t]*=[ \t]*{_EMPTY}", text) is not None and _is_filled(text, name)
        if filled:
            return True
    return False


def _makes(text: str, start: int) -> bool:
    return _MADE.search(text, start, start + _NEAR) is not None


def _is_filled(text: str, target: str) -> bool:
    """Whether instances of classes are put into a collection, made there or given a name before."""
    for found in re.finditer(
        rf"{target}(?:\.(?:append|extend|insert)\(|\[[^\]\n]*\][ \t]*=|[ \t]*\+=)[ \t]*(.*)", text
    ):
        name = re.fullmatch(r"(\w+)\)?", found[1])
        if name is None:
            if _MADE.search(found[1]) is not None or (not found[1].strip(" [(") and _makes(text, found.end())):
                return True
        elif any(_makes(text, made.end()) for made in re.finditer(rf"\b{name[1]}[ \t]*=(?!=)", text)):
            return True
    return False


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
    if "super(" in text and lists_layers(text):
        return True
    if any(word in text for word in _OPTIMIZER_WORDS) and _OPTIMIZER.search(text) is not None:
        return True
    return any(word in text for word in _BARE_WORDS) and _BARE.search(text) is not None
