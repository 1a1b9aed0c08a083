"""The check: from paths and settings to a report, with no thought of options or output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from freezelint.config import Settings
from freezelint.core.findings import Confidence, Finding, Problem, Report
from freezelint.core.rules import Rule
from freezelint.discovery import Discovery, discover
from freezelint.registry import load_rules
from freezelint.run.reading import read_files
from freezelint.run.selection import chosen_rules, needs_rules
from freezelint.run.suppression import FileIgnores, apply_comments, by_path
from freezelint.source.files import SourceFile, UnreadableSource, read_source

if TYPE_CHECKING:
    from freezelint.analysis import AnalysisResult

Analyse = Callable[..., "AnalysisResult"]


def check(
    paths: Sequence[str],
    settings: Settings,
    *,
    load: Callable[[], Sequence[Rule]] = load_rules,
    analyse: Analyse | None = None,
) -> Report:
    """Check the files at and below the paths.

    Rules and analysis are loaded only where some file needs them: a project without training code costs little more
    than listing it. Raises `UnknownRule` and `RegistryError`.
    """
    cwd = os.getcwd()
    rules = chosen_rules(load(), settings) if needs_rules(settings) else None
    found = discover(
        paths, cwd=cwd, root=settings.root, exclude=settings.exclude, extend_exclude=settings.extend_exclude
    )
    reading = read_files(found.files)
    problems = [*found.problems, *reading.problems]
    if not reading.training:
        return Report(findings=(), problems=_ordered_problems(problems), files=len(found.files))
    if rules is None:
        rules = chosen_rules(load(), settings)
    from freezelint.run.fingerprint import with_fingerprints

    result = (analyse or _analysis())(reading.training, rules, import_roots=import_roots(paths, settings, cwd))
    given = {file.display for file in found.files}
    # A broken file that was only imported is nobody's question here.
    problems.extend(problem for problem in result.problems if problem.internal or problem.path in given)
    texts = {file.path: file.text for file in reading.training}
    findings = settled(result.findings, settings, found, reading.training)
    findings = with_fingerprints(findings, texts, root=settings.root, cwd=cwd)
    return Report(
        findings=findings,
        problems=_ordered_problems(problems),
        files=len(found.files),
        sources=sources_of(findings, texts),
    )


def _analysis() -> Analyse:
    # Imported only here, since LibCST comes with it.
    from freezelint.analysis import analyse

    return analyse


def settled(
    findings: Iterable[Finding], settings: Settings, found: Discovery, files: Sequence[SourceFile]
) -> tuple[Finding, ...]:
    """The findings to report: each once, in order, without those that are silenced or only possible."""
    from freezelint.source.comments import suppressions

    shown = [finding for finding in findings if settings.possible or finding.confidence is Confidence.CERTAIN]
    located = {file.display: file.path for file in found.files}
    ignores = FileIgnores(settings)
    texts = {file.path: file.text for file in files}
    kept: list[Finding] = []
    for path, of_file in by_path(_once(shown)).items():
        left = apply_comments(of_file, suppressions(texts.get(path, ""))).kept
        kept.extend(finding for finding in left if not ignores.silences(finding, located.get(path, path)))
    return tuple(sorted(kept, key=place))


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
