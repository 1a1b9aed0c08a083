"""The github format: workflow commands that GitHub Actions shows beside the changed lines."""

from __future__ import annotations

from freezelint.core.findings import Finding, Problem, Report, Severity
from freezelint.report.layout import file_line, file_lines, message_of, place_of

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(report: Report) -> str:
    """One workflow command for each finding and each problem."""
    commands = [_finding(finding, report) for finding in report.findings]
    commands.extend(map(_problem, report.problems))
    return "".join(command + "\n" for command in commands)


def _finding(finding: Finding, report: Report) -> str:
    span = finding.span
    place: dict[str, object] = {"file": span.path}
    message = message_of(finding)
    if span.cell is None:
        place |= {"line": span.line, "endLine": span.end_line, "col": span.column}
        # GitHub refuses an end column where the end is on another line; its columns are inclusive.
        if span.end_line == span.line:
            place["endColumn"] = max(span.column, span.end_column - 1)
    else:
        # The line of the file is one of JSON, and the message tells the true place.
        message = f"{place_of(span)}: {message}"
        lines_of_file = file_lines(span, report)
        if lines_of_file is not None:
            place |= {"line": lines_of_file[0], "endLine": lines_of_file[1]}
    lines = [message, *(f"{place_of(note.span)}: {note.message}" for note in finding.notes)]
    if finding.fix is not None:
        lines.append(finding.fix.title)
    return _line(_COMMAND[finding.severity], place | {"title": f"{finding.code} {finding.name}"}, "\n".join(lines))


def _problem(problem: Problem) -> str:
    place: dict[str, object] = {"file": problem.path}
    message = problem.message
    if problem.cell is not None:
        message = f"cell {problem.cell}, line {problem.line}: {message}"
    line = file_line(problem)
    if line is not None:
        place["line"] = line
        if problem.column is not None and problem.cell is None:
            place["col"] = problem.column
    return _line("error", place | {"title": problem.code or "internal error"}, message)


def _line(command: str, properties: dict[str, object], message: str) -> str:
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{command} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
