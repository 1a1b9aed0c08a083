"""Writes rules/README.md, the index of the rules, from the rules themselves: `python tests/rules/index.py`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from freezelint.core.rules import Rule
from freezelint_rules import RULES

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "rules" / "README.md"
_HEAD = """# The rules

Each folder of `freezelint_rules/` is one rule: its code, its page, and two programs, one with the mistake and one
without. This index is written from them by `tests/rules/index.py`.

| code | name | what | severity | fix | how a run confirms it |
|---|---|---|---|---|---|
"""


def folder_of(rule: Rule) -> str:
    """The folder of a rule, below `freezelint_rules`."""
    return f"{rule.code.lower()}_{rule.name.replace('-', '_')}"


def index(rules: Sequence[Rule]) -> str:
    """The text of the index."""
    rows = []
    for rule in rules:
        link = f"[{rule.name}](freezelint_rules/{folder_of(rule)}/README.md)"
        fix = rule.fix.value if rule.fix is not None else ""
        cells = (rule.code, link, rule.summary, rule.severity.value, fix, rule.confirmed_by)
        rows.append(f"| {' | '.join(cells)} |\n")
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    INDEX.write_text(index(RULES), encoding="utf-8")
