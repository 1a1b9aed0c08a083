"""A whole run as a record: where nothing has changed that it rests on, its report is given again.

Neither the rules nor the analysis are loaded for that. It rests on the files that were found and those that were read
besides, on what was looked up in vain, on the settings, on the lists of dependencies, and on the code of freezelint
and of the rules.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from freezelint.config import Settings
from freezelint.core.findings import Finding, Report
from freezelint.core.rules import Rule
from freezelint.discovery import Discovery, FoundFile
from freezelint.run.cache import Cache, Stat, code_of, is_same_code, tool_key
from freezelint.run.contents import Contents, Listing, Looked, Places, places_of
from freezelint.source.files import read_source

_KIND = "run"
_LONGEST = 1_000_000


class RunRecord(msgspec.Struct, frozen=True):
    """A run: what it rests on, its report without the sources, and the findings with their edits worked out."""

    code: dict[str, Stat]
    found: list[FoundFile]
    looked: Looked
    places: Places
    report: Report
    sources: list[str]
    resolved: list[tuple[int, Finding]] = []


class Rested(msgspec.Struct, frozen=True):
    """What an analysis rested on besides the given files: absolute paths."""

    files: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()


class Remembering:
    """One run as far as the cache is concerned: what an earlier one knew, and what is to be remembered of this one.

    `contents` looks at files for the whole run.
    """

    def __init__(
        self, cache: Cache, paths: Sequence[str], settings: Settings, instead: Mapping[str, bytes], cwd: str
    ) -> None:
        self.cache = cache
        self.contents = Contents({os.path.normpath(os.path.join(cwd, path)): data for path, data in instead.items()})
        self.common = (*tool_key(), cwd, settings, *_dependency_lists(settings.root))
        self._whole = not instead
        self._key = msgspec.msgpack.encode((*self.common, paths))
        self._record: RunRecord | None = None
        self._resolved: dict[Finding, Finding] = {}

    def report(self, found: Discovery) -> Report | None:
        """The report of an earlier run that found the same files, where it still holds."""
        record = self.cache.load(_KIND, self._key, RunRecord) if self._whole else None
        if record is None or not is_same_code(record.code):
            return None
        self.contents.learn(record.looked)
        changed = self._changed(record.looked)
        findings = record.report.findings
        for index, resolved in record.resolved:
            if index < len(findings) and not changed & _files_of(findings[index]):
                self._resolved[findings[index]] = resolved
        if changed or list(found.files) != record.found or not Listing().are_same(record.places):
            return None
        self._record = record
        if self._is_touched(record.looked):
            self._save(msgspec.structs.replace(record, looked=self.contents.looked(record.looked.files)))
        return msgspec.structs.replace(record.report, sources=self._sources(record.sources))

    def keep(self, report: Report, found: Discovery, rules: Sequence[Rule], rested: Rested) -> None:
        """Remember the report of this run."""
        if not self._whole or any(problem.internal for problem in report.problems):
            return
        files = {*(file.path for file in found.files), *rested.files}
        files.update(os.path.abspath(path) for path in report.sources)
        record = RunRecord(
            code=self.code(rules),
            found=list(found.files),
            looked=self.contents.looked(files),
            places=places_of(rested.absent, rested.present),
            report=msgspec.structs.replace(report, sources={}),
            sources=list(report.sources),
        )
        self._save(record)

    def code(self, rules: Sequence[Rule]) -> dict[str, Stat]:
        """The code that results of these rules rest on."""
        return code_of({"freezelint", *(rule.check.__module__.partition(".")[0] for rule in rules)})

    def resolved(self, finding: Finding) -> Finding | None:
        """A finding with its edits, where they are known."""
        return self._resolved.get(finding)

    def keep_resolved(self, resolved: Mapping[Finding, Finding]) -> None:
        """Remember findings with their edits."""
        self._resolved.update(resolved)
        if self._record is not None:
            self._save(self._record)

    def _save(self, record: RunRecord) -> None:
        findings = enumerate(record.report.findings)
        resolved = [(index, self._resolved[each]) for index, each in findings if each in self._resolved]
        self._record = msgspec.structs.replace(record, resolved=resolved)
        self.cache.save(_KIND, self._key, self._record)

    def _changed(self, looked: Looked) -> set[str]:
        """The files, by absolute path, that hold something else than they did."""
        return {path for path, seen in looked.files.items() if self.contents.digest(path) != seen.digest}

    def _is_touched(self, looked: Looked) -> bool:
        """Whether files look different though they hold the same, as after a fresh checkout."""
        now = self.contents.looked(looked.files)
        return now.files != looked.files

    def _sources(self, paths: Iterable[str]) -> dict[str, str]:
        return {path: read_source(os.path.abspath(path), path).text for path in paths}


def _dependency_lists(root: str) -> list[tuple[str, bytes]]:
    """What `environment` reads, as it is."""
    found = []
    for name in sorted(_names(root)):
        if name in ("pyproject.toml", "setup.cfg") or (name.startswith("requirements") and name.endswith(".txt")):
            with suppress(OSError), open(os.path.join(root, name), "rb") as stream:
                found.append((name, stream.read(_LONGEST)))
    return found


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _files_of(finding: Finding) -> set[str]:
    """The absolute paths of all files that a finding, its notes and its remedy speak of."""
    found: set[str] = set()
    stack: list[Any] = [msgspec.to_builtins(finding)]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if isinstance(part.get("path"), str):
                found.add(os.path.abspath(part["path"]))
            stack.extend(part.values())
        elif isinstance(part, (list, tuple)):
            stack.extend(part)
    return found
