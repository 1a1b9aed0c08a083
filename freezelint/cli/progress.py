"""A progress bar for long work, on standard error where that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from freezelint.cli.options import Showing

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds without a bar: most checks are over by then, and rich is loaded only after them."""


class Bar:
    """Shows how many of the files the analysis has begun with."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._seen: set[str] = set()
        self._total = 0
        self._shown: tuple[Progress, TaskID] | None = None

    def stop(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown[0].stop()

    def begin(self, files: int) -> None:
        """The analysis starts, on so many files."""
        self._total = files

    def at(self, path: str) -> None:
        """The analysis is at this file."""
        self._seen.add(path)
        if self._shown is None:
            if time.monotonic() - self._started < PATIENCE:
                return
            self._shown = self._start()
        progress, task = self._shown
        progress.update(task, completed=min(len(self._seen), self._total))

    def _start(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        progress = Progress(
            TextColumn("analysing"), BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeElapsedColumn(),
            console=Console(file=sys.stderr), transient=True,
        )  # fmt: skip
        task = progress.add_task("", total=self._total)
        progress.start()
        return progress, task


@contextmanager
def shown_bar(showing: Showing, *, quiet: bool) -> Iterator[Bar | None]:
    """A bar where it is wanted and somebody sees it, else None; it is gone at the end."""
    if quiet or not showing.progress or not sys.stderr.isatty():
        yield None
        return
    bar = Bar()
    try:
        yield bar
    finally:
        bar.stop()
