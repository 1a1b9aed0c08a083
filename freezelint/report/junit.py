"""The junit format: XML as test runners write it; a finding is a failed test of its file."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from freezelint.core.findings import Finding, Problem, Report
from freezelint.report.excerpt import excerpt
from freezelint.report.layout import EXCERPT_WIDTH, message_of, place_of, problem_line, source_of
from freezelint.report.printable import escape
from freezelint.report.wording import details_of


def write(report: Report) -> str:
    """A suite for each file with a finding or a problem; one test that passed where there is neither."""
    suites = ElementTree.Element("testsuites", name="freezelint")
    for path in sorted({*(each.span.path for each in report.findings), *(each.path for each in report.problems)}):
        findings = [finding for finding in report.findings if finding.span.path == path]
        problems = [problem for problem in report.problems if problem.path == path]
        suite = _suite(suites, escape(path), failures=len(findings), errors=len(problems))
        _cases(suite, findings, problems, report)
    if not len(suites):
        ElementTree.SubElement(
            _suite(suites, "freezelint", tests=1), "testcase", classname="freezelint", name="no mistakes found"
        )
    for count in ("tests", "failures", "errors"):
        suites.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _suite(
    parent: ElementTree.Element, name: str, *, tests: int = 0, failures: int = 0, errors: int = 0
) -> ElementTree.Element:
    counts = {"tests": tests or failures + errors, "failures": failures, "errors": errors}
    return ElementTree.SubElement(parent, "testsuite", {"name": name, **{key: str(n) for key, n in counts.items()}})


def _cases(
    suite: ElementTree.Element, findings: Iterable[Finding], problems: Iterable[Problem], report: Report
) -> None:
    for finding in findings:
        attributes = {"classname": escape(finding.span.path), "name": f"{finding.code} at {_within(finding)}"}
        if finding.span.cell is None:
            attributes |= {"file": escape(finding.span.path), "line": str(finding.span.line)}
        case = ElementTree.SubElement(suite, "testcase", attributes)
        failure = {"type": f"{finding.code} {finding.name}", "message": message_of(finding)}
        ElementTree.SubElement(case, "failure", failure).text = _text(finding, report)
    for problem in problems:
        code = problem.code or "internal error"
        cell = None if problem.cell is None else f"cell {problem.cell}"
        place = ":".join(str(part) for part in (cell, problem.line, problem.column) if part is not None)
        name = f"{code} at {place}" if place else code
        case = ElementTree.SubElement(suite, "testcase", {"classname": escape(problem.path), "name": name})
        error = ElementTree.SubElement(case, "error", {"type": code, "message": escape(problem.message)})
        error.text = problem_line(problem)


def _within(finding: Finding) -> str:
    """The place within the file: two findings of one rule in one file are two tests."""
    span = finding.span
    return f"{'' if span.cell is None else f'cell {span.cell}:'}{span.line}:{span.column}"


def _text(finding: Finding, report: Report) -> str:
    lines = [f"{place_of(finding.span)}: {message_of(finding)}"]
    source = source_of(report, finding.span)
    if source is not None and (shown := excerpt(source, finding.span, EXCERPT_WIDTH)):
        lines += [shown.text, " " * shown.indent + "^" * shown.carets]
    return "\n".join([*lines, *details_of(finding)])
