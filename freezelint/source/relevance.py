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


# Comments, and strings that stand as statements; other strings are matched to be passed over.
_QUIET = re.compile(
    r"#[^\n]*"
    r"|(?<=\n)(?P<text>[ \t]+)[rRuU]?(?:\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3})[ \t]*(?=\n|\Z|\#)"
    r"|\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
    re.DOTALL,
)
_KEYWORD = re.compile(r"(?<=[(,\s])requires_grad[ \t]*=[ \t]*(?:True|False)[ \t]*(?=[,)])")
_READ = re.compile(r"\.requires_grad\b(?![ \t]*(?:[=(]|[^=\n(]*=[^=]))")
_METHOD = re.compile(r"^(?P<indent>[ \t]+)def (?P<name>\w+)\(.*?(?=^(?P=indent)[^\s#)]|\Z)", re.DOTALL | re.MULTILINE)
_CALLED_ON = re.compile(r"warnings\.warn\([^()]*\)|logger\.\w+\([^()]*\)")
_PLAIN_FREEZE = re.compile(
    r"""def[ ]\w+\(self\)(?:[ ]*->[ ]*\w+)?: | pass | return(?:[ ]self)?
    | for[ ](?:\w+,[ ])?\w+[ ]in[ ]self[\w.]*\.(?:named_)?parameters\(\):
    | \w+\.requires_grad[ ]=[ ](?:True|False) | self[\w.]*\._requires_grad[ ]=[ ](?:True|False)
    | \w+\.requires_grad_\((?:True|False)?\)
    | self\.[\w.]*?_?(?:un)?freeze_?\w*\(\)""",
    re.VERBOSE,
)
# Where a class has more to do with training, even a plain freeze may be a part of a mistake.
_INVOLVED = re.compile(
    r"training_step|configure_optimizers|[Ll]ora|LoRA|[Aa]dapter|\.weight\s*=|_tied_|tie_weights|optim"
)


def _without_plain_freezes(text: str) -> str:
    """The text without what is no mistake wherever it stands: comments, reads of the flag, the flag of new parameters,
    and methods that do nothing but set the flag of all parameters of a part, or call such a method."""
    text = _QUIET.sub(lambda found: found[0] if found[0][0] != "#" and found["text"] is None else "", text)
    text = _READ.sub("", _KEYWORD.sub("", text))
    if _INVOLVED.search(text) is not None:
        return text
    return _METHOD.sub(lambda found: "" if _is_plain_freeze(found) else found[0], text)


def _is_plain_freeze(method: re.Match[str]) -> bool:
    if method["name"].startswith("__") or "freez" not in method["name"]:
        return False
    lines = (line.strip() for line in _CALLED_ON.sub("", method[0]).split("\n"))
    return all(_PLAIN_FREEZE.fullmatch(line) is not None for line in lines if line)


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
    if any(word in text for word in FLAG + FREEZING):
        text = _without_plain_freezes(text)
        if any(word in text for word in FLAG + FREEZING):
            return True
    if "def train(self" in text or "Variable(" in text or _speaks_of_frozen(text):
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
