"""What an entry point comes to as data, and how it is made: in this process, in another one, or by an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from freezelint.core.environment import Environment
from freezelint.core.findings import Finding, Note, Problem
from freezelint.core.rules import Rule
from freezelint.core.timeline import Timeline

from .entries import Entries
from .problems import internal_problem
from .project import Answers, Project, Question
from .scheduling import EntryPoint, Facts, Mentions
from .values import Place


class EntryResult(msgspec.Struct, frozen=True):
    """What the rules find on the timeline of one entry point, wherever it shows, and what that rests on.

    `files` are absolute paths of files whose contents matter, `absent` paths at which there was nothing, `present`
    paths of files whose contents do not matter, `asked` answers that all given files gave. `cut` where the entry point
    was too long to be followed to its end.
    """

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    visited: tuple[Place, ...] = ()
    files: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    asked: tuple[tuple[Question, bool], ...] = ()
    cut: bool = False


class Memory(Answers, Protocol):
    """Remembers facts and results of earlier runs, and gives only those that still hold."""

    def facts(self, path: str) -> Facts | None:
        """The facts of a given file, by its absolute path."""

    def keep_facts(self, path: str, facts: Facts) -> None:
        """Remember the facts of a given file."""

    def mentions(self, paths: Iterable[str], names: frozenset[str]) -> Mentions:
        """Who mentions the names: of those files where that is known for all the names."""

    def keep_mentions(self, mentions: Mentions, names: frozenset[str]) -> None:
        """Remember which of the names the files mention."""

    def result(self, point: EntryPoint) -> EntryResult | None:
        """The result of an entry point."""

    def keep_result(self, point: EntryPoint, result: EntryResult) -> None:
        """Remember a result."""


class Forgetful:
    """Remembers nothing."""

    def answer(self, path: str, question: Question) -> bool | None:
        return None

    def keep_answer(self, path: str, question: Question, answer: bool, /) -> None:
        pass

    def facts(self, path: str) -> Facts | None:
        return None

    def keep_facts(self, path: str, facts: Facts) -> None:
        pass

    def mentions(self, paths: Iterable[str], names: frozenset[str]) -> Mentions:
        return {}

    def keep_mentions(self, mentions: Mentions, names: frozenset[str]) -> None:
        pass

    def result(self, point: EntryPoint) -> EntryResult | None:
        return None

    def keep_result(self, point: EntryPoint, result: EntryResult) -> None:
        pass


class Judge:
    """Enters entry points and asks the rules."""

    def __init__(
        self,
        project: Project,
        rules: Sequence[Rule],
        environment: Environment | None,
        keep: Callable[[Timeline], None] | None = None,
    ) -> None:
        """`keep` is given each timeline."""
        self.project = project
        self._keep = keep
        self.rules = rules
        self.environment = environment
        self._entries = Entries(project, environment=environment)

    def result(self, point: EntryPoint) -> EntryResult:
        """The result of an entry point, worked out now."""
        stages = self.project.stages
        with stages("interpret"):
            entered = self._entries.enter(point)
        stages.count("entry points entered")
        if self._keep is not None:
            self._keep(entered.timeline)
        problems = [*entered.problems]
        findings = [found for rule in self.rules for found in self._findings(rule, entered.timeline, problems)]
        rests = entered.rests
        return EntryResult(
            findings=tuple(dict.fromkeys(findings)),
            problems=(*problems, *sorted(rests.problems, key=lambda each: (each.path, each.line or 0))),
            visited=tuple(sorted(entered.visited)),
            files=tuple(sorted(rests.files)),
            absent=tuple(sorted(rests.absent)),
            present=tuple(sorted(rests.present - rests.files)),
            asked=tuple(rests.asked.items()),
            cut=entered.cut,
        )

    def _findings(self, rule: Rule, timeline: Timeline, problems: list[Problem]) -> Iterator[Finding]:
        try:
            with self.project.stages(rule.code):
                found = list(rule.findings(timeline))
        except Exception as error:  # a rule's error must not cost the findings of the others
            path = timeline.entry.partition("::")[0]
            problems.append(internal_problem(path, f"rule {rule.code} on {timeline.entry}", error))
            return
        yield from found


def in_given_file(finding: Finding, shown: set[str]) -> Finding | None:
    """The finding where it shows in a given file: at its own place, or at the innermost call that leads there."""
    if finding.span.path in shown:
        return finding
    for note in finding.notes:
        if note.message == "called here" and note.span.path in shown:
            rest = tuple(each for each in finding.notes if each is not note)
            return msgspec.structs.replace(
                finding, span=note.span, notes=(Note(finding.span, "the statement itself is here"), *rest)
            )
    return None
