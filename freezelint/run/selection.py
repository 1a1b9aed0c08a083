"""Decides which rules are on, and how severe, from what the user selected and ignored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from freezelint.config import Level, Settings, closest
from freezelint.core.findings import Severity
from freezelint.core.rules import Rule


class UnknownRule(Exception):
    """A selector fits no rule: which one, the key of the settings it stands under, and what may be meant."""

    def __init__(self, selector: str, key: str, hint: str) -> None:
        super().__init__(f"unknown rule `{selector}` in `{key}`{hint}")
        self.selector = selector


def chosen_rules(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that are on, each with the severity that the settings give it."""
    _refuse_unknown(rules, settings)
    levelled = [(rule, _level(rule, settings)) for rule in rules]
    return tuple(_levelled(rule, level, settings) for rule, level in levelled if _is_on(rule, level, settings))


def _levelled(rule: Rule, level: Level, settings: Settings) -> Rule:
    """The rule at its level; one that is on for its worst mistakes alone is told so."""
    given = bool(_given(rule, settings))
    return msgspec.structs.replace(
        rule, severity=Severity(level.value), worst=None if given else rule.worst,
        only_worse=not given and level is Level.INFO and not _is_meant(rule, settings),
    )  # fmt: skip


def _is_meant(rule: Rule, settings: Settings) -> bool:
    return settings.select is not None and _exactness(rule, settings.select) >= _EXACT


def names_rule(selector: str, *, code: str, name: str) -> bool:
    """Whether a selector (a code, the start of a code, or a name) means the rule."""
    return selector.upper() == name.upper() or code.startswith(selector.upper())


def on_by_default(rule: Rule) -> bool:
    """Whether a rule is on where nothing is selected."""
    return rule.default and (rule.severity is not Severity.INFO or rule.worst is not None)


def is_ignored(rule: Rule, settings: Settings) -> bool:
    """Whether the user ignores the rule by name, whatever else is selected."""
    if _level(rule, settings) is Level.OFF:
        return True
    return _exactness(rule, settings.ignore) > _exactness(rule, settings.select or ())


def needs_rules(settings: Settings) -> bool:
    """Whether the settings name rules, so that they cannot be understood without knowing which there are."""
    return bool(settings.select is not None or settings.ignore or settings.severity or settings.per_file_ignores)


def _is_on(rule: Rule, level: Level, settings: Settings) -> bool:
    """The more exact selector wins; of two equally exact ones, `ignore`."""
    if level is Level.OFF:
        return False
    # An info rule is on for those of its mistakes that are worse than that.
    quiet = level is Level.INFO and (rule.worst is None or bool(_given(rule, settings)))
    by_default = 0 if not quiet and rule.default else -1
    selected = by_default if settings.select is None else _exactness(rule, settings.select)
    # An info rule has to be meant: the start of its code is not enough.
    if quiet and selected < _EXACT:
        return False
    return selected >= 0 and selected > _exactness(rule, settings.ignore)


_EXACT = 100
"""The exactness of a full code or a name: above that of any start of a code."""


def _exactness(rule: Rule, selectors: Iterable[str]) -> int:
    """How exactly the best fitting selector means the rule: -1 where none does, else by its length."""
    fitting = [selector for selector in selectors if names_rule(selector, code=rule.code, name=rule.name)]
    full = (rule.code, rule.name.upper())
    return max((_EXACT if selector.upper() in full else len(selector) for selector in fitting), default=-1)


def _level(rule: Rule, settings: Settings) -> Level:
    given = _given(rule, settings)
    if not given:
        return Level(rule.severity.value)
    # The last word is the most exact one's: FRZ101 before FRZ1.
    best = max(given, key=lambda key: _exactness(rule, [key]))
    return given[best]


def _given(rule: Rule, settings: Settings) -> dict[str, Level]:
    """The levels that the settings give the rule, by selector."""
    return {key: level for key, level in settings.severity.items() if names_rule(key, code=rule.code, name=rule.name)}


def _refuse_unknown(rules: Sequence[Rule], settings: Settings) -> None:
    where = {
        "select": settings.select or (),
        "ignore": settings.ignore,
        "severity": tuple(settings.severity),
        "per-file-ignores": tuple(code for codes in settings.per_file_ignores.values() for code in codes),
    }
    known = [word for rule in rules for word in (rule.code, rule.name)]
    for key, selectors in where.items():
        for selector in selectors:
            if not selector or not any(names_rule(selector, code=rule.code, name=rule.name) for rule in rules):
                raise UnknownRule(selector, key, closest(selector, known))
