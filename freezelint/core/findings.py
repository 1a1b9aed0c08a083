"""Findings: what freezelint reports, and the report that carries them."""

from __future__ import annotations

from enum import Enum

import msgspec

from .cells import Notebook
from .claims import Claim
from .recipes import Recipe
from .spans import Span


class Severity(Enum):
    """By consequence: the code does not do what it says / trains, but not as meant / off unless selected."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(Enum):
    """CERTAIN only where every truth that the finding rests on is YES: computed, never chosen."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Safety(Enum):
    """Whether applying a fix may change what trains (UNSAFE), not (SAFE), or it is only shown (DISPLAY)."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Edit(msgspec.Struct, frozen=True):
    """Replace the text of `span` (empty for an insertion) by `text`."""

    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True):
    """The remedy: a title that says what to write, the recipes of a rule, and the edits that write it (none: only
    shown). Edits are resolved from recipes by the run, all of them or none."""

    title: str
    safety: Safety
    edits: tuple[Edit, ...] = ()
    recipes: tuple[Recipe, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """Another place that the finding rests on: "frozen here", "optimizer built here"."""

    span: Span
    message: str


class Verdict(msgspec.Struct, frozen=True):
    """What a run said of a finding."""

    outcome: str
    summary: str
    evidence: dict[str, float | int | str]
    steps: int


class Finding(msgspec.Struct, frozen=True):
    """One mistake at one place.

    `message` is one line, lower case, no full stop, the user's own names in backticks: what *is*. `fingerprint` is
    stable under unrelated edits and is filled in by the run, as is `verdict` by `confirm`.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    span: Span
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    claim: Claim | None = None
    fingerprint: str = ""
    verdict: Verdict | None = None
    origin: str = "static"
    """"static" where the analysis found it, "run" where only a run shows it."""


class Problem(msgspec.Struct, frozen=True):
    """A file that could not be checked, or an internal error: one clear line, where it is known a place."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None
    code: str | None = None
    internal: bool = False
    cell: int | None = None
    """The cell of a notebook that the line counts in; None where it is a line of the file."""
    file_line: int | None = None
    """Of such a line, the line of the notebook's file on which it is written."""


class RuleInfo(msgspec.Struct, frozen=True):
    """What a report may tell of a rule; `page` is its page in Markdown, empty where no format asked for it."""

    code: str
    name: str
    summary: str
    severity: Severity
    page: str = ""


class Report(msgspec.Struct, frozen=True):
    """All that a report writer gets: findings and problems in the order of path and line, files checked."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    files: int
    sources: dict[str, str] = {}
    """The text of each file with a finding, by path, for showing source lines; of a notebook, that of its cells."""
    rules: tuple[RuleInfo, ...] = ()
    """The rules that were on, by code; empty where no file needed them."""
    notebooks: dict[str, Notebook] = {}
    """The notebooks among `sources`. Spans count in their whole text until `run.cells` puts them into cells."""
