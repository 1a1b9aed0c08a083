"""The check: from paths and settings to a report, with no thought of options or output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Problem, Report, RuleInfo
from freezelint.core.rules import Rule
from freezelint.discovery import Discovery, discover, with_unsaved
from freezelint.registry import load_rules
from freezelint.run.reading import read_files
from freezelint.run.selection import chosen_rules, is_ignored, needs_rules
from freezelint.run.suppression import FileIgnores, apply_comments, by_path
from freezelint.source.files import SourceFile, UnreadableSource, read_source

if TYPE_CHECKING:
    from freezelint.analysis import AnalysisResult
    from freezelint.run.comment_findings import CommentJudge

Analyse = Callable[..., "AnalysisResult"]


class Progress(Protocol):
    """Somebody who wants to know how far the analysis is."""

    def begin(self, files: int) -> None:
        """It starts, on so many files."""

    def at(self, path: str) -> None:
        """It is at this file; files may be told of several times, and in any order."""


def check(
    paths: Sequence[str],
    settings: Settings,
    *,
    load: Callable[[], Sequence[Rule]] = load_rules,
    analyse: Analyse | None = None,
    instead: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check the files at and below the paths.

    Rules and analysis are loaded only where some file needs them: a project without training code costs little more
    than listing it. `instead` has contents, by shown path, of files that are not on disk, or not yet. `progress` is
    told how far the analysis is. Places in a notebook count in its whole text: see `run.cells`. Raises `UnknownRule`
    and `RegistryError`.
    """
    cwd = os.getcwd()
    installed = load() if needs_rules(settings) else None
    rules = chosen_rules(installed, settings) if installed is not None else None
    found = discover(
        paths, cwd=cwd, root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
    )
    found = with_unsaved(found, instead or {}, cwd=cwd)
    reading = read_files(found.files, instead)
    problems = [*found.problems, *reading.problems]
    if not reading.training and not reading.commented:
        return Report(findings=(), problems=_told(problems, found, settings), files=len(found.files))
    if installed is None or rules is None:
        installed = load()
        rules = chosen_rules(installed, settings)
    from freezelint.run.comment_findings import CommentJudge
    from freezelint.run.environment import environment_of
    from freezelint.run.fingerprint import with_fingerprints

    files = (*reading.training, *reading.commented)
    raw: Iterable[Finding] = ()
    if reading.training:
        environment = environment_of(settings)
        told = {} if progress is None else {"progress": progress.at}
        if progress is not None:
            progress.begin(len(reading.training))
        roots = import_roots(paths, settings, cwd)
        result = (analyse or _analysis())(reading.training, rules, import_roots=roots, environment=environment, **told)
        given = {file.display for file in found.files}
        # A broken file that was only imported is nobody's question here.
        problems.extend(problem for problem in result.problems if problem.internal or problem.path in given)
        raw = result.findings
    texts = {file.path: file.text for file in files}
    judge = CommentJudge(installed, rules, settings, found, unchecked={problem.path for problem in problems}, cwd=cwd)
    findings = settled(raw, settings, found, files, judge)
    findings = with_fingerprints(findings, texts, root=settings.root, cwd=cwd)
    return Report(
        findings=findings,
        problems=_told(problems, found, settings),
        files=len(found.files),
        sources=sources_of(findings, texts),
        notebooks={file.path: file.notebook for file in files if file.notebook is not None},
        rules=tuple(RuleInfo(rule.code, rule.name, rule.summary, rule.severity) for rule in rules),
    )


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
