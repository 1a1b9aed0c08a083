"""A report with one of everything, for the tests of the writers."""

from __future__ import annotations

from freezelint.core.claims import NoEffect
from freezelint.core.findings import (
    Confidence,
    Edit,
    Finding,
    Fix,
    Note,
    Problem,
    Report,
    Safety,
    Severity,
    Verdict,
)
from freezelint.core.spans import Span

SOURCE = """\
import torch
model = torch.nn.Linear(2, 2)
model.requires_grad = False
"""


def finding(
    span: Span | None = None,
    *,
    message: str = "`model.requires_grad = False` sets a plain attribute of a module",
    severity: Severity = Severity.ERROR,
    confidence: Confidence = Confidence.CERTAIN,
    notes: tuple[Note, ...] = (),
    full: bool = False,
) -> Finding:
    """A finding; `full` with a fix, a claim, a verdict and a fingerprint."""
    span = span or Span("train.py", 3, 1, 3, 28)
    edit = Edit(Span(span.path, 3, 7, 3, 28), "requires_grad_(False)")
    return Finding(
        code="FRZ101",
        name="requires-grad-on-module",
        severity=severity,
        confidence=confidence,
        message=message,
        span=span,
        notes=notes,
        fix=Fix("write `model.requires_grad_(False)`", Safety.SAFE, (edit,)) if full else None,
        claim=NoEffect("model") if full else None,
        fingerprint="0123456789abcdef" if full else "",
        verdict=Verdict("CONFIRMED", "nothing changed", {"moved": 0.5, "flags": 2, "of": "model"}, 3) if full else None,
    )


def report(*findings: Finding, source: str = SOURCE, problems: tuple[Problem, ...] = (), files: int = 2) -> Report:
    """A report about train.py."""
    return Report(findings=findings, problems=problems, files=files, sources={"train.py": source})


def full_report() -> Report:
    """A report in which every field of every part is used."""
    note = Note(Span("train.py", 2, 1, 2, 30), "built here")
    cell = Note(Span("work.ipynb", 1, 1, 1, 2, cell=4), "used here")
    return report(
        finding(notes=(note, cell), full=True),
        finding(Span("work.ipynb", 1, 1, 2, 1, cell=3), severity=Severity.WARNING, confidence=Confidence.POSSIBLE),
        problems=(
            Problem("broken.py", "invalid syntax", 1, 2, "FRZ902"),
            Problem("gone.py", "cannot be read: no such file or folder", code="FRZ902"),
            Problem("odd.py", "KeyError: 'x'", internal=True),
        ),
    )
