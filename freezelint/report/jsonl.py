"""The jsonl format: one JSON object on each line, a finding, a problem, and last the summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from freezelint import __version__
from freezelint.core.findings import Report
from freezelint.report.json import json_finding, json_problem


def write(report: Report) -> str:
    """One line for each finding and problem, the fields being those of the json format, and one with the counts."""
    return "".join(msgspec.json.encode(line).decode("utf-8") + "\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {"type": "finding", **msgspec.to_builtins(json_finding(finding))}
    for problem in report.problems:
        yield {"type": "problem", **msgspec.to_builtins(json_problem(problem))}
    yield {
        "type": "summary",
        "version": __version__,
        "findings": len(report.findings),
        "problems": len(report.problems),
        "files": report.files,
    }
