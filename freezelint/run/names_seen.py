"""What a run tells of conditions on names: the names there really were, where the analysis does not know them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from freezelint.analysis import timelines
from freezelint.core.claims import MatchesNothing, MatchesOthers
from freezelint.core.environment import Environment
from freezelint.core.findings import Confidence, Finding, Verdict
from freezelint.core.rules import Rule
from freezelint.core.timeline import Timeline
from freezelint.runtime.plan import Result
from freezelint.source.files import SourceFile


def findings(
    files: Sequence[SourceFile], rules: Sequence[Rule], result: Result, environment: Environment,
    import_roots: Sequence[str],
) -> tuple[Finding, ...]:  # fmt: skip
    """The findings about conditions on names that the rules are certain of, given the names that the run went over.

    Those that the analysis makes without a run are among them.
    """
    if not result.gone_over:
        return ()
    environment = msgspec.structs.replace(environment, gone_over=result.gone_over)
    found: dict[tuple[object, ...], Finding] = {}
    for timeline in timelines(files, import_roots=import_roots, environment=environment):
        for rule in rules:
            for finding in _findings(rule, timeline):
                verdict = _verdict(finding, result)
                if finding.confidence is Confidence.CERTAIN and verdict is not None:
                    key = finding.code, finding.span
                    found.setdefault(key, msgspec.structs.replace(finding, verdict=verdict, origin="run"))
    return tuple(found.values())


def _findings(rule: Rule, timeline: Timeline) -> list[Finding]:
    try:
        return list(rule.findings(timeline))
    except Exception:  # the check has told of it: it reads the same timelines
        return []


def _verdict(finding: Finding, result: Result) -> Verdict | None:
    """The verdict on a finding about names that the run went over; None for any other."""
    count = max(_counts(finding, result), default=0)
    if not count:
        return None
    match finding.claim:
        case MatchesNothing(text=text):
            what = f"`{text}` matches" if text else "the condition matches"
            summary, matched = f"{what} none of the {count} names that the run went over here", 0
        case MatchesOthers(names=names):
            summary = f"{len(names)} of the {count} names that the run went over here are matched beside what is meant"
            matched = len(names)
        case _:
            return None
    return Verdict("confirmed", summary, {"names": count, "matched": matched}, result.steps)


def _counts(finding: Finding, result: Result) -> Iterator[int]:
    for each in result.gone_over:
        same = (each.span.path, each.span.cell) == (finding.span.path, finding.span.cell)
        if same and each.span.line <= finding.span.line:
            yield len(each.names)
