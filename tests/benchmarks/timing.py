"""Times two commands in turn, so that what disturbs the machine disturbs both."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec


class Command(msgspec.Struct, frozen=True):
    """A process to time: its arguments, and the folder it runs in."""

    name: str
    arguments: tuple[str, ...]
    folder: Path


class Timing(msgspec.Struct, frozen=True):
    """Wall times of one command in seconds, one for each run."""

    command: Command
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the wall times, in seconds."""
        return statistics.median(self.seconds)


class Pair(msgspec.Struct, frozen=True):
    """Two commands timed in turn."""

    subject: Timing
    peer: Timing

    @property
    def ratio(self) -> float:
        """How many times as long the subject takes."""
        return self.subject.median / self.peer.median


class Failed(Exception):
    """A command ended as no linter does."""


def run(command: Command) -> float:
    """Run a command once; seconds of wall time. Raises `Failed` where it is neither clean nor reports findings."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    started = time.perf_counter()
    result = subprocess.run(
        command.arguments, cwd=command.folder, env=environment, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - started
    if result.returncode not in (0, 1):
        last = (result.stderr.strip().splitlines() or ["no message"])[-1]
        raise Failed(f"{command.name} ended with {result.returncode}: {last}")
    return taken


def alternate(subject: Command, peer: Command, runs: int) -> Pair:
    """Both commands `runs` times in turn, after one run of each that warms the disk."""
    commands: Sequence[Command] = (subject, peer)
    for command in commands:
        run(command)
    taken: list[list[float]] = [[], []]
    for _ in range(runs):
        for number, command in enumerate(commands):
            taken[number].append(run(command))
    return Pair(Timing(subject, tuple(taken[0])), Timing(peer, tuple(taken[1])))


def largest_child() -> float:
    """The largest memory that a process started from here has held, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
