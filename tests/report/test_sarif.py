"""The sarif format, against the official schema and against what code scanning relies on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from freezelint.core.findings import Confidence, Edit, Fix, Note, Problem, Report, RuleInfo, Safety, Severity
from freezelint.core.spans import Span
from freezelint.report import sarif
from tests.report.reports import finding, full_report, report

SCHEMA = Path(__file__).with_name("data") / "sarif-schema-2.1.0.json"
INFO = RuleInfo("FRZ101", "requires-grad-on-module", "`requires_grad` assigned to a module", Severity.ERROR, "# Page\n")


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def log_of(shown: Report) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(sarif.write(shown))
    return written


def run_of(shown: Report) -> dict[str, Any]:
    (run,) = log_of(shown)["runs"]
    assert isinstance(run, dict)
    return run


EVIL_NOTE = Note(Span("x y.py", 1, 1, 1, 2), "[0](x) \x1b \ud800")
HOSTILE = "\x1b[2J <b>&]]> \u202e [0](x) {0} \x00 \ud800 %s"


@pytest.mark.parametrize(
    "shown",
    [
        report(),
        report(finding()),
        full_report(),
        msgspec.structs.replace(full_report(), rules=(INFO,)),
        report(*(finding(severity=severity) for severity in Severity)),
        report(finding(Span("/a b/ü%.py", 1, 1, 2, 3), message=HOSTILE, notes=(EVIL_NOTE,))),
        report(problems=(Problem("a b.py", HOSTILE), Problem("c.py", "m", 3))),
    ],
    ids=["empty", "bare", "full", "rules", "levels", "hostile", "problems"],
)  # fmt: skip
def test_it_is_valid_sarif(shown: Report, validator: Any) -> None:
    validator.validate(log_of(shown))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda run: run["tool"]["driver"].pop("name"),
        lambda run: run["results"][0].pop("message"),
        lambda run: run["results"][0].update(level="fatal"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda run: run["results"][0]["codeFlows"][0].pop("threadFlows"),
        lambda run: run["results"][0]["fixes"][0].update(title="x"),
    ],
)
def test_the_schema_refuses_what_is_not_sarif(break_it: Any, validator: Any) -> None:
    log = log_of(full_report())
    break_it(log["runs"][0])
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(log)


def test_notes_become_a_code_flow_that_starts_at_the_finding() -> None:
    result = run_of(full_report())["results"][0]
    (flow,) = result["codeFlows"]
    (thread,) = flow["threadFlows"]
    messages = [step["location"]["message"]["text"] for step in thread["locations"]]
    assert messages == ["`model.requires_grad = False` sets a plain attribute of a module", "built here", "used here"]
    first = thread["locations"][0]["location"]["physicalLocation"]
    assert first == result["locations"][0]["physicalLocation"]
    assert first["region"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 28}
    assert [note["message"]["text"] for note in result["relatedLocations"]] == ["built here", "used here"]
    assert "codeFlows" not in run_of(report(finding()))["results"][0]


def test_fingerprints_fixes_and_verdicts_are_told() -> None:
    result = run_of(full_report())["results"][0]
    assert result["partialFingerprints"] == {"freezelint/v1": "0123456789abcdef"}
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "train.py"
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": "requires_grad_(False)"}
    assert replacement["deletedRegion"] == {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 28}
    properties = result["properties"]
    assert properties["verdict"]["evidence"] == {"moved": 0.5, "flags": 2, "of": "model"}
    assert (properties["confidence"], properties["fix"]["safety"]) == ("certain", "safe")
    assert properties["claim"] == {"type": "no-effect", "subject": "model"}


def test_edits_of_several_files_are_grouped_and_those_of_cells_left_out() -> None:
    def fixes(*paths: str, cell: int | None = None) -> Any:
        edits = tuple(Edit(Span(path, 1, 1, 1, 1, cell=cell), "x") for path in paths)
        fixed = msgspec.structs.replace(finding(), fix=Fix("t", Safety.SAFE, edits))
        return run_of(report(fixed))["results"][0].get("fixes")

    assert [len(change["replacements"]) for change in fixes("a.py", "b.py", "a.py")[0]["artifactChanges"]] == [2, 1]
    assert fixes("a.ipynb", cell=1) is None
    assert fixes() is None


def test_a_cell_is_a_logical_place_without_lines_of_the_file() -> None:
    result = run_of(report(finding(Span("n.ipynb", 4, 2, 4, 3, cell=7), confidence=Confidence.POSSIBLE)))["results"][0]
    (place,) = result["locations"]
    assert "region" not in place["physicalLocation"]
    assert place["logicalLocations"][0]["name"] == "cell 7:4:2"
    assert result["message"]["text"].startswith("n.ipynb:cell 7:4:2: ")
    assert result["properties"] == {"confidence": "possible", "cell": 7}


def test_rules_come_with_their_pages_and_results_point_to_them() -> None:
    other = RuleInfo("FRZ001", "first", "s", Severity.INFO)
    run = run_of(msgspec.structs.replace(full_report(), rules=(other, INFO)))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["FRZ001", "FRZ101"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert rules[1]["help"] == {"text": "# Page\n", "markdown": "# Page\n"}
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["note", "error"]
    assert "help" not in rules[0]


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a/b.py", "a/b.py"), ("a b%/ü#.py", "a%20b%25/%C3%BC%23.py"), ("/x y.py", "file:///x%20y.py")],
)
def test_paths_become_uris(path: str, uri: str) -> None:
    place = run_of(report(finding(Span(path, 1, 1, 1, 2))))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
    assert ("uriBaseId" in place["artifactLocation"]) is not path.startswith("/")


def test_a_subscript_and_call_is_no_link() -> None:
    text = run_of(report(finding(message="`layers[0](x)` and `a[1]`")))["results"][0]["message"]["text"]
    assert text == "`layers\\[0\\](x)` and `a[1]`"


def test_problems_are_notifications_of_a_run_that_failed() -> None:
    (invocation,) = run_of(full_report())["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [each["descriptor"]["id"] for each in invocation["toolExecutionNotifications"]] == [
        "FRZ902", "FRZ902", "internal-error",
    ]  # fmt: skip
    assert run_of(report())["invocations"][0]["executionSuccessful"] is True
