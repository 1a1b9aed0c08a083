"""Tells when files below some paths change: by the system where watchfiles is installed, else by looking regularly."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence

from freezelint.discovery import USUAL_EXCLUDES

INTERVAL = 0.5
"""Seconds between two looks, where the system does not tell."""

_SETTINGS = ("pyproject.toml", "freezelint.toml")
_SOURCES = (".py", ".ipynb")

Snapshot = dict[str, tuple[int, int]]


def changes(paths: Sequence[str], *, interval: float = INTERVAL) -> Iterator[None]:
    """Yields whenever a source or settings file at or below the paths was written, made or removed since this call.

    What changes while its user is busy with the last change is not lost. Ends only with KeyboardInterrupt.
    """
    return _changes(paths, snapshot(paths), interval)


def _changes(paths: Sequence[str], known: Snapshot, interval: float) -> Iterator[None]:
    for _ in _moments(paths, interval):
        now = snapshot(paths)
        if now != known:
            known = now
            yield


def _moments(paths: Sequence[str], interval: float) -> Iterator[object]:
    """The moments at which it is worth to look."""
    try:
        from watchfiles import watch
    except ImportError:
        while True:
            time.sleep(interval)
            yield None
    existing = [path for path in paths if os.path.exists(path)]
    # Also without news now and then: the system tells nothing of what was changed before it began to watch.
    yield from watch(
        *existing, watch_filter=lambda _, path: _matters(path), raise_interrupt=True, step=100,
        rust_timeout=2000, yield_on_timeout=True,
    )  # fmt: skip


def snapshot(paths: Sequence[str]) -> Snapshot:
    """The time of the last write and the size of each file that matters."""
    found: Snapshot = {}
    stack = [os.path.abspath(path) for path in paths]
    while stack:
        path = stack.pop()
        try:
            if os.path.isdir(path):
                with os.scandir(path) as entries:
                    stack += [entry.path for entry in entries if _is_looked_into(entry)]
            else:
                status = os.stat(path)
                found[path] = (status.st_mtime_ns, status.st_size)
        except OSError:  # gone meanwhile, or not to be read: the check tells of it
            continue
    return found


def _is_looked_into(entry: os.DirEntry[str]) -> bool:
    if entry.is_dir(follow_symlinks=False):
        return entry.name not in USUAL_EXCLUDES
    return _is_read(entry.name)


def _matters(path: str) -> bool:
    return _is_read(os.path.basename(path)) and not USUAL_EXCLUDES.intersection(path.split(os.sep))


def _is_read(name: str) -> bool:
    return name.endswith(_SOURCES) or name in _SETTINGS
