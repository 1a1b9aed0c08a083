"""A change of a file as a unified diff, byte for byte, so that `patch` can apply it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator

_NO_END = b"\n\\ No newline at end of file\n"


def patch(path: str, before: bytes, after: bytes) -> bytes:
    """The unified diff of a file; nothing where nothing changes."""
    name = os.fsencode(path)
    lines = difflib.diff_bytes(
        difflib.unified_diff, list(_lines(before)), list(_lines(after)), name, name, lineterm=b"\n"
    )
    return b"".join(line if line.endswith(b"\n") else line + _NO_END for line in lines)


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines with their ends. Not bytes.splitlines, to which a lone carriage return ends a line: `patch` sees
    none there."""
    *whole, rest = data.split(b"\n")
    yield from (line + b"\n" for line in whole)
    if rest:
        yield rest
