"""freezelint's own rules: well formed, listed, with pages like the others."""

from __future__ import annotations

import re

import pytest

from freezelint.core.rules import Rule
from freezelint.own import OWN, OWN_CODES
from freezelint.registry import load_rules, page
from tests.rules.test_pages import HEADINGS


def test_they_are_installed_like_the_others() -> None:
    assert set(OWN) <= set(load_rules())
    assert {"FRZ901", "FRZ902", "FRZ903"} == OWN_CODES


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.code)
def test_page(rule: Rule) -> None:
    text = page(rule)
    lines = text.splitlines()
    assert lines[0] == f"# {rule.code} {rule.name}"
    assert [line for line in lines if line.startswith("## ")] == HEADINGS
    sections = re.split(r"^## .*$", text, flags=re.M)[1:]
    assert all(section.strip() for section in sections)
    assert (rule.fix.value if rule.fix is not None else "no fix") in sections[4].lower()
    assert rule.check.__module__.endswith(f"{rule.code.lower()}_{rule.name.replace('-', '_')}")
