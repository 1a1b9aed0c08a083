"""The concise format: one line for each finding."""

from __future__ import annotations

from freezelint.core.findings import Finding, Report
from freezelint.report.layout import message_of, place_of


def write(report: Report) -> str:
    """`path:line:column: CODE name message` for each finding, and nothing else."""
    return "".join(
        f"{place_of(finding.span)}: {finding.code} {finding.name} {message_of(finding)}{_outcome(finding)}\n"
        for finding in report.findings
    )


def _outcome(finding: Finding) -> str:
    """What a run said, where there was one."""
    return "" if finding.verdict is None else f" [{finding.verdict.outcome}]"
