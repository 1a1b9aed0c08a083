"""Comments that silence nothing or name no rule: when they are reported, and what their fixes leave."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from freezelint.config import Level, Settings
from freezelint.core.findings import Confidence, Finding, Report, Safety
from freezelint.run.check import check
from freezelint.source.comment_edits import LineEdit, applied

HEAD = "from torch import nn\n\nmodel = nn.Linear(2, 2)\n"
BAD = "model.requires_grad = False"
FINE = "model.requires_grad_(False)"

Found = Callable[..., list[Finding]]


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Found:
    monkeypatch.chdir(tmp_path)

    def found(text: str, *paths: str, **settings: object) -> list[Finding]:
        (tmp_path / "a.py").write_text(text, encoding="utf-8")
        return list(report(*paths, **settings).findings)

    return found


def report(*paths: str, **settings: object) -> Report:
    return check(paths or (".",), Settings(root=os.getcwd(), **settings))  # type: ignore[arg-type]


def codes(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(each.code, each.span.line) for each in findings]


def fixed(text: str, findings: list[Finding]) -> str:
    edits = []
    for finding in findings:
        assert finding.fix is not None and finding.fix.safety is Safety.SAFE
        edits += [
            LineEdit(e.span.line, e.span.column, e.span.end_line, e.span.end_column, e.text) for e in finding.fix.edits
        ]
    return applied(text, edits)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{BAD}  # freezelint: ignore[FRZ101] why", []),
        (f"{BAD}  # freezelint: ignore", []),
        (f"{BAD}  # noqa: FRZ101", []),
        (f"{FINE}  # freezelint: ignore[FRZ101] why", [("FRZ901", 4)]),
        (f"{FINE}  # freezelint: ignore[requires-grad-on-module]", [("FRZ901", 4)]),
        (f"{FINE}  # freezelint: ignore[FRZ1]", [("FRZ901", 4)]),
        (f"{FINE}  # freezelint: ignore", [("FRZ901", 4)]),
        (f"{FINE}  # noqa: FRZ101", [("FRZ901", 4)]),
        (f"{FINE}  # noqa: E501", []),
        (f"{FINE}  # noqa", []),
        (f"# freezelint: ignore-next-line[FRZ101]\n{FINE}", [("FRZ901", 4)]),
        (f"# freezelint: ignore-file[FRZ101]\n{FINE}", [("FRZ901", 4)]),
        (f"x = '# freezelint: ignore[FRZ101]'  # {FINE}", []),
        (f"{FINE}  # freezelint: ignore[FRZ999]", [("FRZ903", 4)]),
        (f"{FINE}  # noqa: FRZ999", [("FRZ903", 4)]),
        (f"{BAD}  # freezelint: ignore[FRZ101, E501]", [("FRZ903", 4)]),
        (f"{FINE}  # freezelint: ignore[FRZ901, FRZ101]", []),
        (f"# freezelint: ignore-file[FRZ9]\n{FINE}  # freezelint: ignore[FRZ999, FRZ101]", []),
        (f"{FINE}  # freezelint: ignore[FRZ201]", []),  # a rule that is off by default had no say
    ],
)
def test_what_is_said_of_a_comment(found: Found, line: str, expected: list[tuple[str, int]]) -> None:
    text = HEAD + line + "\n"
    assert codes(found(text)) == expected


def test_a_file_without_training_is_read_for_its_comments(found: Found) -> None:
    assert codes(found("x = 1  # freezelint: ignore[FRZ101]\n")) == [("FRZ901", 1)]


@pytest.mark.parametrize(
    "settings",
    [
        {"select": ("FRZ3", "FRZ901")},
        {"ignore": ("FRZ101",)},
        {"per_file_ignores": {"a.py": ("FRZ101",)}},
        {"severity": {"FRZ101": Level.OFF}},
        {"ignore": ("FRZ901",)},
        {"per_file_ignores": {"a.py": ("unused-suppression",)}},
        {"severity": {"FRZ9": Level.OFF}},
    ],
)
def test_silent_where_a_rule_was_off(found: Found, settings: dict[str, object]) -> None:
    assert found(f"{HEAD}{FINE}  # freezelint: ignore[FRZ101]\n", **settings) == []


def test_a_group_of_rules_is_judged_where_its_default_ones_were_on(found: Found) -> None:
    text = f"{HEAD}{FINE}  # freezelint: ignore[FRZ2]\n{FINE}  # freezelint: ignore\n"
    assert codes(found(text)) == [("FRZ901", 4), ("FRZ901", 5)]  # FRZ201 is off by default
    assert codes(found(text, ignore=("FRZ204",))) == []
    assert codes(found(text, select=("FRZ2", "FRZ9"))) == [("FRZ901", 4)]


def test_a_comment_that_silences_a_possible_finding_is_used(found: Found) -> None:
    text = "def f(model, other):\n    model = other(model)\n    model.requires_grad = False{}\n    model(1)\n"
    (possible,) = found(text.format(""), possible=True)
    assert possible.confidence is Confidence.POSSIBLE
    silenced = text.format(f"  # freezelint: ignore[{possible.code}]")
    assert found(silenced) == found(silenced, possible=True) == []


def test_severity_and_message(found: Found) -> None:
    text = f"{HEAD}{FINE}  # freezelint: ignore[FRZ3O1]\n{FINE}  # freezelint: ignore[FRZ101, FRZ301]\n"
    unknown, unused = found(text, severity={"FRZ901": Level.ERROR})
    assert unknown.message == "a suppression names what is no rule: `FRZ3O1`, did you mean FRZ301?"
    assert unused.message == "the suppression of `FRZ101` and `FRZ301` silences nothing"
    assert (unknown.severity.value, unused.severity.value) == ("warning", "error")
    assert (unused.span.column, unused.span.end_column) == (30, 66)
    assert unknown.fingerprint != unused.fingerprint


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (f"{FINE}  # freezelint: ignore[FRZ101] why", FINE),
        (f"{FINE}  # prose  # freezelint: ignore[FRZ101]", f"{FINE}  # prose"),
        (f"{FINE}  # freezelint: ignore[FRZ101] why  # prose", f"{FINE}  # prose"),
        (f"{FINE}  # noqa: FRZ101, E501", f"{FINE}  # noqa: E501"),
        (f"{FINE}  # noqa: E501,FRZ101 because", f"{FINE}  # noqa: E501 because"),
        (f"{FINE}  # noqa: FRZ101 because", f"{FINE}  # because"),
        (f"{BAD}  # freezelint: ignore[FRZ301,FRZ101, nonsense] why", f"{BAD}  # freezelint: ignore[FRZ101] why"),
        (f"# freezelint: ignore-file[FRZ301]\n{FINE}", FINE),
        (f"if model:\n    # freezelint: ignore-next-line[FRZ101]\n    {FINE}", f"if model:\n    {FINE}"),
        (f"x = (1,  # freezelint: ignore[FRZ101]\n     2)\n{FINE}", f"x = (1,\n     2)\n{FINE}"),
    ],
)
@pytest.mark.parametrize("end", ["\n", ""])
def test_the_fix_removes_what_is_of_no_use_and_nothing_else(found: Found, line: str, left: str, end: str) -> None:
    text = HEAD + line + end
    for _ in range(2):  # two findings about one comment are fixed one after the other
        findings = found(text)
        text = fixed(text, findings[:1])
    assert text == HEAD + left + end
    assert found(text) == []


def test_a_comment_on_the_last_line_alone(found: Found) -> None:
    for end in ("", "\n"):
        text = f"{HEAD}{FINE}\n# freezelint: ignore-file[FRZ101]{end}"
        assert fixed(text, found(text)) == f"{HEAD}{FINE}{end}"
    text = "# freezelint: ignore-file[FRZ101]"
    assert fixed(text, found(text)) == ""


def test_in_a_file_named_alone_its_callers_may_use_the_comment(found: Found, tmp_path: Path) -> None:
    helper = f"from torch import nn\n\n\ndef freeze(model):\n    {FINE}  # freezelint: ignore[FRZ101]\n"
    assert codes(found(helper, "a.py")) == [("FRZ901", 5)]  # nobody else is there
    (tmp_path / "train.py").write_text("from a import freeze\n")
    assert codes(found(helper)) == [("FRZ901", 5)]
    assert codes(found(helper, "a.py", "train.py")) == [("FRZ901", 5)]
    assert codes(found(helper, "a.py")) == []
    (doubt,) = found(helper, "a.py", possible=True)
    assert doubt.confidence is Confidence.POSSIBLE
    assert codes(found(f"{HEAD}{FINE}  # freezelint: ignore[FRZ101]\n", "a.py")) == [("FRZ901", 4)]
    (tmp_path / "train.py").write_text("from pkg import (\n    b,\n    a,\n)\n")
    assert codes(found(helper, "a.py")) == []
    (tmp_path / "train.py").write_text("import b\nfrom ab import abc\na = b\n")
    assert codes(found(helper, "a.py")) == [("FRZ901", 5)]


def test_comments_of_a_broken_file_are_not_judged(found: Found) -> None:
    assert found(f"{HEAD}{FINE}  # freezelint: ignore[FRZ101]\ndef f(:\n") == []


def test_broken_files_can_be_ignored_but_not_missing_ones(found: Found, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f(:\n")
    assert [each.path for each in report(".", "none").problems] == ["a.py", "none"]
    off: list[dict[str, object]] = [
        {"ignore": ("FRZ902",)}, {"per_file_ignores": {"a.py": ("FRZ902",)}}, {"severity": {"FRZ902": Level.OFF}},
    ]  # fmt: skip
    for settings in off:
        assert [each.path for each in report(".", "none", **settings).problems] == ["none"]
    assert [each.path for each in report(".", select=("FRZ1",)).problems] == ["a.py"]
