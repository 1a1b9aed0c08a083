"""The rules about freezelint's own business: comments that silence nothing, files that cannot be read.

No timeline shows what they speak of, so their checks find nothing: the run reports them. They are rules all the same,
with a code, a page and a severity, to be selected and ignored like the others.
"""

from __future__ import annotations

from freezelint.core.rules import Rule

from .frz901_unused_suppression import RULE as UNUSED_SUPPRESSION
from .frz902_unreadable_file import RULE as UNREADABLE_FILE
from .frz903_unknown_code_in_suppression import RULE as UNKNOWN_CODE

OWN: tuple[Rule, ...] = (UNUSED_SUPPRESSION, UNREADABLE_FILE, UNKNOWN_CODE)
OWN_CODES = frozenset(rule.code for rule in OWN)

__all__ = ["OWN", "OWN_CODES", "UNKNOWN_CODE", "UNREADABLE_FILE", "UNUSED_SUPPRESSION"]
