"""The static witness: from source files to timelines, and from timelines to findings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from freezelint.core.environment import Environment
from freezelint.core.findings import Confidence, Finding, Problem
from freezelint.core.rules import Rule
from freezelint.core.spans import Span
from freezelint.core.stages import Stages
from freezelint.core.timeline import Timeline
from freezelint.source.files import Source, SourceFile, read_source

from .entries import Entries
from .project import Project
from .results import EntryResult, Forgetful, Judge, Memory, in_given_file
from .scheduling import EntryPoint, Facts, Schedule, facts_of
from .workers import Crew


class AnalysisResult(msgspec.Struct, frozen=True):
    """Findings in the given files, each place and code once, files or rules that failed, and the results of the entry
    points that all of that comes from."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    results: tuple[EntryResult, ...] = ()


def analyse(
    files: Sequence[Source],
    rules: Sequence[Rule],
    *,
    import_roots: Sequence[str] = (),
    environment: Environment | None = None,
    progress: Callable[[str], None] | None = None,
    memory: Memory | None = None,
    jobs: int | None = 1,
    read: Callable[[str, str], SourceFile] = read_source,
    stages: Stages | None = None,
    keep: Callable[[Timeline], None] | None = None,
) -> AnalysisResult:
    """Analyse the files and report what the rules find in them.

    Imports are followed into other files of the project on disk; only the given files are reported on. A mistake that
    shows in a file that was not given is reported at the call in a given file that leads there. `environment` is what
    is known of where the program runs. `progress` is called with the path of the file of each entry point. `memory`
    remembers earlier runs; `jobs` is the number of processes, None for as many as the work is worth. The findings are
    the same whatever memory and jobs are. `read` reads files that were not given, `stages` learns where time goes, and
    `keep` gets the timelines that were made in this process.
    """
    stages = stages if stages is not None else Stages()
    memory = memory if memory is not None else Forgetful()
    project = Project(files, import_roots, read=read, answers=memory, stages=stages)
    shown = {file.path for file in files}
    paths = {os.path.abspath(file.path): file.path for file in files}
    facts = _facts(project, memory)
    schedule = Schedule(project, facts)
    points = _points(schedule, facts, memory)

    def told(point: EntryPoint) -> None:
        if progress is not None:
            progress(paths[point.path])

    results = list(Crew(Judge(project, rules, environment, keep), memory, jobs, told).results(points))
    stages.count("entry points too long to be followed to their end", sum(result.cut for result in results))
    problems: dict[str, Problem] = {}
    for problem in _in_order(results, schedule.problems, shown):
        problems.setdefault(problem.path, problem)
    return AnalysisResult(_placed(results, shown), tuple(problems.values()), tuple(results))


def _facts(project: Project, memory: Memory) -> dict[str, Facts]:
    """The facts of the given files that can be read, by absolute path."""
    found: dict[str, Facts] = {}
    for path in project.given:
        facts = memory.facts(path)
        if facts is None:
            module = project.module_at(path)
            if module is None:
                continue
            facts = facts_of(module)
            memory.keep_facts(path, facts)
        found[path] = facts
    return found


def _points(schedule: Schedule, facts: dict[str, Facts], memory: Memory) -> list[EntryPoint]:
    """The entry points of the given files in their order."""
    known = memory.mentions(facts, schedule.names)
    read = schedule.mentions(path for path in facts if path not in known)
    memory.keep_mentions(read, schedule.names)
    return list(schedule.points({**known, **read}))


def _in_order(results: Iterable[EntryResult], broken: Iterable[Problem], shown: set[str]) -> Iterator[Problem]:
    """Internal errors in the order of the entry points, then what is broken in the given files, first things first."""
    syntax = {problem for problem in broken if problem.path in shown}
    for result in results:
        for problem in result.problems:
            if problem.internal:
                yield problem
            elif problem.path in shown:
                syntax.add(problem)
    yield from sorted(syntax, key=lambda problem: (problem.path, problem.line or 0, problem.column or 0))


def _placed(results: Iterable[EntryResult], shown: set[str]) -> tuple[Finding, ...]:
    """The findings in the given files, in order, each place and code once: a certain one where there is one."""
    best: dict[tuple[str, Span], Finding] = {}
    for result in results:
        for finding in result.findings:
            placed = in_given_file(finding, shown)
            if placed is None:
                continue
            key = (placed.code, placed.span)
            known = best.get(key)
            if known is None or (known.confidence is Confidence.POSSIBLE and placed.confidence is Confidence.CERTAIN):
                best[key] = placed
    return tuple(sorted(best.values(), key=lambda finding: (finding.span.path, finding.span.line, finding.code)))


def timelines(
    files: Sequence[SourceFile], *, import_roots: Sequence[str] = (), environment: Environment | None = None
) -> Iterator[Timeline]:
    """The timelines of the entry points of the files, as rules would get them."""
    yield from Entries(Project(files, import_roots), environment=environment).timelines()


__all__ = ["AnalysisResult", "EntryPoint", "EntryResult", "Facts", "Memory", "analyse", "timelines"]
