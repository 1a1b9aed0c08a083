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


class Use(msgspec.Struct, frozen=True):
    """A code of a comment that silenced something; "" for a comment without codes."""

    suppression: Suppression
    code: str


class Suppressed(msgspec.Struct, frozen=True):
    """What is left of a file's findings, and the comments that silenced any: the others are of no use."""

    kept: tuple[Finding, ...]
    used: frozenset[Use]


def apply_comments(findings: Iterable[Finding], suppressions: Sequence[Suppression]) -> Suppressed:
    """Drop the findings of one file that its comments silence."""
    kept: list[Finding] = []
    used: set[Use] = set()
    for finding in findings:
        uses = [Use(suppression, code) for suppression in suppressions for code in silencing(suppression, finding)]
        if not uses:
            kept.append(finding)
        used.update(uses)
    return Suppressed(kept=tuple(kept), used=frozenset(used))


def silencing(suppression: Suppression, finding: Finding) -> tuple[str, ...]:
    """The codes of the comment that mean the finding, "" where it means all; none where it stands elsewhere."""
    if suppression.kind != "file" and not suppression.first_line <= finding.span.line <= suppression.last_line:
        return ()
    codes = suppression.codes or ("",)
    return tuple(code for code in codes if names_rule(code, code=finding.code, name=finding.name))


class FileIgnores:
    """The `per-file-ignores` of the settings, their patterns compiled once."""

    def __init__(self, settings: Settings) -> None:
        self._root = os.path.join(settings.root, "")
        self._ignores = [(gitignore_spec([pattern]), codes) for pattern, codes in settings.per_file_ignores.items()]

    def silences(self, finding: Finding, path: str) -> bool:
        """Whether the settings ignore the finding in its file, whose absolute path is given."""
        return self.silence_rule(path, code=finding.code, name=finding.name)

    def silence_rule(self, path: str, *, code: str, name: str) -> bool:
        """Whether the settings ignore a rule in the file with this absolute path."""
        if not self._ignores or not path.startswith(self._root):
            return False
        relative = path[len(self._root) :].replace(os.sep, "/")
        return any(
            spec.match_file(relative)
            for spec, codes in self._ignores
            if any(names_rule(selector, code=code, name=name) for selector in codes)
        )


def by_path(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """The findings of each file."""
    result: dict[str, list[Finding]] = {}
    for finding in findings:
        result.setdefault(finding.span.path, []).append(finding)
    return result
