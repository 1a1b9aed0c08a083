"""Which files of the project a program may load: those it imports, by reading and not by running."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator, Sequence

from freezelint.source.files import UnreadableSource, read_source

_MOST = 5000


def closure(files: Iterable[str], roots: Sequence[str]) -> tuple[str, ...]:
    """The files and all files below the roots (or beside a file) that they import, directly or not. Paths absolute."""
    found: dict[str, None] = {}
    waiting = [os.path.abspath(file) for file in files]
    while waiting and len(found) < _MOST:
        file = waiting.pop()
        if file in found or not os.path.isfile(file):
            continue
        found[file] = None
        for level, name, members in _imports(file):
            waiting.extend(_files(file, level, name, members, roots))
    return tuple(sorted(found))


def locate(module: str, roots: Sequence[str]) -> str | None:
    """The file of a module, a package's `__main__` where it has one, or None where the roots do not hold it."""
    for root in roots:
        base = os.path.join(root, *module.split("."))
        for path in (base + ".py", os.path.join(base, "__main__.py"), os.path.join(base, "__init__.py")):
            if os.path.isfile(path):
                return path
    return None


def _imports(file: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    try:
        tree = ast.parse(read_source(file).text)
    except (UnreadableSource, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or "", tuple(alias.name for alias in node.names)


def _files(file: str, level: int, name: str, members: tuple[str, ...], roots: Sequence[str]) -> Iterator[str]:
    folder = os.path.dirname(file)
    if level:
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        bases: Iterable[str] = (folder,)
    else:
        bases = dict.fromkeys((folder, *roots))
    for base in bases:
        path, parts = base, name.split(".") if name else []
        for number, part in enumerate(parts):
            path = os.path.join(path, part)
            yield os.path.join(path, "__init__.py")
            if number == len(parts) - 1:
                yield path + ".py"
        for member in members:
            yield os.path.join(path, member + ".py")
            yield os.path.join(path, member, "__init__.py")
