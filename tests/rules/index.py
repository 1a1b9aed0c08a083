"""Writes rules/README.md and the table in README.md from the rules themselves: `python tests/rules/index.py`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from freezelint.core.rules import Rule
from freezelint.own import OWN
from freezelint_rules import RULES

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "rules" / "README.md"
README = ROOT / "README.md"
_HEAD = """# The rules

Each folder of `freezelint_rules/` is one rule: its code, its page, and two programs, one with the mistake and one
without. Rules about freezelint's own comments and files have a folder in `freezelint/own/`. This index is written
from all of them by `tests/rules/index.py`.

| code | name | what | severity | fix | how a run confirms it |
|---|---|---|---|---|---|
"""


def folder_of(rule: Rule) -> str:
    """The folder of a rule, below `freezelint_rules`."""
    return f"{rule.code.lower()}_{rule.name.replace('-', '_')}"


def page_of(rule: Rule) -> str:
    """The page of a rule, from the top of the repository."""
    top = "freezelint/own" if rule in OWN else "rules/freezelint_rules"
    return f"{top}/{folder_of(rule)}/README.md"


def index(rules: Sequence[Rule]) -> str:
    """The text of the index; freezelint's own rules come last."""
    rows = []
    for rule in (*rules, *OWN):
        link = (
            f"[{rule.name}](../{page_of(rule)})" if rule in OWN else f"[{rule.name}]({page_of(rule)[len('rules/') :]})"
        )
        fix = rule.fix.value if rule.fix is not None else ""
        cells = (rule.code, link, rule.summary, rule.severity.value, fix, rule.confirmed_by)
        rows.append(f"| {' | '.join(cells)} |\n")
    return _HEAD + "".join(rows)


_START, _END = "<!-- rules: written by `python tests/rules/index.py` -->\n", "<!-- end of rules -->\n"


def with_table(readme: str, rules: Sequence[Rule]) -> str:
    """The README with its table of the rules made anew; what stands between the two markers is replaced."""
    before, start, rest = readme.partition(_START)
    _, end, after = rest.partition(_END)
    if not start or not end:
        raise ValueError("README.md has lost the markers of its table of rules")
    return "".join((before, start, _table(rules), end, after))


def _table(rules: Sequence[Rule]) -> str:
    rows = ["| code | name | what | severity |\n", "|---|---|---|---|\n"]
    for rule in (*rules, *OWN):
        link = f"[{rule.name}]({page_of(rule)})"
        severity = rule.severity.value if rule.default else f"{rule.severity.value}, off by default"
        rows.append(f"| {rule.code} | {link} | {rule.summary} | {severity} |\n")
    return "".join(rows)


if __name__ == "__main__":
    INDEX.write_text(index(RULES), encoding="utf-8")
    README.write_text(with_table(README.read_text(encoding="utf-8"), RULES), encoding="utf-8")
