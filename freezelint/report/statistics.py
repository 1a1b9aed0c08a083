"""How often each rule was broken, instead of each finding: as text, and as JSON."""

from __future__ import annotations

from collections import Counter

import msgspec

from freezelint.core.findings import Report, Safety, Severity
from freezelint.report.layout import summary_of


class Counted(msgspec.Struct, frozen=True):
    """A rule that was broken: how often, in how many files, and how many of its findings have a fix of which kind."""

    code: str
    name: str
    severity: Severity
    findings: int
    files: int
    safe_fixes: int
    unsafe_fixes: int


def counted(report: Report) -> list[Counted]:
    """The rules that were broken, most often first."""
    findings = Counter((each.code, each.name, each.severity) for each in report.findings)
    fixes = Counter((each.code, each.fix.safety) for each in report.findings if each.fix is not None)
    files = Counter(code for code, _ in {(each.code, each.span.path) for each in report.findings})
    return [
        Counted(code, name, severity, count, files[code], fixes[code, Safety.SAFE], fixes[code, Safety.UNSAFE])
        for (code, name, severity), count in sorted(findings.items(), key=lambda item: (-item[1], item[0][0]))
    ]


def write(report: Report, *, summary: bool = True) -> str:
    """One line for each rule, then the summary."""
    rules = counted(report)
    width = len(str(max((rule.findings for rule in rules), default=0)))
    names = max((len(rule.name) for rule in rules), default=0)
    lines = [
        f"{rule.findings:>{width}}  {rule.code}  {rule.severity.value:<7}  {rule.name:<{names}}  in {rule.files} "
        f"{'file' if rule.files == 1 else 'files'}"
        for rule in rules
    ]
    if summary:
        lines += [*([""] if lines else []), summary_of(report)]
    return "".join(line + "\n" for line in lines)


def write_json(report: Report) -> str:
    """The same as a JSON list."""
    return msgspec.json.format(msgspec.json.encode(counted(report)), indent=2).decode("utf-8") + "\n"
