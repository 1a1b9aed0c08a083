"""The sarif format: SARIF 2.1.0, as code scanning and editors read it.

Columns count Unicode characters, as everywhere in freezelint. The notes of a finding become a code flow: the finding's
own place first, then the places that it rests on, in the order in which the text format shows them.
"""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import quote

import msgspec

from freezelint import __version__
from freezelint.core.findings import Edit, Finding, Fix, Problem, Report, RuleInfo, Severity
from freezelint.core.spans import Span
from freezelint.report.layout import file_line, file_lines, message_of, place_of
from freezelint.report.printable import escape
from freezelint.report.wording import verdict_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"\[([^\[\]]*)\](?=\()")


def write(report: Report) -> str:
    """The report as one SARIF log with one run."""
    rules = _rules(report)
    index = {rule.code: position for position, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "freezelint",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [_notification(problem) for problem in report.problems],
            }
        ],
        "results": [_result(finding, index[finding.code], report) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode("utf-8") + "\n"


def _rules(report: Report) -> list[RuleInfo]:
    """The rules that were on, and those of findings that come from elsewhere, by code."""
    found = {
        finding.code: RuleInfo(finding.code, finding.name, finding.name.replace("-", " "), finding.severity)
        for finding in report.findings
    }
    return [rule for _, rule in sorted((found | {rule.code: rule for rule in report.rules}).items())]


def _rule(rule: RuleInfo) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _plain(rule.summary)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        # What GitHub filters and sorts by.
        "properties": {"tags": ["pytorch", "layer-freezing"], "problem.severity": _SEVERITY[rule.severity]},
    }
    if rule.page:
        described["help"] = {"text": rule.page, "markdown": rule.page}
    return described


_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def _result(finding: Finding, rule: int, report: Report) -> dict[str, Any]:
    notes = [_place(note.span, report, note.message) for note in finding.notes]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_place(finding.span, report)],
        "partialFingerprints": {"freezelint/v1": finding.fingerprint},
        "properties": _properties(finding),
    }
    if notes:
        result["relatedLocations"] = [{"id": number, **note} for number, note in enumerate(notes, start=1)]
        flow = [_place(finding.span, report, finding.message), *notes]
        result["codeFlows"] = [{"threadFlows": [{"locations": [{"location": place} for place in flow]}]}]
    if finding.fix is not None and (fix := _fix(finding.fix)):
        result["fixes"] = [fix]
    return result


def _message(finding: Finding) -> str:
    """The message, and the remedy: viewers show fixes only where they can apply them."""
    place = "" if finding.span.cell is None else f"{place_of(finding.span)}: "
    help_ = "" if finding.fix is None else f". Help: {escape(finding.fix.title)}"
    return _plain(place + message_of(finding) + help_)


def _properties(finding: Finding) -> dict[str, Any]:
    properties: dict[str, Any] = {"confidence": finding.confidence.value}
    if finding.span.cell is not None:
        properties["cell"] = finding.span.cell
    if finding.fix is not None:
        properties["fix"] = {"title": finding.fix.title, "safety": finding.fix.safety.value}
    if finding.claim is not None:
        properties["claim"] = msgspec.to_builtins(finding.claim)
    if finding.verdict is not None:
        properties["verdict"] = msgspec.to_builtins(finding.verdict)
        properties["verdictText"] = verdict_of(finding.verdict)
    return properties


def _fix(fix: Fix) -> dict[str, Any] | None:
    """The edits, by file; None where there are none, or where lines of a cell could be taken for lines of the file."""
    if not fix.edits or any(edit.span.cell is not None for edit in fix.edits):
        return None
    by_file: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.span.path, []).append(edit)
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [
                {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in edits
            ],
        }
        for path, edits in by_file.items()
    ]
    return {"description": {"text": _plain(fix.title)}, "artifactChanges": changes}


def _place(span: Span, report: Report, message: str | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(span.path)}
    place: dict[str, Any] = {"physicalLocation": physical}
    if span.cell is None:
        physical["region"] = _region(span)
    else:
        # The line of the file is one of JSON; the logical location tells the true place.
        lines = file_lines(span, report)
        if lines is not None:
            physical["region"] = {"startLine": lines[0], "endLine": lines[1]}
        name = f"cell {span.cell}:{span.line}:{span.column}"
        place["logicalLocations"] = [{"name": name, "fullyQualifiedName": place_of(span)}]
    if message is not None:
        place["message"] = {"text": _plain(message)}
    return place


def _notification(problem: Problem) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(problem.path)}
    cell = "" if problem.cell is None else f"cell {problem.cell}, line {problem.line}: "
    line = file_line(problem)
    if line is not None:
        column = {"startColumn": problem.column} if problem.column is not None and problem.cell is None else {}
        physical["region"] = {"startLine": line} | column
    return {
        "level": "error",
        "message": {"text": _plain(cell + problem.message)},
        "descriptor": {"id": problem.code or "internal-error"},
        "locations": [{"physicalLocation": physical}],
    }


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    if os.path.isabs(path):
        return {"uri": "file://" + quote(path if path.startswith("/") else f"/{path}", safe="/:")}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _plain(text: str) -> str:
    """The text with nothing in it that SARIF takes for a link: `layers[0](x)` reads like one."""
    return _LINK.sub(r"\\[\1\\]", escape(text))
