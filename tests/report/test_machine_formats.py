"""The formats for machines: json against its schema, github, concise."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from freezelint import __version__
from freezelint.core.findings import Report
from freezelint.core.spans import Span
from freezelint.report import concise, github, gitlab, jsonl, junit
from freezelint.report import json as json_format
from freezelint.report.formats import FORMATS, writer
from tests.report.reports import finding, full_report, report


@pytest.fixture
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resources.files("freezelint.report").joinpath("schema.json").read_text())
    return loaded


@pytest.mark.parametrize("shown", [full_report(), report(), report(finding())], ids=["full", "empty", "bare"])
def test_json_is_as_its_schema_says(shown: Report, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json_format.write(shown)), schema)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda written: written.pop("files"),
        lambda written: written.update(extra=1),
        lambda written: written["findings"][0].pop("fingerprint"),
        lambda written: written["findings"][0].update(line=0),
        lambda written: written["findings"][0].update(severity="fatal"),
        lambda written: written["findings"][0]["claim"].update(type="no-claim"),
        lambda written: written["findings"][0]["notes"][0].update(extra=1),
        lambda written: written["problems"][0].pop("internal"),
    ],
)
def test_the_schema_refuses_what_is_not_a_report(break_it: Any, schema: dict[str, Any]) -> None:
    written = json.loads(json_format.write(full_report()))
    break_it(written)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, schema)


def test_the_schema_in_the_package_is_up_to_date(schema: dict[str, Any]) -> None:
    """Written by `python -c "from freezelint.report.json import schema; print(schema(), end='')"`."""
    assert without_order(schema) == without_order(json.loads(json_format.schema()))


def without_order(value: Any) -> Any:
    """The value with its lists sorted: msgspec's order of alternatives differs between its versions."""
    match value:
        case dict():
            return {key: without_order(part) for key, part in value.items()}
        case list():
            return sorted((without_order(part) for part in value), key=repr)
        case _:
            return value


def test_json_has_the_promised_keys() -> None:
    written = json.loads(json_format.write(full_report()))
    assert list(written) == ["version", "findings", "problems", "files"]
    assert written["version"] == __version__
    assert set(written["findings"][0]) == {
        "code", "name", "severity", "confidence", "message", "path", "line", "column", "end_line", "end_column", "cell",
        "notes", "fix", "claim", "fingerprint", "verdict", "origin",
    }  # fmt: skip
    place = {"path", "line", "column", "end_line", "end_column", "cell"}
    assert set(written["findings"][0]["notes"][0]) == {*place, "message"}
    assert set(written["findings"][0]["fix"]) == {"title", "safety", "edits"}
    assert set(written["findings"][0]["fix"]["edits"][0]) == {*place, "text"}
    assert written["findings"][0]["claim"] == {"type": "no-effect", "subject": "model"}
    bare = json.loads(json_format.write(report(finding())))["findings"][0]
    assert (bare["fix"], bare["claim"], bare["verdict"], bare["cell"]) == (None, None, None, None)


def test_concise_is_one_line_each() -> None:
    shown = report(finding(message="a\nb"), finding(Span("n.ipynb", 1, 2, 1, 3, cell=4), message="x"))
    assert concise.write(shown) == (
        "train.py:3:1: FRZ101 requires-grad-on-module a\\nb\n"
        "n.ipynb:cell 4:1:2: FRZ101 requires-grad-on-module x\n"
    )  # fmt: skip


def test_github_commands() -> None:
    lines = github.write(full_report()).splitlines()
    assert lines[0] == (
        "::error file=train.py,line=3,endLine=3,col=1,endColumn=27,title=FRZ101 requires-grad-on-module::"
        "`model.requires_grad = False` sets a plain attribute of a module%0Atrain.py:2:1: built here"
        "%0Awork.ipynb:cell 4:1:1: used here%0Awrite `model.requires_grad_(False)`"
    )
    assert lines[1].startswith("::warning file=work.ipynb,title=FRZ101 requires-grad-on-module::work.ipynb:cell 3:1:1:")
    assert lines[2] == "::error file=broken.py,line=1,col=2,title=FRZ902::invalid syntax"
    assert lines[4] == "::error file=odd.py,title=internal error::KeyError: 'x'"


def test_github_escapes_what_would_end_a_command() -> None:
    written = github.write(report(finding(Span("a,b:c%.py", 1, 1, 2, 1), message="100%\n::warning::x")))
    assert written.count("\n") == 1
    assert written.startswith("::error file=a%2Cb%3Ac%25.py,line=1,endLine=2,col=1,title=")
    assert "endColumn" not in written


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_writer_that_ends_its_last_line(name: str) -> None:
    assert writer(name)(full_report()).endswith("\n")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="xml"):
        writer("xml")


def test_jsonl_is_a_line_for_each_thing_and_one_with_the_counts() -> None:
    lines = [json.loads(line) for line in jsonl.write(full_report()).splitlines()]
    assert [line["type"] for line in lines] == ["finding"] * 2 + ["problem"] * 3 + ["summary"]
    whole = json.loads(json_format.write(full_report()))
    assert [{key: value for key, value in line.items() if key != "type"} for line in lines[:2]] == whole["findings"]
    assert lines[-1] == {"type": "summary", "version": __version__, "findings": 2, "problems": 3, "files": 2}


def test_gitlab_issues_have_what_gitlab_needs() -> None:
    issues = json.loads(gitlab.write(full_report()))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "blocker", "blocker", "blocker"]
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["location"]["lines"]["begin"] >= 1
    assert issues[0]["location"] == {"path": "train.py", "lines": {"begin": 3, "end": 3}}
    assert issues[0]["fingerprint"] == "0123456789abcdef"
    assert "note: train.py:2:1: built here" in issues[0]["content"]["body"]
    assert issues[1]["description"].startswith("work.ipynb:cell 3:1:1: FRZ101 ")
    assert len({issue["fingerprint"] for issue in issues[2:]}) == 3
    assert json.loads(gitlab.write(report())) == []


def test_junit_is_xml_with_true_counts() -> None:
    suites = ElementTree.fromstring(junit.write(full_report()).encode())
    assert {key: suites.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "5", "failures": "2", "errors": "3",
    }  # fmt: skip
    assert len(suites.findall(".//testcase/failure")) == 2 and len(suites.findall(".//testcase/error")) == 3
    for suite in suites:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
    case = suites.find("./testsuite[@name='train.py']/testcase")
    assert case is not None and (case.get("file"), case.get("line")) == ("train.py", "3")
    failure = case.find("failure")
    assert failure is not None and failure.text is not None
    assert "\nmodel.requires_grad = False\n^^^" in failure.text and "help: write" in failure.text


def test_junit_without_findings_is_a_test_that_passed() -> None:
    suites = ElementTree.fromstring(junit.write(report()).encode())
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("1", "0", "0")
    assert len(suites.findall(".//testcase")) == 1


def test_junit_stays_xml_whatever_the_source_holds() -> None:
    evil = "\x00 \x1b </failure> ]]> & \ud800 \ufffe"
    shown = Report((finding(Span(evil, 1, 1, 1, 2), message=evil),), (), 1, {evil: evil})
    failure = ElementTree.fromstring(junit.write(shown).encode()).find(".//failure")
    assert failure is not None and "</failure>" in (failure.get("message") or "")
