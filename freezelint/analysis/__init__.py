"""The static witness: from source files to timelines, and from timelines to findings."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from freezelint.core.findings import Confidence, Finding, Problem
from freezelint.core.rules import Rule
from freezelint.core.spans import Span
from freezelint.source.files import SourceFile

from .entries import Entries
from .project import Project


class AnalysisResult(msgspec.Struct, frozen=True):
    """Findings in the given files, each place and code once, and files or rules that failed."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def analyse(files: Sequence[SourceFile], rules: Sequence[Rule], *, import_roots: Sequence[str] = ()) -> AnalysisResult:
    """Analyse the files and report what the rules find in them.

    Imports are followed into other files of the project on disk; only the given files are reported on.
    """
    project = Project(files, import_roots)
    shown = {file.path for file in files}
    best: dict[tuple[str, Span], Finding] = {}
    problems: dict[str, Problem] = {}
    for timeline in Entries(project).timelines():
        for rule in rules:
            for finding in rule.findings(timeline):
                if finding.span.path not in shown:
                    continue
                key = (finding.code, finding.span)
                known = best.get(key)
                if known is None or (
                    known.confidence is Confidence.POSSIBLE and finding.confidence is Confidence.CERTAIN
                ):
                    best[key] = finding
    for module in project.given():
        if module.problem is not None:
            problems.setdefault(module.path, module.problem)
    ordered = sorted(best.values(), key=lambda finding: (finding.span, finding.code))
    return AnalysisResult(tuple(ordered), tuple(problems.values()))
