"""Every rule finds its mistake in bad.py, at the marked lines and nowhere else, and nothing in good.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from freezelint.core.rules import Rule
from freezelint.testing import Expectation, check_example, check_program, examples
from freezelint_rules import RULES

FOLDERS = Path(__file__).parents[2] / "rules" / "freezelint_rules"
_EXAMPLES = [
    pytest.param(rule, kind, path, id=f"{rule.code}-{path.stem}")
    for rule in RULES
    for kind, path in examples(FOLDERS / f"{rule.code.lower()}_{rule.name.replace('-', '_')}")
]


@pytest.mark.parametrize(("rule", "kind", "path"), _EXAMPLES)
def test_example(rule: Rule, kind: str, path: Path) -> None:
    check_example(rule, kind, path, RULES)


@pytest.mark.parametrize(("rule", "kind", "path"), [case for case in _EXAMPLES if case.values[1] == "bad"])
def test_message(rule: Rule, kind: str, path: Path) -> None:
    findings = [finding for finding in check_program(path, RULES) if finding.code == rule.code]
    assert findings
    for finding in findings:
        texts = [finding.message, *(note.message for note in finding.notes)]
        texts += [finding.fix.title] if finding.fix is not None else []
        for text in texts:
            assert "\n" not in text
            assert re.match(r"[a-z0-9`]", text), text
            assert not text.endswith("."), text
            assert text.count("`") % 2 == 0, text
        assert (finding.fix is None) or rule.fix is not None, "the rule says that it has no fix"


def test_examples_are_there() -> None:
    for rule in RULES:
        kinds = {case.values[1] for case in _EXAMPLES if case.values[0] is rule}
        assert kinds == {"bad", "good"}, rule.code


def test_marks_are_read() -> None:
    source = "a = 1  # expect: FRZ101\nb = 2\nc()  # note: FRZ101, FRZ203\n# expected: nothing\n"
    path = FOLDERS / "x.py"
    from freezelint.testing import expectations

    assert expectations(source, path.name) == (
        Expectation("x.py", 1, "expect", "FRZ101"),
        Expectation("x.py", 3, "note", "FRZ101"),
        Expectation("x.py", 3, "note", "FRZ203"),
    )
