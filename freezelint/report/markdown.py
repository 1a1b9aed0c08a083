"""The markdown format: a comment for a pull request, with a table of the findings and the details of each folded away.

It is cut to what GitHub takes as one comment. Text from the source stands in code spans and code blocks whose fences
it cannot close; all other text has the characters escaped that Markdown, HTML or a mention of a user would start with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from freezelint.core.findings import Finding, Report, Severity
from freezelint.report.layout import message_of, place_of, problem_line, source_of, summary_of
from freezelint.report.printable import cells, escape
from freezelint.report.wording import verdict_of

LONGEST = 60_000
"""In characters: GitHub takes 65536, and some room is left for what an action writes around the report."""
CONTEXT = 2
"""Lines of source shown before and after that of a finding."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&@]")
_SIGN = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_MARKED = {"@": "@\u200b", "<": "&lt;", ">": "&gt;", "&": "&amp;", "#": "#\u200b"}


def write(report: Report) -> str:
    """The report as GitHub flavoured Markdown."""
    head = [f"### freezelint: {_escaped(summary_of(report))}", ""]
    table = ["| | where | rule | what |", "|---|---|---|---|", *(_row(finding) for finding in report.findings)]
    problems = [f"- {_code(problem_line(problem))}" for problem in report.problems]
    details = [_details(finding, report) for finding in report.findings]
    if problems:
        head += ["Could not be checked:", "", *_first(problems, LONGEST // 4), ""]
    return _fitting("\n".join(head), table if report.findings else [], details, len(report.findings))


def _fitting(head: str, table: list[str], details: list[str], findings: int) -> str:
    """The parts that fit, whole rows and whole details only, and how many did not."""
    room = LONGEST - len(head)
    rows = _first(table, room * 2 // 3) if table else []
    shown = max(0, len(rows) - 2)
    text = head + "".join(f"\n{row}" for row in rows) + ("\n" if rows else "")
    if shown < findings:
        text += f"\n{findings - shown} more are not shown here.\n"
    for block in details[:shown]:
        if len(text) + len(block) > LONGEST:
            break
        text += "\n" + block
    return text.rstrip("\n") + "\n"


def _first(lines: Iterable[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def _row(finding: Finding) -> str:
    verdict = f" ({_escaped(finding.verdict.outcome)})" if finding.verdict is not None else ""
    place = _code(place_of(finding.span), in_table=True)
    what = _prose(message_of(finding), in_table=True)
    return f"| {_SIGN[finding.severity]} | {place} | {_escaped(f'{finding.code} {finding.name}')} | {what}{verdict} |"


def _details(finding: Finding, report: Report) -> str:
    title = f"<code>{_html(place_of(finding.span))}</code> {_html(finding.code)}"
    lines = [f"<details><summary>{title}</summary>", "", _prose(message_of(finding)), ""]
    lines += _source(finding, report)
    lines += [f"- {_code(place_of(note.span))}: {_prose(escape(note.message))}" for note in finding.notes]
    if finding.fix is not None:
        lines.append(f"- help: {_prose(escape(finding.fix.title))} ({finding.fix.safety.value} fix)")
    if finding.verdict is not None:
        lines.append(f"- run: {_prose(verdict_of(finding.verdict))}")
    return "\n".join([*lines, "", "</details>", ""])


def _source(finding: Finding, report: Report) -> list[str]:
    source = source_of(report, finding.span)
    if source is None:
        return []
    lines = source.split("\n")
    first = max(0, finding.span.line - 1 - CONTEXT)
    shown = [_line(line) for line in lines[first : finding.span.line + CONTEXT]]
    longest = max((len(run) for line in shown for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}python", *shown, fence, ""]


def _line(line: str) -> str:
    return "".join(shown for shown, _ in cells(line.rstrip()))[:200]


def _prose(text: str, *, in_table: bool = False) -> str:
    """A message: what stands in backticks stays code, everything else is plain text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _escaped(text)
    return "".join(
        _code(part, in_table=in_table) if number % 2 else _escaped(part) for number, part in enumerate(parts)
    )


def _code(text: str, *, in_table: bool = False) -> str:
    """A code span; in a table a bar would end the cell even there."""
    if not text:
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text.replace('|', chr(92) + '|') if in_table else text}{pad}{fence}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _MARKED.get(match[0], "\\" + match[0]), text)


def _html(text: str) -> str:
    return re.sub(r"[&<>\"'@#*_`~\[\]\\]", lambda match: f"&#{ord(match[0])};", text)
