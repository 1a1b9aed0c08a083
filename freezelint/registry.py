"""Finds the rules that are installed, freezelint's own and those of third parties, and their pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from freezelint.core.rules import Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "freezelint.rules"


class RegistryError(Exception):
    """The installed rules cannot be used as they are: the message names the package at fault."""


def load_rules() -> tuple[Rule, ...]:
    """freezelint's own rules and all of the entry point group `freezelint.rules`, sorted by code."""
    # importlib.metadata costs several times the start of Python: it is imported only where rules are needed.
    from importlib.metadata import entry_points

    from freezelint.own import OWN

    # One distribution may be seen twice, for example by an editable install inside its own checkout.
    found = {(entry.name, entry.value): entry for entry in entry_points(group=GROUP)}
    from_packages = ((entry.value, _rules_of(entry)) for _, entry in sorted(found.items()))
    return collect((("freezelint.own", OWN), *from_packages))


def collect(sources: Iterable[tuple[str, tuple[Rule, ...]]]) -> tuple[Rule, ...]:
    """The rules of all sources in the order of their codes; each code and each name may be used once."""
    origin: dict[str, str] = {}
    rules: list[Rule] = []
    for source, offered in sources:
        for rule in offered:
            for key in (rule.code, rule.name):
                if key in origin:
                    raise RegistryError(f"two rules are called {key}: one from {origin[key]}, one from {source}")
                origin[key] = source
            rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.code))


def page(rule: Rule) -> str:
    """The page of a rule: the README.md beside the module of its check."""
    module = sys.modules.get(rule.check.__module__)
    location = getattr(module, "__file__", None)
    if location is None:
        raise RegistryError(f"{rule.code} has no page: the module of its check is not a file")
    path = os.path.join(os.path.dirname(location), "README.md")
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except OSError as error:
        raise RegistryError(f"{rule.code} has no page: README.md beside its check: {error.strerror}") from error


def _rules_of(entry: EntryPoint) -> tuple[Rule, ...]:
    try:
        loaded = entry.load()
    except Exception as error:  # a third party's module may fail in any way; its user needs to know whose it is
        raise RegistryError(f"the rules of {entry.value} cannot be loaded: {error}") from error
    rules = getattr(loaded, "RULES", loaded)
    if not isinstance(rules, tuple) or not all(isinstance(rule, Rule) for rule in rules):
        raise RegistryError(f"{entry.value} must be a tuple of rules, or a module with such a tuple named RULES")
    return rules
