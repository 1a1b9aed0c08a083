"""Gives each finding a fingerprint that stays the same while the code around it moves."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from freezelint.core.findings import Finding


def with_fingerprints(
    findings: Iterable[Finding], sources: Mapping[str, str], *, root: str, cwd: str
) -> tuple[Finding, ...]:
    """The findings, in their order, each with its fingerprint.

    It depends on the code of the rule, the file's name within the project, the text of the lines that the finding
    stands on (blanks aside), and on which of several equal ones it is: not on line numbers, nor on the message.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for finding in findings:
        name = os.path.relpath(os.path.join(cwd, finding.span.path), root).replace(os.sep, "/")
        key = (finding.code, name, _text(finding, sources.get(finding.span.path, "")))
        seen[key] += 1
        digest = hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "backslashreplace")).hexdigest()
        result.append(msgspec.structs.replace(finding, fingerprint=digest[:16]))
    return tuple(result)


def _text(finding: Finding, source: str) -> str:
    """The lines of the finding, each without indentation and with single blanks."""
    # Not str.splitlines: a form feed ends no line of Python.
    lines = source.split("\n")[finding.span.line - 1 : finding.span.end_line]
    return "\n".join(" ".join(line.split()) for line in lines)
