"""FRZ903: a suppression comment that names no rule. Reported by `freezelint.run.comment_findings`."""

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
    code="FRZ903",
    name="unknown-code-in-suppression",
    summary="a suppression comment that names a rule which does not exist",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="nothing to confirm: the comment itself is the evidence",
)
