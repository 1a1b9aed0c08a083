"""What a run knows of files and entry points, for later runs that find some of them changed.

All of it rests on contents of files, by digest. When it is loaded, every file is looked at that anything rests on;
what rests on one that has changed is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from freezelint.analysis.project import Question
from freezelint.analysis.results import EntryResult
from freezelint.analysis.scheduling import EntryPoint, Facts, Mentions, Start
from freezelint.core.environment import Environment
from freezelint.core.findings import Finding, Problem
from freezelint.core.rules import Rule
from freezelint.run.cache import Stat, is_same_code
from freezelint.run.contents import Listing, Looked, Places, places_of
from freezelint.run.remembering import Remembering, Rested

_KIND = "entries"
Functions: TypeAlias = list[tuple[int, list[int]]]
"""Functions by file: the number of the file, and line and column of one after the other."""


class StoredPoint(msgspec.Struct, frozen=True, array_like=True):
    """An entry point and its result. Paths are numbers: those of `Stored.files`, `absent` and `present`."""

    path: int
    kind: Start
    name: str
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    visited: Functions
    files: list[int]
    absent: list[int]
    present: list[int]
    asked: tuple[tuple[Question, bool], ...]
    cut: bool


class StoredFile(msgspec.Struct, array_like=True):
    """What is known of a given file: its facts, which of `Stored.names` it mentions, what was asked of it."""

    facts: Facts | None = None
    mentions: dict[str, tuple[int, ...]] | None = None
    answers: list[tuple[Question, bool]] = []


class Stored(msgspec.Struct, frozen=True):
    """All that is known, and what it rests on. `names` are those that `mentions` tell of."""

    code: dict[str, Stat]
    looked: Looked
    files: list[str]
    absent: list[str]
    present: list[str]
    names: frozenset[str]
    given: dict[str, StoredFile]
    points: list[StoredPoint]


class RunMemory:
    """The memory of an analysis (`freezelint.analysis.Memory`) in the cache.

    It is that of runs with the same rules, import roots and environment; which files were given makes no difference.
    """

    def __init__(
        self,
        remembering: Remembering,
        rules: Sequence[Rule],
        roots: Sequence[str],
        environment: Environment,
    ) -> None:
        self._remembering = remembering
        self._contents = remembering.contents
        self._code = remembering.code(rules)
        settings = [
            (rule.code, rule.name, rule.severity, rule.default, rule.worst, rule.only_worse) for rule in rules
        ]  # fmt: skip
        self._key = msgspec.msgpack.encode((*remembering.common, settings, roots, environment))
        self._given: dict[str, StoredFile] = {}
        self._names: frozenset[str] = frozenset()
        self._points: dict[tuple[str, Start, str], EntryResult] = {}
        self._used: list[EntryResult] = []
        self._new = False
        stored = remembering.cache.load(_KIND, self._key, Stored)
        if stored is not None and is_same_code(stored.code):
            self._contents.learn(stored.looked)
            self._restore(stored)

    def _restore(self, stored: Stored) -> None:
        """Take over what still holds."""
        gone = {path for path, seen in stored.looked.files.items() if self._contents.digest(path) != seen.digest}
        listing = Listing()
        absent = {
            number for number, path in enumerate(stored.absent)
            if not listing.are_same(places_of([path], ()))
        }  # fmt: skip
        present = {
            number for number, path in enumerate(stored.present) if not listing.are_same(Places({}, [path]))
        }  # fmt: skip
        files = {number for number, path in enumerate(stored.files) if path in gone}
        self._new = bool(gone or absent or present)
        self._names = stored.names
        self._given = {path: each for path, each in stored.given.items() if path not in gone}
        for each in stored.points:
            if files.isdisjoint(each.files) and absent.isdisjoint(each.absent) and present.isdisjoint(each.present):
                self._points[(stored.files[each.path], each.kind, each.name)] = _result(each, stored)

    # --- the analysis asks ----------------------------------------------------------------------------------------

    def facts(self, path: str) -> Facts | None:
        """The facts of a given file."""
        return self._file(path).facts

    def keep_facts(self, path: str, facts: Facts) -> None:
        """Remember the facts of a given file."""
        self._file(path).facts = facts
        self._new = True

    def mentions(self, paths: Iterable[str], names: frozenset[str]) -> Mentions:
        """Who mentions the names, of the files of which it is known for all of them."""
        if not names <= self._names:
            return {}
        known = ((path, self._file(path).mentions) for path in paths)
        return {
            path: {name: lines for name, lines in mentions.items() if name in names}
            for path, mentions in known
            if mentions is not None
        }

    def keep_mentions(self, mentions: Mentions, names: frozenset[str]) -> None:
        """Remember which of the names the files mention."""
        if not mentions:
            return
        if not names <= self._names:
            self._names = names
            for each in self._given.values():
                each.mentions = None
        elif names != self._names:
            return  # what is remembered tells of more names
        self._new = True
        for path, found in mentions.items():
            self._file(path).mentions = dict(found)

    def answer(self, path: str, question: Question) -> bool | None:
        """What was asked of a file."""
        return dict(self._file(path).answers).get(question)

    def keep_answer(self, path: str, question: Question, answer: bool, /) -> None:
        """Remember an answer."""
        file = self._file(path)
        file.answers = [*file.answers, (question, answer)]
        self._new = True

    def result(self, point: EntryPoint) -> EntryResult | None:
        """The result of an entry point."""
        return self._points.get((point.path, point.kind, point.name))

    def keep_result(self, point: EntryPoint, result: EntryResult) -> None:
        """Remember a result."""
        self._points[(point.path, point.kind, point.name)] = result
        self._new = True

    def _file(self, path: str) -> StoredFile:
        return self._given.setdefault(path, StoredFile())

    # --- at the end -----------------------------------------------------------------------------------------------

    def rested(self, points: Iterable[EntryResult]) -> Rested:
        """What results rest on."""
        files: set[str] = set()
        absent: set[str] = set()
        present: set[str] = set()
        for result in points:
            files.update(result.files)
            absent.update(result.absent)
            present.update(result.present)
        return Rested(frozenset(files), frozenset(absent), frozenset(present))

    def save(self) -> None:
        """Write down what is new. What failed inside is forgotten: another run may know better."""
        if not self._new:
            return
        whole = {
            key: result for key, result in self._points.items()
            if not any(problem.internal for problem in result.problems)
        }  # fmt: skip
        files = {path: None for result in whole.values() for path in result.files}
        files.update((key[0], None) for key in whole)
        numbers = {path: number for number, path in enumerate(files)}
        absent = _numbers(result.absent for result in whole.values())
        present = _numbers(result.present for result in whole.values())
        stored = Stored(
            code=self._code,
            looked=self._contents.looked({*files, *self._given}),
            files=list(files),
            absent=list(absent),
            present=list(present),
            names=self._names,
            given=self._given,
            points=[
                StoredPoint(
                    path=numbers[path], kind=kind, name=name, findings=result.findings, problems=result.problems,
                    visited=_by_file(result, numbers), files=[numbers[each] for each in result.files],
                    absent=[absent[each] for each in result.absent],
                    present=[present[each] for each in result.present], asked=result.asked, cut=result.cut,
                )
                for (path, kind, name), result in whole.items()
            ],
        )  # fmt: skip
        self._remembering.cache.save(_KIND, self._key, stored)


def _numbers(paths: Iterable[Iterable[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in paths:
        for path in each:
            found.setdefault(path, len(found))
    return found


def _by_file(result: EntryResult, numbers: Mapping[str, int]) -> Functions:
    found: dict[int, list[int]] = {}
    for path, line, column in result.visited:
        found.setdefault(numbers[path], []).extend((line, column))
    return list(found.items())


def _result(point: StoredPoint, stored: Stored) -> EntryResult:
    files = stored.files
    return EntryResult(
        findings=point.findings,
        problems=point.problems,
        visited=tuple(
            (files[number], line, column)
            for number, places in point.visited
            for line, column in zip(places[::2], places[1::2], strict=True)
        ),
        files=tuple(files[number] for number in point.files),
        absent=tuple(stored.absent[number] for number in point.absent),
        present=tuple(stored.present[number] for number in point.present),
        asked=point.asked,
        cut=point.cut,
    )
