"""Small programs given as text, and what freezelint is certain of in them."""

from __future__ import annotations

import os
import textwrap

from freezelint.analysis import analyse
from freezelint.core.findings import Confidence
from freezelint.source.files import SourceFile
from freezelint_rules import RULES


def codes(text: str, *rules: str) -> list[tuple[str, int]]:
    """The (code, line) of the certain findings in a program, of these rules or, where none are named, of all."""
    file = SourceFile(path=os.path.join(os.sep, "program", "main.py"), text=textwrap.dedent(text))
    chosen = [rule for rule in RULES if not rules or rule.code in rules]
    result = analyse([file], chosen)
    assert not result.problems, result.problems
    certain = [each for each in result.findings if each.confidence is Confidence.CERTAIN]
    return [(each.code, each.span.line) for each in certain]
