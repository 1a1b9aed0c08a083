"""The static witness: from source files to timelines, and from timelines to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from freezelint.core.environment import Environment
from freezelint.core.findings import Confidence, Finding, Note, Problem
from freezelint.core.rules import Rule
from freezelint.core.spans import Span
from freezelint.core.timeline import Timeline
from freezelint.source.files import SourceFile

from .entries import Entries
from .problems import internal_problem
from .project import Project


class AnalysisResult(msgspec.Struct, frozen=True):
    """Findings in the given files, each place and code once, and files or rules that failed."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def analyse(
    files: Sequence[SourceFile],
    rules: Sequence[Rule],
    *,
    import_roots: Sequence[str] = (),
    environment: Environment | None = None,
    progress: Callable[[str], None] | None = None,
) -> AnalysisResult:
    """Analyse the files and report what the rules find in them.

    Imports are followed into other files of the project on disk; only the given files are reported on. A mistake that
    shows in a file that was not given is reported at the call in a given file that leads there. `environment` is what
    is known of where the program runs. `progress` is called with the path of the file of each entry point.
    """
    project = Project(files, import_roots)
    shown = {file.path for file in files}
    best: dict[tuple[str, Span], Finding] = {}
    problems: dict[str, Problem] = {}
    entries = Entries(project, environment=environment)
    for timeline in entries.timelines():
        if progress is not None:
            progress(timeline.entry.partition("::")[0])
        for finding in _findings(timeline, rules, problems):
            placed = _in_given_file(finding, shown)
            if placed is None:
                continue
            key = (placed.code, placed.span)
            known = best.get(key)
            if known is None or (known.confidence is Confidence.POSSIBLE and placed.confidence is Confidence.CERTAIN):
                best[key] = placed
    for problem in entries.problems:
        problems.setdefault(problem.path, problem)
    for module in project.given():
        if module.problem is not None:
            problems.setdefault(module.path, module.problem)
    ordered = sorted(best.values(), key=lambda finding: (finding.span.path, finding.span.line, finding.code))
    return AnalysisResult(tuple(ordered), tuple(problems.values()))


def timelines(
    files: Sequence[SourceFile], *, import_roots: Sequence[str] = (), environment: Environment | None = None
) -> Iterator[Timeline]:
    """The timelines of the entry points of the files, as rules would get them."""
    yield from Entries(Project(files, import_roots), environment=environment).timelines()


def _findings(timeline: Timeline, rules: Sequence[Rule], problems: dict[str, Problem]) -> Iterable[Finding]:
    for rule in rules:
        try:
            yield from rule.findings(timeline)
        except Exception as error:  # a rule's error must not cost the findings of the others
            path = timeline.entry.partition("::")[0]
            problems.setdefault(path, internal_problem(path, f"rule {rule.code} on {timeline.entry}", error))


def _in_given_file(finding: Finding, shown: set[str]) -> Finding | None:
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
