"""Every rule's bad.py is confirmed by running it, and its good.py is clean under the probes."""

from __future__ import annotations

from pathlib import Path

import pytest

from freezelint.core.findings import Confidence, Finding
from freezelint.core.rules import Rule
from freezelint.testing import examples
from freezelint_rules import RULES
from tests.runtime.forked import confirm_program

FOLDERS = Path(__file__).parents[2] / "rules" / "freezelint_rules"
CANNOT = "No run can confirm it"
"""What the page of a rule says under "How a run confirms it" where that is so."""
_EXAMPLES = [
    pytest.param(rule, folder, kind, path, id=f"{rule.code}-{path.stem}")
    for rule in RULES
    for folder in [FOLDERS / f"{rule.code.lower()}_{rule.name.replace('-', '_')}"]
    for kind, path in examples(folder)
]


def test_every_folder_of_a_rule_has_both_kinds() -> None:
    of = {folder.name: {kind for kind, _ in examples(folder)} for folder in FOLDERS.glob("frz*/")}
    assert {folder for folder, kinds in of.items() if kinds != {"bad", "good"}} == set()
    assert {each.id.partition("-")[0].lower() for each in _EXAMPLES if each.id} == {name[:6] for name in of}


def shown(findings: list[Finding]) -> str:
    return "\n".join(f"{f.span.line}: {f.code} {f.origin} {f.verdict}" for f in findings)


@pytest.mark.parametrize(("rule", "folder", "kind", "path"), _EXAMPLES)
def test_example_under_probes(rule: Rule, folder: Path, kind: str, path: Path) -> None:
    findings, result = confirm_program(path)
    assert not result.problems
    certain = [each for each in findings if each.confidence is Confidence.CERTAIN]
    if kind == "good":
        assert not certain, shown(certain)
        assert result.ended == "finished", result.detail
        return
    own = [each for each in certain if each.code == rule.code]
    assert own
    if CANNOT in (folder / "README.md").read_text(encoding="utf-8"):
        return
    for finding in own:
        assert finding.verdict is not None
        assert finding.verdict.outcome == "confirmed", shown(own)
        assert finding.verdict.evidence
