"""FRZ901: a suppression comment that silences nothing. Reported by `freezelint.run.comment_findings`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from freezelint.core.findings import Safety, Severity
from freezelint.core.rules import Mistake, Rule

if TYPE_CHECKING:
    from freezelint.core.timeline import Timeline


def check(timeline: Timeline) -> Iterable[Mistake]:
    """No timeline shows a comment."""
    return ()


RULE = Rule(
    code="FRZ901",
    name="unused-suppression",
    summary="a suppression comment that silences nothing",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="nothing to confirm: the comment itself is the evidence",
)
