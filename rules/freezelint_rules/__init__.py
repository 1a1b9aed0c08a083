"""The rules that freezelint ships: each sub-package named `frz...` is one, and adding a folder adds a rule."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from freezelint.api import Rule


def _found() -> tuple[Rule, ...]:
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.ispkg and module.name.startswith("frz")]
    return tuple(sorted((import_module(f"{__name__}.{name}").RULE for name in names), key=lambda rule: rule.code))


RULES: tuple[Rule, ...] = _found()
