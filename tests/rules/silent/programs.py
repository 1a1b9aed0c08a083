"""Checks programs that are given as text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from textwrap import dedent

from freezelint.core.findings import Confidence
from freezelint.testing import check_program
from freezelint_rules import RULES


def codes(text: str, *rules: str) -> list[tuple[str, int]]:
    """The certain findings in a program: (code, line), in order; of the given rules only, where some are given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.py"
        path.write_text(dedent(text), encoding="utf-8")
        found = check_program(path, RULES)
    certain = [each for each in found if each.confidence is Confidence.CERTAIN and (not rules or each.code in rules)]
    return sorted((each.code, each.span.line) for each in certain)
