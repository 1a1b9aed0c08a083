"""The json format: one object with all findings and problems, described by schema.json beside this file."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from freezelint import __version__
from freezelint.core.claims import Claim
from freezelint.core.findings import Confidence, Edit, Finding, Fix, Note, Problem, Report, Safety, Severity, Verdict
from freezelint.core.spans import Span

Count = Annotated[int, msgspec.Meta(ge=1)]


class _Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    path: str
    line: Count
    column: Count
    end_line: Count
    end_column: Count
    cell: Count | None


class JsonNote(_Place, frozen=True):
    """Another place that the finding rests on."""

    message: str


class JsonEdit(_Place, frozen=True):
    """Replace the text at the place by `text`."""

    text: str


class JsonFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The remedy."""

    title: str
    safety: Safety
    edits: tuple[JsonEdit, ...]


class JsonFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mistake at one place: lines and columns count from 1, the end is exclusive."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    path: str
    line: Count
    column: Count
    end_line: Count
    end_column: Count
    cell: Count | None
    notes: tuple[JsonNote, ...]
    fix: JsonFix | None
    claim: Claim | None
    fingerprint: str
    verdict: Verdict | None
    origin: str


class JsonProblem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that could not be checked, or an internal error."""

    path: str
    message: str
    line: Count | None
    column: Count | None
    code: str | None
    internal: bool
    cell: Count | None


class JsonReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole report; `files` is how many were checked."""

    version: str
    findings: tuple[JsonFinding, ...]
    problems: tuple[JsonProblem, ...]
    files: Annotated[int, msgspec.Meta(ge=0)]


def write(report: Report) -> str:
    """The report as one JSON object."""
    view = JsonReport(
        version=__version__,
        findings=tuple(json_finding(finding) for finding in report.findings),
        problems=tuple(json_problem(problem) for problem in report.problems),
        files=report.files,
    )
    return msgspec.json.format(msgspec.json.encode(view), indent=2).decode("utf-8") + "\n"


def schema() -> str:
    """The JSON schema of what `write` returns: the text of schema.json."""
    described: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    described |= msgspec.json.schema(JsonReport)
    return msgspec.json.format(msgspec.json.encode(described), indent=2).decode("utf-8") + "\n"


def json_finding(finding: Finding) -> JsonFinding:
    """A finding as the format tells it."""
    return JsonFinding(
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        confidence=finding.confidence,
        message=finding.message,
        notes=tuple(_note(note) for note in finding.notes),
        fix=None if finding.fix is None else _fix(finding.fix),
        claim=finding.claim,
        fingerprint=finding.fingerprint,
        verdict=finding.verdict,
        origin=finding.origin,
        **_place(finding.span),
    )


def _note(note: Note) -> JsonNote:
    return JsonNote(message=note.message, **_place(note.span))


def _fix(fix: Fix) -> JsonFix:
    return JsonFix(title=fix.title, safety=fix.safety, edits=tuple(_edit(edit) for edit in fix.edits))


def _edit(edit: Edit) -> JsonEdit:
    return JsonEdit(text=edit.text, **_place(edit.span))


def json_problem(problem: Problem) -> JsonProblem:
    """A problem as the format tells it."""
    return JsonProblem(**{name: getattr(problem, name) for name in JsonProblem.__struct_fields__})


def _place(span: Span) -> dict[str, Any]:
    return msgspec.structs.asdict(span)
