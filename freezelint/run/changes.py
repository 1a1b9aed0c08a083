"""What a change adds: the findings that stand on lines changed since a revision, or have a note on one."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping

import msgspec

from freezelint.core.cells import Notebook
from freezelint.core.findings import Finding, Report
from freezelint.core.spans import Span

Ranges = tuple[tuple[int, int], ...]


class Changes(msgspec.Struct, frozen=True):
    """The changed lines of each changed file, by real path: ranges of lines, both ends included; None: all of them."""

    lines: dict[str, Ranges | None]

    def touch(self, span: Span, notebook: Notebook | None = None) -> bool:
        """Whether a line of the span is changed; of one in the text of a notebook, a line of its file."""
        path = os.path.realpath(span.path)
        if path not in self.lines:
            return False
        ranges = self.lines[path]
        if ranges is None:
            return True
        start, end = span.line, span.end_line
        if notebook is not None:
            start, end = notebook.file_line(start) or start, notebook.file_line(end) or end
        return any(first <= end and start <= last for first, last in ranges)


class ChangesError(Exception):
    """The changes cannot be told: no repository, no such revision, no git."""


def only_changed(report: Report, changes: Changes) -> Report:
    """The report with the findings that the change adds: those on a changed line, or with a note on one."""
    return msgspec.structs.replace(
        report, findings=tuple(each for each in report.findings if _is_touched(each, changes, report.notebooks))
    )


def _is_touched(finding: Finding, changes: Changes, notebooks: Mapping[str, Notebook]) -> bool:
    spans = (finding.span, *(note.span for note in finding.notes))
    return any(changes.touch(span, notebooks.get(span.path)) for span in spans)


def changes_since(revision: str, folder: str) -> Changes:
    """What differs between a revision and the files on disk: committed since, staged, not staged, not tracked yet.

    Where the revision and HEAD have a common ancestor it is that which counts: what others did on the other branch
    meanwhile is no part of the change. Raises `ChangesError`.
    """
    top = os.path.realpath(
        _git(folder, "rev-parse", "--show-toplevel", wrong="is not in a git repository").rstrip("\n")
    )
    base = _base(revision, top)
    diff = _git(
        top, "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=0", "--inter-hunk-context=0",
        "--find-renames", "--ignore-submodules", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/", base, "--",
    )  # fmt: skip
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    lines: dict[str, Ranges | None] = {os.path.join(top, name): ranges for name, ranges in changed_lines(diff).items()}
    lines |= {os.path.join(top, name): None for name in untracked if name}
    return Changes({os.path.realpath(path): ranges for path, ranges in lines.items()})


def _base(revision: str, top: str) -> str:
    unknown = f"git knows no revision `{revision}`"
    # What looks like an option must never become one.
    if not revision or revision.startswith("-"):
        raise ChangesError(unknown)
    commit = _git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", wrong=unknown).strip()
    try:
        return _git(top, "merge-base", commit, "HEAD").strip()
    except ChangesError:
        # Without a common past, as in a shallow clone, the revision itself is the base.
        return commit


_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


def changed_lines(diff: str) -> dict[str, Ranges]:
    """The lines that a diff without context adds or changes, by the file's new name."""
    found: dict[str, list[tuple[int, int]]] = {}
    name: str | None = None
    left = 0
    for line in diff.split("\n"):
        if left and line[:1] in "-+\\":
            # Within a hunk a line may look like a header.
            left -= line[:1] != "\\"
        elif line.startswith("+++ "):
            name = _name(line[4:])
        elif name is not None and (match := _HUNK.match(line)):
            count = int(match[2]) if match[2] is not None else 1
            left = count + _removed(line)
            if count:
                found.setdefault(name, []).append((int(match[1]), int(match[1]) + count - 1))
    return {name: tuple(ranges) for name, ranges in found.items()}


def _removed(header: str) -> int:
    match = re.match(r"@@ -\d+(?:,(\d+))? ", header)
    return int(match[1]) if match is not None and match[1] is not None else 1


def _name(written: str) -> str | None:
    """The file that a `+++` line names; git quotes odd names as C does."""
    written = written.rstrip("\t")
    if written.startswith('"'):
        raw = re.sub(rb"\\([0-7]{3}|.)", _unquoted, os.fsencode(written[1:-1]))
        written = os.fsdecode(raw)
    return written[2:] if written.startswith("b/") else None  # /dev/null for a file that is gone


_ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def _unquoted(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    return bytes([int(escaped, 8)]) if len(escaped) == 3 else _ESCAPES.get(escaped, escaped)


def _git(folder: str, *arguments: str, wrong: str | None = None) -> str:
    """What git prints; `wrong` is the message where it refuses."""
    # No lock is taken, no program of the repository's configuration is started, messages are in one language.
    command = ["git", "-c", "core.fsmonitor=false", "-C", folder, *arguments]
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        result = subprocess.run(command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise ChangesError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from error
    if result.returncode != 0:
        said = os.fsdecode(result.stderr).strip().split("\n")[-1]
        if wrong is not None and "dubious ownership" not in said:
            raise ChangesError(f"{folder} {wrong}" if wrong.startswith("is ") else wrong)
        raise ChangesError(f"git {arguments[0]} failed: {said}")
    return os.fsdecode(result.stdout)
