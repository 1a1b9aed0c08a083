"""Runs the check in a process of its own that may use so much memory and time, and tells how it went."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
MEMORY = 3 << 30


class Problem(msgspec.Struct, frozen=True):
    """A problem of the json report, as far as it is of interest."""

    path: str
    message: str
    internal: bool


class Found(msgspec.Struct, frozen=True):
    """A finding, likewise."""

    code: str
    path: str
    line: int


class Outcome(msgspec.Struct, frozen=True):
    """A report."""

    findings: tuple[Found, ...]
    problems: tuple[Problem, ...]
    files: int
    code: int = 0

    @property
    def internal(self) -> list[str]:
        """The internal errors."""
        return [f"{each.path}: {each.message}" for each in self.problems if each.internal]


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def checked(
    paths: Sequence[str], *, cwd: Path, timeout: float = 120, options: Sequence[str] = ("--isolated",)
) -> Outcome:
    """The report on the paths, by all rules. Raises AssertionError where there is none, TimeoutExpired."""
    roots = [str(ROOT), str(ROOT / "rules"), os.environ.get("PYTHONPATH", "")]
    options = (*options, "--select", "FRZ", "--possible", "--output-format", "json")
    result = subprocess.run(
        [sys.executable, "-m", "freezelint", *options, *paths],
        cwd=cwd, capture_output=True, timeout=timeout, check=False, preexec_fn=_limited,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, roots))},
    )  # fmt: skip
    said = result.stderr.decode("utf-8", "replace")
    assert result.returncode in (0, 1, 2), f"exit code {result.returncode}: {said[-2000:]}"
    assert "Traceback" not in said, said[-2000:]
    assert result.stdout, said[-2000:]
    return msgspec.structs.replace(msgspec.json.decode(result.stdout, type=Outcome), code=result.returncode)
