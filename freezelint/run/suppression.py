"""Drops the findings that comments or the settings silence, and tells which comments were of use."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from freezelint.config import Settings
from freezelint.core.findings import Finding
from freezelint.discovery import gitignore_spec
from freezelint.run.selection import names_rule

if TYPE_CHECKING:
    from freezelint.source.comments import Suppression


class Suppressed(msgspec.Struct, frozen=True):
    """What is left of a file's findings, and the comments that silenced any: the others are of no use."""

    kept: tuple[Finding, ...]
    used: tuple[Suppression, ...]


def apply_comments(findings: Iterable[Finding], suppressions: Sequence[Suppression]) -> Suppressed:
    """Drop the findings of one file that its comments silence."""
    kept: list[Finding] = []
    used: list[Suppression] = []
    for finding in findings:
        silencing = [suppression for suppression in suppressions if covers(suppression, finding)]
        if not silencing:
            kept.append(finding)
        used.extend(suppression for suppression in silencing if suppression not in used)
    return Suppressed(kept=tuple(kept), used=tuple(used))


def covers(suppression: Suppression, finding: Finding) -> bool:
    """Whether the comment speaks of the finding: of its code, and of the statement it stands in or the whole file."""
    codes = suppression.codes
    if codes and not any(code and names_rule(code, code=finding.code, name=finding.name) for code in codes):
        return False
    return suppression.kind == "file" or suppression.first_line <= finding.span.line <= suppression.last_line


class FileIgnores:
    """The `per-file-ignores` of the settings, their patterns compiled once."""

    def __init__(self, settings: Settings) -> None:
        self._root = os.path.join(settings.root, "")
        self._ignores = [(gitignore_spec([pattern]), codes) for pattern, codes in settings.per_file_ignores.items()]

    def silences(self, finding: Finding, path: str) -> bool:
        """Whether the settings ignore the finding in its file, whose absolute path is given."""
        if not self._ignores or not path.startswith(self._root):
            return False
        relative = path[len(self._root) :].replace(os.sep, "/")
        return any(
            spec.match_file(relative)
            for spec, codes in self._ignores
            if any(names_rule(code, code=finding.code, name=finding.name) for code in codes)
        )


def by_path(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """The findings of each file."""
    result: dict[str, list[Finding]] = {}
    for finding in findings:
        result.setdefault(finding.span.path, []).append(finding)
    return result
