"""The gitlab format: a Code Quality report, which GitLab shows in the merge request."""

from __future__ import annotations

from typing import Any

import msgspec

from freezelint.core.findings import Finding, Problem, Report, Severity
from freezelint.report.layout import file_line, file_lines, message_of, place_of
from freezelint.report.printable import escape
from freezelint.report.wording import details_of

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(report: Report) -> str:
    """One JSON list of issues; what could not be checked is a blocker."""
    issues = [*(_finding(finding, report) for finding in report.findings), *_problems(report.problems)]
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode("utf-8") + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    span = finding.span
    # The line of a notebook's file is one of JSON: the description tells the true place.
    place = "" if span.cell is None else f"{place_of(span)}: "
    found = file_lines(span, report)
    lines = {"begin": 1} if found is None else {"begin": found[0], "end": found[1]}
    issue = {
        "description": f"{place}{finding.code} {finding.name}: {message_of(finding)}",
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITY[finding.severity],
        "location": {"path": escape(span.path), "lines": lines},
    }
    details = details_of(finding)
    return issue | ({"content": {"body": "\n".join(details)}} if details else {})


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    from hashlib import sha256  # for problems only, which most reports are without

    return [
        {
            "description": escape(f"{problem.code or 'internal error'}: {_in_cell(problem)}{problem.message}"),
            "check_name": problem.code or "internal-error",
            # Without the line: the same broken file stays the same issue while it is edited.
            "fingerprint": sha256(f"{problem.path}\0{problem.code}\0{problem.message}".encode()).hexdigest()[:16],
            "severity": "blocker",
            "location": {
                "path": escape(problem.path),
                # GitLab needs a line: the first where it is not known.
                "lines": {"begin": file_line(problem) or 1},
            },
        }
        for problem in problems
    ]


def _in_cell(problem: Problem) -> str:
    return "" if problem.cell is None else f"cell {problem.cell}, line {problem.line}: "
