"""FRZ902: a file that cannot be checked. Reported where the file is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from freezelint.core.findings import Severity
from freezelint.core.rules import Mistake, Rule

if TYPE_CHECKING:
    from freezelint.core.timeline import Timeline


def check(timeline: Timeline) -> Iterable[Mistake]:
    """A file that cannot be read has no timeline."""
    return ()


RULE = Rule(
    code="FRZ902",
    name="unreadable-file",
    summary="a file that cannot be checked: broken syntax, a wrong encoding, no permission",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="nothing to confirm: Python refuses the file as well",
)
