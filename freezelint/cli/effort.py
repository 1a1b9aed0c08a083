"""The cache, the processes and the clock of a check, as the options and the settings ask for them."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from freezelint.cli.options import Effort
from freezelint.cli.output import complain
from freezelint.config import Settings
from freezelint.core.stages import Stages

if TYPE_CHECKING:
    from freezelint.run.check import Work


def work_of(effort: Effort, settings: Settings, *, cached: bool = True) -> Work:
    """How to work; without a cache where it is not to be used, whatever the options say."""
    from freezelint.run.cache import Cache
    from freezelint.run.check import Work

    cache = Cache(cache_folder(effort.cache_dir, settings)) if cached and effort.cache else None
    return Work(cache, jobs=effort.jobs, stages=Stages() if effort.profile else None)


def cache_folder(option: str | None, settings: Settings) -> str:
    """The folder of the cache: that of the option, of the settings, or the usual one."""
    if option is not None:
        return os.path.abspath(option)
    from freezelint.run.cache import FOLDER

    return os.path.normpath(os.path.join(settings.root, settings.cache_dir or FOLDER))


def show_profile(stages: Stages, started: float) -> None:
    """Write to standard error where the time went since `started`, a `time.perf_counter()`."""
    whole = time.perf_counter() - started
    for line in profile_lines(stages, whole):
        complain(line)


def profile_lines(stages: Stages, whole: float) -> list[str]:
    """The stages by the time they took, the longest first, then the counts. Seconds of processes that work at the same
    time are added up, so that they may be more than the whole."""
    ordered = sorted(stages.seconds.items(), key=lambda each: -each[1])
    lines = [f"{seconds:9.3f} s  {name}" for name, seconds in ordered if seconds >= 0.001]
    counts = [f"{number:11,}  {name}" for name, number in sorted(stages.counts.items())]
    return ["freezelint: where the time went", *lines, f"{whole:9.3f} s  in all, without loading the command", *counts]
