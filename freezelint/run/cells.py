"""Turns places in the text of a notebook into places in its cells: the last step before a report is shown."""

from __future__ import annotations

import msgspec

from freezelint.core.findings import Edit, Finding, Note, Problem, Report
from freezelint.core.spans import Span


def in_cells(report: Report) -> Report:
    """The report with every place in a notebook, of findings, notes, edits and problems, as a line of a cell.

    Done twice it is done once. Nothing that reads files or edits them wants the result.
    """
    if not report.notebooks:
        return report

    def placed(span: Span) -> Span:
        notebook = report.notebooks.get(span.path)
        return span if notebook is None else notebook.in_cell(span)

    def problem_in_cell(problem: Problem) -> Problem:
        if problem.path not in report.notebooks or problem.line is None or problem.cell is not None:
            return problem
        span = placed(Span(problem.path, problem.line, 1, problem.line, 1))
        return msgspec.structs.replace(problem, line=span.line, cell=span.cell)

    def finding_in_cell(finding: Finding) -> Finding:
        fix = finding.fix
        if fix is not None:
            edits = tuple(Edit(placed(edit.span), edit.text) for edit in fix.edits)
            fix = msgspec.structs.replace(fix, edits=edits)
        notes = tuple(Note(placed(note.span), note.message) for note in finding.notes)
        return msgspec.structs.replace(finding, span=placed(finding.span), notes=notes, fix=fix)

    return msgspec.structs.replace(
        report,
        findings=tuple(finding_in_cell(finding) for finding in report.findings),
        problems=tuple(problem_in_cell(problem) for problem in report.problems),
    )
