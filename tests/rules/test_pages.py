"""Codes, names, folders, pages and the index of the rules agree."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from freezelint.core.rules import Rule
from freezelint_rules import RULES

FOLDERS = Path(__file__).parents[2] / "rules" / "freezelint_rules"
HEADINGS = [
    "## What it does",
    "## Why it is bad",
    "## Example",
    "## How a run confirms it",
    "## Fix safety",
    "## Limits",
    "## References",
]


def _index() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rules_index", Path(__file__).with_name("index.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


INDEX = _index()


def test_every_folder_is_a_rule() -> None:
    folders = sorted(path.name for path in FOLDERS.iterdir() if path.is_dir() and not path.name.startswith("__"))
    assert folders == [INDEX.folder_of(rule) for rule in RULES]
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_is_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"FRZ\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for text in (rule.summary, rule.confirmed_by):
        assert text and "\n" not in text and "|" not in text and not text.endswith("."), text
    assert rule.check.__module__ == f"freezelint_rules.{INDEX.folder_of(rule)}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page(rule: Rule) -> None:
    page = (FOLDERS / INDEX.folder_of(rule) / "README.md").read_text(encoding="utf-8")
    lines = page.splitlines()
    assert lines[0] == f"# {rule.code} {rule.name}"
    assert [line for line in lines if line.startswith("## ")] == HEADINGS
    sections = re.split(r"^## .*$", page, flags=re.M)[1:]
    assert all(section.strip() for section in sections)
    assert "[bad.py](bad.py)" in page and "[good.py](good.py)" in page
    safety = sections[4].lower()
    assert (rule.fix.value if rule.fix is not None else "no fix") in safety


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_imports_the_api_only(rule: Rule) -> None:
    source = (FOLDERS / INDEX.folder_of(rule) / "__init__.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^\s*(?:from|import) ([\w.]+)", source, flags=re.M))
    assert imported <= {"__future__", "collections.abc", "freezelint.api"}


def test_index_is_fresh() -> None:
    text = INDEX.INDEX.read_text(encoding="utf-8")
    assert text == INDEX.index(RULES), "run `python tests/rules/index.py`"


def test_table_in_the_readme_is_fresh() -> None:
    text = INDEX.README.read_text(encoding="utf-8")
    assert text == INDEX.with_table(text, RULES), "run `python tests/rules/index.py`"
