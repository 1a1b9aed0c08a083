"""The check: from paths and settings to a report, with no thought of options or output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Problem, Report, RuleInfo
from freezelint.core.rules import Rule
from freezelint.core.stages import Stages
from freezelint.discovery import Discovery, discover, with_unsaved
from freezelint.registry import load_rules
from freezelint.run.selection import chosen_rules, is_ignored, needs_rules
from freezelint.source.files import SourceFile, UnreadableSource, read_bytes, read_source

if TYPE_CHECKING:
    from freezelint.analysis import AnalysisResult
    from freezelint.core.environment import Environment
    from freezelint.run.cache import Cache
    from freezelint.run.comment_findings import CommentJudge
    from freezelint.run.memory import RunMemory
    from freezelint.run.remembering import Remembering

Analyse = Callable[..., "AnalysisResult"]


class Progress(Protocol):
    """Somebody who wants to know how far the analysis is."""

    def begin(self, files: int) -> None:
        """It starts, on so many files."""

    def at(self, path: str) -> None:
        """It is at this file; files may be told of several times, and in any order."""


class Work:
    """How a check works, which makes no difference to what it finds: with which cache, in how many processes (None: as
    many as it is worth), watched by which clock."""

    def __init__(self, cache: Cache | None = None, *, jobs: int | None = 1, stages: Stages | None = None) -> None:
        self.cache = cache
        self.jobs = jobs
        self.stages = stages if stages is not None else Stages()
        self._watched = stages is not None
        self.remembered: Remembering | None = None
        """What the cache knows of the last check."""

    def remembering(
        self, paths: Sequence[str], settings: Settings, instead: Mapping[str, bytes], cwd: str
    ) -> Remembering | None:
        """What the cache knows of a check that begins."""
        if self.cache is None:
            return None
        from freezelint.run.remembering import Remembering

        self.remembered = Remembering(self.cache, paths, settings, instead, cwd)
        return self.remembered

    def memory(
        self,
        remembering: Remembering | None,
        rules: Sequence[Rule],
        roots: Sequence[str],
        environment: Environment,
    ) -> RunMemory | None:
        """What the cache knows of single files and entry points."""
        if remembering is None:
            return None
        from freezelint.run.memory import RunMemory

        return RunMemory(remembering, rules, roots, environment)

    def told(
        self, memory: RunMemory | None, remembering: Remembering | None, progress: Progress | None
    ) -> dict[str, Any]:
        """What the analysis is told beside its task, as far as it is anything to be told."""
        told: dict[str, Any] = {}
        if progress is not None:
            told["progress"] = progress.at
        if memory is not None and remembering is not None:
            told.update(memory=memory, read=remembering.contents.source, jobs=self.jobs, stages=self.stages)
        elif self.jobs != 1 or self._watched:
            told.update(jobs=self.jobs, stages=self.stages)
        return told


def check(
    paths: Sequence[str],
    settings: Settings,
    *,
    load: Callable[[], Sequence[Rule]] = load_rules,
    analyse: Analyse | None = None,
    instead: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
    work: Work | None = None,
) -> Report:
    """Check the files at and below the paths.

    Rules and analysis are loaded only where some file needs them: a project without training code costs little more
    than listing it, and one that an earlier run has left in the cache as it is now costs no more either. `instead` has
    contents, by shown path, of files that are not on disk, or not yet. `progress` is told how far the analysis is.
    Places in a notebook count in its whole text: see `run.cells`. Raises `UnknownRule` and `RegistryError`.
    """
    work = work if work is not None else Work()
    stages = work.stages
    cwd = os.getcwd()
    with stages("list files"):
        found = discover(
            paths, cwd=cwd, root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
        )
        found = with_unsaved(found, instead or {}, cwd=cwd)
    stages.count("files found", len(found.files))
    with stages("ask the cache"):
        remembering = work.remembering(paths, settings, instead or {}, cwd)
        known = remembering.report(found) if remembering is not None else None
    if known is not None:
        stages.count("reports known from earlier runs")
        return known
    # Only where the cache does not have the answer.
    from freezelint.run.reading import read_files

    with stages("load rules"):
        installed = load() if needs_rules(settings) else None
        rules = chosen_rules(installed, settings) if installed is not None else None
    with stages("read"):
        reading = read_files(found.files, instead, read_bytes if remembering is None else remembering.contents.read)
    stages.count("bytes read", reading.size)
    problems = [*found.problems, *reading.problems]
    if not reading.training and not reading.commented:
        return Report(findings=(), problems=_told(problems, found, settings), files=len(found.files))
    if installed is None or rules is None:
        with stages("load rules"):
            installed = load()
            rules = chosen_rules(installed, settings)
    from freezelint.run.comment_findings import CommentJudge
    from freezelint.run.environment import environment_of
    from freezelint.run.fingerprint import with_fingerprints

    files = (*reading.training, *reading.commented)
    raw: Iterable[Finding] = ()
    rested = None
    if reading.training:
        environment = environment_of(settings)
        if progress is not None:
            progress.begin(len(reading.training))
        roots = import_roots(paths, settings, cwd)
        with stages("load analysis"):
            analyse = analyse or _analysis()
            memory = work.memory(remembering, rules, roots, environment)
        told = work.told(memory, remembering, progress)
        with stages("analyse"):
            result = analyse(reading.training, rules, import_roots=roots, environment=environment, **told)
        given = {file.display for file in found.files}
        # A broken file that was only imported is nobody's question here.
        problems.extend(problem for problem in result.problems if problem.internal or problem.path in given)
        raw = result.findings
        if memory is not None:
            with stages("write the cache"):
                memory.save()
            rested = memory.rested(result.results)
    texts = {file.path: file.text for file in files}
    judge = CommentJudge(installed, rules, settings, found, unchecked={problem.path for problem in problems}, cwd=cwd)
    with stages("settle"):
        findings = settled(raw, settings, found, files, judge)
        findings = with_fingerprints(findings, texts, root=settings.root, cwd=cwd)
    report = Report(
        findings=findings,
        problems=_told(problems, found, settings),
        files=len(found.files),
        sources=sources_of(findings, texts),
        notebooks={file.path: file.notebook for file in files if file.notebook is not None},
        rules=tuple(RuleInfo(rule.code, rule.name, rule.summary, rule.severity) for rule in rules),
    )
    if remembering is not None and rested is not None and not judge.looked_elsewhere:
        with stages("write the cache"):
            remembering.keep(report, found, rules, rested)
    return report


def _analysis() -> Analyse:
    # Imported only here, since LibCST comes with it.
    from freezelint.analysis import analyse

    return analyse


def settled(
    findings: Iterable[Finding],
    settings: Settings,
    found: Discovery,
    files: Sequence[SourceFile],
    judge: CommentJudge | None = None,
) -> tuple[Finding, ...]:
    """The findings to report, those about comments too: each once, in order, without what is silenced or only possible.

    Comments silence before possible findings are left out: one that silences such a finding is of use.
    """
    from freezelint.run.suppression import FileIgnores, apply_comments, by_path
    from freezelint.source.comments import suppressions

    located = {file.display: file.path for file in found.files}
    ignores = FileIgnores(settings)
    by_file = by_path(_once(findings))
    kept: list[Finding] = []
    for file in files:
        comments = suppressions(file.text)
        sorted_out = apply_comments(by_file.get(file.path, ()), comments)
        path = located.get(file.path, file.path)
        kept.extend(finding for finding in sorted_out.kept if not ignores.silences(finding, path))
        if judge is not None:
            kept.extend(judge.findings(file, comments, sorted_out.used))
    shown = (finding for finding in kept if settings.possible or finding.confidence is Confidence.CERTAIN)
    return tuple(sorted(shown, key=place))


def _told(problems: Iterable[Problem], found: Discovery, settings: Settings) -> tuple[Problem, ...]:
    """The problems to report: each once, in order, without files that the settings allow to be unreadable."""
    ordered = _ordered_problems(problems)
    if not ordered or not needs_rules(settings):
        return ordered
    from freezelint.own import UNREADABLE_FILE as rule
    from freezelint.run.suppression import FileIgnores

    located = {file.display: file.path for file in found.files}
    ignores = FileIgnores(settings)
    everywhere = is_ignored(rule, settings)
    return tuple(
        problem
        for problem in ordered
        if problem.code != rule.code
        or problem.path not in located  # what does not exist is a slip, not a broken file
        or not (everywhere or ignores.silence_rule(located[problem.path], code=rule.code, name=rule.name))
    )


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """One finding of each rule at each place, the certain one where there is a choice."""
    best: dict[tuple[str, object], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.span)
        known = best.get(key)
        better = finding.confidence is Confidence.CERTAIN and known and known.confidence is Confidence.POSSIBLE
        if known is None or better:
            best[key] = finding
    return best.values()


def place(finding: Finding) -> tuple[str, int, int, int, str]:
    """What findings are ordered by."""
    span = finding.span
    return (span.path, span.cell or 0, span.line, span.column, finding.code)


def _ordered_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of their places; the parts of the check may stumble over one broken file several times."""
    once: dict[tuple[str, str | None, str], Problem] = {}
    for problem in problems:
        # One unreadable file is one problem, whoever words it first; internal errors are all of interest.
        once.setdefault((problem.path, problem.code, problem.message if problem.internal else ""), problem)
    return tuple(sorted(once.values(), key=lambda problem: (problem.path, problem.line or 0, problem.column or 0)))


def import_roots(paths: Sequence[str], settings: Settings, cwd: str) -> tuple[str, ...]:
    """The folders that imports of the project start from: those given, the project's, and the `src` of each."""
    folders = [os.path.normpath(os.path.join(cwd, path)) for path in paths]
    candidates = [*(folder for folder in folders if os.path.isdir(folder)), settings.root, cwd]
    roots: dict[str, None] = {}
    for folder in candidates:
        source = os.path.join(folder, "src")
        if os.path.isdir(source):
            roots.setdefault(source)
        roots.setdefault(folder)
    return tuple(roots)


def sources_of(findings: Iterable[Finding], texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of the files that the findings and their notes stand in; a note may stand in an imported file."""
    result: dict[str, str] = {}
    for finding in findings:
        for span in (finding.span, *(note.span for note in finding.notes)):
            if span.path in result:
                continue
            try:
                result[span.path] = texts[span.path] if span.path in texts else read_source(span.path).text
            except UnreadableSource:
                continue
    return result
