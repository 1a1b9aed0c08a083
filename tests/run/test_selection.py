"""Which rules are on, and how severe they are."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from freezelint.config import Level, Settings
from freezelint.core.findings import Severity
from freezelint.core.rules import Mistake, Rule
from freezelint.core.timeline import Timeline
from freezelint.run.selection import UnknownRule, chosen_rules


def nothing(timeline: Timeline) -> Iterable[Mistake]:
    return ()


def rule(code: str, name: str, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(code=code, name=name, summary="", severity=severity, check=nothing)


RULES = (
    rule("FRZ101", "requires-grad-on-module"),
    rule("FRZ102", "misspelled-requires-grad"),
    rule("FRZ201", "optimizer-of-all-parameters", Severity.WARNING),
    rule("FRZ211", "trainable-not-in-optimizer", Severity.INFO),
)


def on(
    select: tuple[str, ...] | None = None,
    ignore: tuple[str, ...] = (),
    severity: dict[str, Level] | None = None,
    per_file_ignores: dict[str, tuple[str, ...]] | None = None,
) -> str:
    settings = Settings(
        root="/", select=select, ignore=ignore, severity=severity or {}, per_file_ignores=per_file_ignores or {}
    )
    return " ".join(rule.code[3:] for rule in chosen_rules(RULES, settings))


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param(None, (), "101 102 201", id="info rules are off by default"),
        pytest.param(("FRZ1",), (), "101 102", id="start of a code"),
        pytest.param(("frz101",), (), "101", id="a code in lower case"),
        pytest.param(("misspelled-requires-grad",), (), "102", id="a name"),
        pytest.param(("FRZ2",), (), "201", id="the start of a code is not enough for an info rule"),
        pytest.param(("FRZ", "FRZ211"), (), "101 102 201 211", id="an info rule by its code"),
        pytest.param(("trainable-not-in-optimizer",), (), "211", id="an info rule by its name"),
        pytest.param(None, ("FRZ1",), "201", id="ignored"),
        pytest.param(("FRZ1",), ("FRZ101",), "102", id="the more exact ignore wins"),
        pytest.param(("FRZ101",), ("FRZ1",), "101", id="the more exact select wins"),
        pytest.param(("FRZ101",), ("FRZ101",), "", id="of equals ignore wins"),
        pytest.param(("FRZ101",), ("requires-grad-on-module",), "", id="a name is as exact as a code"),
        pytest.param((), (), "", id="an empty selection"),
    ],
)
def test_selection(select: tuple[str, ...] | None, ignore: tuple[str, ...], expected: str) -> None:
    assert on(select, ignore) == expected


def test_severity_is_set_by_the_most_exact_key() -> None:
    settings = Settings(root="/", severity={"FRZ1": Level.WARNING, "requires-grad-on-module": Level.ERROR})
    levels = {rule.code: rule.severity for rule in chosen_rules(RULES, settings)}
    assert levels == {"FRZ101": Severity.ERROR, "FRZ102": Severity.WARNING, "FRZ201": Severity.WARNING}


def test_severity_turns_rules_on_and_off() -> None:
    assert on(severity={"FRZ101": Level.OFF}) == "102 201"
    assert on(select=("FRZ101",), severity={"FRZ101": Level.OFF}) == ""
    assert on(severity={"FRZ101": Level.INFO}) == "102 201"
    assert on(severity={"FRZ211": Level.WARNING}) == "101 102 201 211"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Settings(root="/", select=("FRZ1O1",)), "unknown rule `FRZ1O1` in `select`; did you mean FRZ101?"),
        (Settings(root="/", ignore=("requires-grad-of-module",)), "`ignore`; did you mean requires-grad-on-module?"),
        (Settings(root="/", severity={"FRZ102x": Level.OFF}), "`severity`; did you mean FRZ102?"),
        (Settings(root="/", per_file_ignores={"*": ("E501",)}), "unknown rule `E501` in `per-file-ignores`"),
        (Settings(root="/", select=("",)), "unknown rule `` in `select`"),
    ],
)
def test_an_unknown_selector_is_refused(settings: Settings, message: str) -> None:
    with pytest.raises(UnknownRule) as raised:
        chosen_rules(RULES, settings)
    assert message in str(raised.value)
