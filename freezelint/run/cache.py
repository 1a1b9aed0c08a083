"""The folder in which runs leave what later ones may use: records, each a file that is written whole or not at all.

Nothing in it is ever needed. A record that is missing, cut off, of another version or about other code is as good as
none, and where the folder cannot be written nothing is.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from contextlib import suppress
from typing import TypeVar

import msgspec

from freezelint import __version__

FOLDER = ".freezelint_cache"
MOST_RECORDS = 32
MOST_BYTES = 256 * 1024 * 1024
_FORMAT = 1
_TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"
_TAG_TEXT = _SIGNATURE + "# This folder was made by freezelint. What is in it can be deleted at any time.\n"
_SUFFIX = ".mpk"
_ABANDONED = 3600.0
"""Seconds after which a file that was never finished belongs to nobody."""

T = TypeVar("T")


class Stat(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """When a file was changed, in ns, and how many bytes it has."""

    mtime: int
    size: int


def stat_of(path: str) -> Stat | None:
    """The stat of a file; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return Stat(found.st_mtime_ns, found.st_size)


class Cache:
    """A folder of records. A record is named by its kind and a key; it is given back for an equal key alone."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def load(self, kind: str, key: bytes, type: type[T]) -> T | None:
        """The record of this kind and key, None where there is none that can be used."""
        try:
            with open(self._path(kind, key), "rb", buffering=0) as stream:
                data = stream.readall()
            head = int.from_bytes(data[:8], "little")
            if data[8 : 8 + head] != key:
                return None
            return msgspec.msgpack.decode(memoryview(data)[8 + head :], type=type)
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return None

    def save(self, kind: str, key: bytes, record: object) -> None:
        """Write a record; where that cannot be done, there is none: a text with half a character has no UTF-8."""
        with suppress(OSError, UnicodeEncodeError):
            data = msgspec.msgpack.encode(record)
            self._prepare()
            path = self._path(kind, key)
            scratch = f"{path}.{os.getpid()}"
            try:
                with open(scratch, "wb") as stream:
                    stream.write(len(key).to_bytes(8, "little") + key + data)
                os.replace(scratch, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(scratch)
                raise
            self._prune(keep=path)

    def clean(self) -> bool:
        """Remove what freezelint wrote there, and the folder if that leaves it empty; False where it is no cache."""
        try:
            with open(os.path.join(self.folder, _TAG), encoding="utf-8") as stream:
                ours = stream.read() == _TAG_TEXT
        except (OSError, UnicodeDecodeError):
            return False
        if not ours:
            return False
        for entry in [*self._records(), os.path.join(self.folder, ".gitignore"), os.path.join(self.folder, _TAG)]:
            with suppress(OSError):
                os.unlink(entry)
        with suppress(OSError):
            os.rmdir(self.folder)
        return True

    def _path(self, kind: str, key: bytes) -> str:
        return os.path.join(self.folder, f"{kind}-{zlib.crc32(key):08x}{_SUFFIX}")

    def _prepare(self) -> None:
        if os.path.isfile(os.path.join(self.folder, _TAG)):
            return
        os.makedirs(self.folder, exist_ok=True)
        for name, text in ((".gitignore", "# Made by freezelint.\n*\n"), (_TAG, _TAG_TEXT)):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as stream:
                stream.write(text)

    def _records(self) -> list[str]:
        """The records, finished or not."""
        with suppress(OSError), os.scandir(self.folder) as scan:
            return [
                entry.path for entry in scan if _SUFFIX in entry.name and entry.name.startswith(("run-", "entries-"))
            ]
        return []

    def _prune(self, *, keep: str) -> None:
        """Delete the oldest records beyond what the folder may hold, and what was never finished."""
        stats = [(path, found) for path in self._records() if (found := stat_of(path)) is not None]
        size, number = 0, 0
        for path, found in sorted(stats, key=lambda each: (each[0] != keep, -each[1].mtime)):
            if not path.endswith(_SUFFIX):
                if time.time() - found.mtime / 1e9 > _ABANDONED:
                    _unlink(path)
                continue
            number, size = number + 1, size + found.size
            if path != keep and (number > MOST_RECORDS or size > MOST_BYTES):
                _unlink(path)


def _unlink(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)


def tool_key() -> tuple[object, ...]:
    """What tells installations of freezelint apart: its version, Python's, and the folders that packages are in, which
    change when one is installed or removed. The code itself is looked at by `code_of`."""
    return (_FORMAT, __version__, sys.version, sys.platform, *_package_folders())


def _package_folders() -> list[tuple[str, int]]:
    found = []
    for folder in dict.fromkeys(os.path.abspath(path) for path in sys.path):
        with suppress(OSError):
            if any(name.endswith((".dist-info", ".egg-info")) for name in os.listdir(folder)):
                found.append((folder, os.stat(folder).st_mtime_ns))
    return found


def code_of(packages: set[str]) -> dict[str, Stat]:
    """The files of packages, by the names they are imported under, as they are now."""
    found: dict[str, Stat] = {}
    for name in sorted(packages):
        module = sys.modules.get(name)
        for folder in getattr(module, "__path__", ()):
            for top, folders, files in os.walk(folder):
                folders[:] = [each for each in folders if each != "__pycache__"]
                paths = (os.path.join(top, file) for file in files)
                found.update((path, stat) for path in paths if (stat := stat_of(path)) is not None)
        file = getattr(module, "__file__", None)
        if file is not None and (stat := stat_of(file)) is not None:
            found[file] = stat
    return found


def is_same_code(code: dict[str, Stat]) -> bool:
    """Whether files of code are as they were."""
    return all(stat_of(path) == stat for path, stat in code.items())
