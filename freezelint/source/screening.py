"""Tells from plain substring searches whether a file can matter to freezing at all; `relevance` does so for parts.

A search of bytes for one token is hundreds of times faster than parsing, so this decides which files are read
further. It may say yes to a file that turns out not to matter, but never no to one that does: every construct that
the rules speak of has to use one of these words.
"""

from __future__ import annotations

# The flag, and the ways in which people misspell it (the misspelt ones are what a rule looks for).
FLAG = (
    "requires_grad", "require_grad", "requires_gradient", "required_grad", "requiers_grad", "requiresGrad",
    "requires_gard", "reqires_grad",
)  # fmt: skip
_GRAD = ("no_grad", "inference_mode", "set_grad_enabled")
FREEZING = ("freez", "Freez", "FREEZ", ".trainable")
_MODES = (".eval()", ".train(", "def train(")
_OPTIMIZERS = ("optim", "Optim")
ALWAYS = FLAG + FREEZING + _MODES + _GRAD + _OPTIMIZERS
# "frozen" is a data class's word as well: alone it says nothing.
FROZEN = ("frozen", "Frozen", "FROZEN")
TORCH = ("torch", "param", "layer", "model", "nn.")
# Words that only training code has. Requirements freeze, caches are optimised and trains run elsewhere too: those words
# count in a file that has one of these. A file that is left out here is still followed where another one imports it.
_AT_WORK = (
    "torch", ".parameters(", ".backward(", "nn.Module", "lightning", "transformers", "timm", "accelerat", "fastai",
    "mmengine", "mmcv", "speechbrain", "peft", "Trainer", ".modules()", ".children()",
)  # fmt: skip

_STRONG_BYTES = tuple(word.encode() for word in FLAG + _GRAD)
_WEAK_BYTES = tuple(word.encode() for word in FREEZING + _MODES + _OPTIMIZERS + FROZEN)
_AT_WORK_BYTES = tuple(word.encode() for word in _AT_WORK)


def mentions_training(data: bytes) -> bool:
    """Whether a file with these bytes may freeze, train or change the mode of anything."""
    if any(word in data for word in _STRONG_BYTES):
        return True
    if any(word in data for word in _WEAK_BYTES) and any(word in data for word in _AT_WORK_BYTES):
        return True
    if b"nn.Module" not in data:
        return False
    from .layer_lists import lists_layers  # only now: most files of most projects are done before

    return lists_layers(data.decode("latin-1"))


def mentions_suppression(data: bytes) -> bool:
    """Whether a file with these bytes may hold a comment that silences findings."""
    return b"freezelint" in data or b"FRZ" in data
