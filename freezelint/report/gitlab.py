"""The gitlab format: a Code Quality report, which GitLab shows in the merge request."""

from __future__ import annotations

from typing import Any

import msgspec

from freezelint.core.findings import Finding, Problem, Report, Severity
from freezelint.report.layout import message_of, place_of
from freezelint.report.printable import escape
from freezelint.report.wording import details_of

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(report: Report) -> str:
    """One JSON list of issues; what could not be checked is a blocker."""
    issues = [*map(_finding, report.findings), *_problems(report.problems)]
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode("utf-8") + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    span = finding.span
    # Lines within a cell are not lines of the file: GitLab needs a line, and the description tells the true place.
    place = "" if span.cell is None else f"{place_of(span)}: "
    lines = {"begin": span.line, "end": span.end_line} if span.cell is None else {"begin": 1}
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
                "lines": {"begin": problem.line if problem.line and problem.cell is None else 1},
            },
        }
        for problem in problems
    ]


def _in_cell(problem: Problem) -> str:
    return "" if problem.cell is None else f"cell {problem.cell}, line {problem.line}: "
