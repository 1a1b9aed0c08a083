"""Files of the running Python's own library, as text that nobody wrote for these tests."""

from __future__ import annotations

import ast
import sysconfig
import warnings
from functools import cache
from pathlib import Path

from freezelint.source.files import UnreadableSource, read_source

LIBRARY = Path(sysconfig.get_path("stdlib"))


@cache
def stdlib_files(count: int, *, largest: int) -> tuple[tuple[Path, str], ...]:
    """About `count` files spread over the library, and its `largest` biggest; only those that `ast` accepts."""
    paths = sorted(path for path in LIBRARY.rglob("*.py") if not {"site-packages", "dist-packages"} & {*path.parts})
    by_size = sorted(paths, key=lambda path: path.stat().st_size)
    chosen = {*paths[:: max(len(paths) // count, 1)], *by_size[len(by_size) - largest :]}
    return tuple((path, text) for path in sorted(chosen) if (text := _readable(path)) is not None)


def _readable(path: Path) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text = read_source(path).text
            ast.parse(text)
        except (UnreadableSource, SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    return text
