"""What a watched process is told to do, and what it reports: plain data that goes through files."""

from __future__ import annotations

import msgspec

from freezelint.core.environment import GoneOver
from freezelint.core.findings import Finding, Verdict


class Target(msgspec.Struct, frozen=True):
    """What to run: a "script", "module", "function" (`pkg.mod:name`), "notebook" or "pytest", with its arguments; or a
    "model" (`pkg.mod:factory`) to replay files on, with the shape of its input ("" where it is to be guessed) and the
    files."""

    kind: str
    name: str
    arguments: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """How a process is watched.

    `codes` are the rules that are on. `findings` are those of the analysis, `names` the absolute paths of the
    project's files with the paths shown. `steps` is the number of steps of one optimizer after which the run is
    stopped (None: never), `batches` how many batches each pass over a DataLoader gives at most. `folder` is where
    each process leaves its results.
    """

    target: Target
    codes: tuple[str, ...]
    findings: tuple[Finding, ...]
    names: dict[str, str]
    folder: str
    steps: int | None = 20
    batches: int | None = None
    hard: bool = False
    timeout: float | None = None


class Result(msgspec.Struct, frozen=True):
    """What one process saw. `verdicts` are by the number of the finding in the plan; `own` are findings that only the
    run shows, with their verdicts. `ended` says how the run ended: "finished", "stopped", "failed", "exited",
    "timed out" or "running" (as far as the last note says); `detail` more exactly.
    """

    process: int
    steps: int
    verdicts: dict[int, Verdict]
    own: tuple[Finding, ...]
    loaded: tuple[str, ...]
    ended: str
    detail: str = ""
    problems: tuple[str, ...] = ()
    gone_over: tuple[GoneOver, ...] = ()
    """The names that the program went over."""
    rank: int = 0
    """0 for the process that was asked for, above that those it started."""
