"""What files hold, as short digests. A file that has the time and the size of an earlier look is not read again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping

import msgspec

from freezelint.run.cache import Stat, stat_of
from freezelint.source.files import SourceFile, UnreadableSource, read_bytes, source_of

_TICK = 50_000_000
"""How much coarser than the clock, in ns, the times of files may be."""


class Seen(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file as it was: its stat, None where it had none, and the digest of its bytes, empty where it had none."""

    stat: Stat | None
    digest: bytes


class Looked(msgspec.Struct, frozen=True):
    """Files as they were, and when that was, in ns: what changed at or after that time may look the same."""

    files: dict[str, Seen]
    time: int


class Contents:
    """The files as they are now, by absolute path. `instead` has contents that are taken for those on disk."""

    def __init__(self, instead: Mapping[str, bytes] | None = None) -> None:
        self._started = time.time_ns()
        self._known: list[Looked] = []
        self._instead = dict(instead or {})
        self._now: dict[str, Seen] = {}
        self._read: dict[str, Stat | None] = {}
        """The files that were read, and how they looked just before."""

    def learn(self, known: Looked) -> None:
        """Trust an earlier look as far as times and sizes of files are still the same."""
        self._known.append(known)

    def unchanged(self, path: str) -> Seen | None:
        """What is known of a file that need not be read again; None of one that may be another than it was."""
        found = self._now.get(path)
        if found is not None:
            return found
        if path in self._instead:
            return None
        for known in self._known:
            seen = known.files.get(path)
            if seen is not None:
                stat = stat_of(path)
                if stat == seen.stat and (stat is None or stat.mtime < known.time - _TICK):
                    self._now[path] = seen
                    return seen
        return None

    def digest(self, path: str) -> bytes:
        """The digest of a file's bytes; empty where it cannot be read, or was another when it was read before."""
        found = self.unchanged(path)
        if found is None:
            found = self._now[path] = self._seen(path)
        return found.digest

    def _seen(self, path: str) -> Seen:
        if path in self._instead:
            return Seen(None, digest_of(self._instead[path]))
        # Before it is read: what is written meanwhile must not look as if it had been seen.
        stat = stat_of(path)
        try:
            digest = digest_of(read_bytes(path))
        except UnreadableSource:
            digest = b""
        return Seen(stat, digest if self._read.get(path, stat) == stat else b"")

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises `UnreadableSource`. They get their digest only when somebody asks: a project
        without training code has no use for it."""
        if path in self._instead:
            return self._instead[path]
        self._read[path] = stat_of(path)
        return read_bytes(path)

    def source(self, path: str, display: str) -> SourceFile:
        """The text of a file; raises `UnreadableSource`."""
        return source_of(self.read(path), display)

    def looked(self, paths: Iterable[str]) -> Looked:
        """These files as they are now."""
        digests = {path: self.digest(path) for path in paths}
        return Looked(files={path: self._now[path] for path in digests}, time=self._started)


def digest_of(data: bytes) -> bytes:
    """A short name for bytes."""
    # Imported only where there is something to be named.
    from hashlib import sha256

    return sha256(data).digest()[:16]


class Places(msgspec.Struct, frozen=True):
    """Paths at which there was nothing, by the folder that would list them, and paths at which there was a file."""

    absent: dict[str, list[str]]
    present: list[str]


def places_of(absent: Iterable[str], present: Iterable[str]) -> Places:
    folders: dict[str, list[str]] = {}
    for path in sorted(absent):
        folder, name = os.path.split(path)
        folders.setdefault(folder, []).append(name)
    return Places(absent=folders, present=sorted(present))


class Listing:
    """What folders hold now; each is listed once."""

    def __init__(self) -> None:
        self._names: dict[str, frozenset[str]] = {}

    def has(self, folder: str, name: str) -> bool:
        """Whether a folder has anything of this name."""
        names = self._names.get(folder)
        if names is None:
            try:
                names = frozenset(os.listdir(folder))
            except (OSError, ValueError):
                names = frozenset()
            self._names[folder] = names
        return name in names

    def are_same(self, places: Places) -> bool:
        """Whether there is still nothing where there was nothing, and a file where there was one."""
        if any(self.has(folder, name) for folder, names in places.absent.items() for name in names):
            return False
        return all(os.path.isfile(path) for path in places.present)
