"""The registry: rules from entry points, each code once, each with its page."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from freezelint.core.findings import Severity
from freezelint.core.rules import Mistake, Rule
from freezelint.core.timeline import Timeline
from freezelint.own import OWN
from freezelint.registry import GROUP, RegistryError, collect, load_rules, page


def nothing(timeline: Timeline) -> Iterable[Mistake]:
    return ()


def rule(code: str, name: str = "") -> Rule:
    return Rule(code=code, name=name or f"name-{code}", summary="", severity=Severity.ERROR, check=nothing)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of rules on the import path, offered by an entry point."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "plugin_of_test", raising=False)
    entry = EntryPoint(name="mine", value="plugin_of_test", group=GROUP)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [entry, entry])
    return tmp_path / "plugin_of_test.py"


def test_rules_come_in_the_order_of_their_codes() -> None:
    rules = collect([("a", (rule("FRZ201"), rule("FRZ101"))), ("b", (rule("ABC100"),))])
    assert [rule.code for rule in rules] == ["ABC100", "FRZ101", "FRZ201"]


@pytest.mark.parametrize(
    ("other", "key"), [(rule("FRZ101", "other"), "FRZ101"), (rule("FRZ9", "name-FRZ101"), "name-")]
)
def test_a_code_or_name_used_twice_names_both_sources(other: Rule, key: str) -> None:
    with pytest.raises(RegistryError, match=f"{key}.*: one from first, one from second"):
        collect([("first", (rule("FRZ101"),)), ("second", (other,))])


PLUGIN = """
from freezelint.core.findings import Severity
from freezelint.core.rules import Rule
def check(timeline): return ()
RULES = (Rule(code="ABC1", name="abc", summary="s", severity=Severity.INFO, check=check),)
"""


def test_a_module_of_rules_is_loaded_once(plugin: Path) -> None:
    plugin.write_text(PLUGIN)
    (plugin.parent / "README.md").write_text("# the page\n")
    rules = load_rules()
    assert [rule.code for rule in rules] == ["ABC1", *(rule.code for rule in OWN)]
    assert page(rules[0]) == "# the page\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("import none_such_module", "plugin_of_test cannot be loaded: No module named 'none_such_module'"),
        ("raise SystemError('broken')", "plugin_of_test cannot be loaded: broken"),
        ("x = 1", "plugin_of_test must be a tuple of rules"),
        ("RULES = (1,)", "plugin_of_test must be a tuple of rules"),
    ],
)
def test_a_broken_package_is_named(plugin: Path, content: str, message: str) -> None:
    plugin.write_text(content)
    with pytest.raises(RegistryError, match=message):
        load_rules()


def test_a_missing_page_is_told_of(plugin: Path) -> None:
    plugin.write_text(PLUGIN)
    with pytest.raises(RegistryError, match="ABC1 has no page"):
        page(load_rules()[0])


def test_the_built_in_rules_have_pages() -> None:
    rules = load_rules()
    assert rules
    for one in rules:
        assert one.code in page(one)
