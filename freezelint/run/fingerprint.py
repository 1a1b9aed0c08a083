"""Gives each finding a fingerprint that stays the same while the code around it moves or is formatted anew."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from freezelint.core.findings import Finding
from freezelint.core.spans import Span

_STRING = r"(?P<prefix>\b[A-Za-z]{1,2})?(?P<string>" + "|".join(
    (
        r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""',
        r"'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''",
        r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"',
        r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'",
    )
) + ")"  # fmt: skip
_PIECE = re.compile(_STRING + r"|(?P<comment>\#[^\n]*)|(?P<word>\w+)|(?P<sign>[^\w\s])", re.DOTALL)
_FORMATTING = frozenset("(),;\\")
"""What formatters put in and take out: brackets around expressions, commas at the end, joined lines."""


def with_fingerprints(
    findings: Iterable[Finding], sources: Mapping[str, str], *, root: str, cwd: str
) -> tuple[Finding, ...]:
    """The findings, in their order, each with its fingerprint.

    It depends on the code of the rule, the file's name within the project, the code that the finding stands on
    (see `content_of`), and on which of several equal ones it is: not on the lines around it, nor on the message.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for finding in findings:
        name = name_in_project(finding.span.path, root=root, cwd=cwd)
        key = (finding.code, name, content_of(finding.span, sources.get(finding.span.path, "")))
        seen[key] += 1
        result.append(msgspec.structs.replace(finding, fingerprint=digest(*key, str(seen[key]))))
    return tuple(result)


def name_in_project(path: str, *, root: str, cwd: str) -> str:
    """The path relative to the top of the project, with forward slashes, wherever freezelint was called."""
    return os.path.relpath(os.path.join(cwd, path), root).replace(os.sep, "/")


def digest(*parts: str) -> str:
    """A short name for the parts: 16 hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def content_of(span: Span, source: str) -> str:
    """The code at the span without all that is only formatting: blanks, line ends, comments, the kind of quotes, and
    the brackets and commas that formatters add. Not by `ast`, whose text differs between versions of Python.
    """
    # Not str.splitlines: a form feed ends no line of Python.
    lines = source.split("\n")[span.line - 1 : span.end_line]
    if lines:
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
    return " ".join(_pieces("\n".join(lines)))


def _pieces(text: str) -> Iterable[str]:
    for match in _PIECE.finditer(text):
        if match["string"] is not None:
            quotes = 3 if match["string"][:3] in ('"""', "'''") else 1
            inner = match["string"][quotes:-quotes].replace("\\'", "'").replace('\\"', '"')
            yield f"{(match['prefix'] or '').lower().replace('u', '')}'{inner}'"
        elif match["word"] is not None:
            yield match["word"]
        elif match["sign"] is not None and match["sign"] not in _FORMATTING:
            yield match["sign"]
