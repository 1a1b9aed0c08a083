"""Tells whether code outside the given files may call into one of them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from freezelint.config import Settings
from freezelint.discovery import FoundFile, discover
from freezelint.source.files import UnreadableSource, read_bytes


def callers_elsewhere(file: FoundFile, given: Sequence[FoundFile], settings: Settings, *, cwd: str) -> bool:
    """Whether a file of the project that was not given imports something called like this one.

    Where the user gave a folder, its files were given with all that is around them. A file that was named alone, by an
    editor or a hook, may have callers in others.
    """
    if not file.named:
        return False
    known = {each.real for each in given}
    imports = _imports_of(file.path)
    project = discover(
        [settings.root], cwd=cwd, root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
    )
    return any(imports.search(_bytes(each)) for each in project.files if each.real not in known)


def _imports_of(path: str) -> re.Pattern[bytes]:
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    module = os.path.basename(folder) if stem == "__init__" else stem
    word = re.escape(module.encode("utf-8", "surrogateescape"))
    return re.compile(rb"^[ \t]*\"?(?:from|import)\b[^\n(]*(?:\([^)]*)?\b" + word + rb"\b", re.MULTILINE)


def _bytes(file: FoundFile) -> bytes:
    try:
        return read_bytes(file.path)
    except UnreadableSource:
        return b""
