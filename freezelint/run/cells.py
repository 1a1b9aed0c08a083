"""Turns places in the text of a notebook into places in its cells: the last step before a report is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from freezelint.core.cells import Notebook
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
        lines = report.notebooks[problem.path].in_file(span)
        return msgspec.structs.replace(problem, line=span.line, cell=span.cell, file_line=lines[0] if lines else None)

    return msgspec.structs.replace(
        report,
        findings=tuple(_moved(finding, placed) for finding in report.findings),
        problems=tuple(problem_in_cell(problem) for problem in report.problems),
    )


def in_text(findings: Iterable[Finding], notebooks: Mapping[str, Notebook]) -> tuple[Finding, ...]:
    """The findings of a run, which knows cells, with their places in the text of the notebook."""

    def placed(span: Span) -> Span:
        notebook = notebooks.get(span.path)
        return span if notebook is None else notebook.in_text(span)

    return tuple(_moved(finding, placed) for finding in findings)


def _moved(finding: Finding, placed: Callable[[Span], Span]) -> Finding:
    fix = finding.fix
    if fix is not None:
        fix = msgspec.structs.replace(fix, edits=tuple(Edit(placed(edit.span), edit.text) for edit in fix.edits))
    notes = tuple(Note(placed(note.span), note.message) for note in finding.notes)
    return msgspec.structs.replace(finding, span=placed(finding.span), notes=notes, fix=fix)
