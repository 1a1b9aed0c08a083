"""What the names that a user gave to functions and options say about freezing."""

from __future__ import annotations

import re

from .symbols import Const, Expr, Symbol, Value

_FREEZES = re.compile(r"(?i)(?<!un)(freez|froze|\block)")
_FLAG = re.compile(r"(?i)requ?i?e?r\w*_?grad|trainable")
_STATISTICS = re.compile(r"(?i)(bn|norm|stat|dropout|mode|eval)")
_NORMS = re.compile(
    r"(?i)(freez|froze|fix|lock|eval|set).*(bn|batch_?norm|norm)|(bn|batch_?norm|norm).*(freez|froze|fix|lock|eval)"
)


def says_freeze(name: str) -> bool:
    """Whether a name speaks of freezing weights: `freeze_backbone`, but not `unfreeze` or `freeze_bn`."""
    return _FREEZES.search(name) is not None and _STATISTICS.search(name) is None


def says_freeze_norms(name: str) -> bool:
    """Whether a name speaks of freezing normalisation layers: `freeze_bn`, `set_bn_eval`."""
    return _NORMS.search(name) is not None


def says_flag(name: str) -> bool:
    """Whether a name is that of the flag, or was meant to be: `requires_grad`, `require_grads`, `trainable`."""
    return _FLAG.search(name) is not None


def names_in(value: Value) -> set[str]:
    """The names of the variables and attributes that a value is read from."""
    match value:
        case Symbol(name=name):
            return {name}
        case Expr(op="attr" | "item", args=(_, Const(value=str() as name))):
            return {name}
        case Expr(args=args):
            return {name for arg in args for name in names_in(arg)}
        case _:
            return set()
