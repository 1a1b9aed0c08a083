"""Joins what several recordings say: tests of one run, ranks, processes."""

from __future__ import annotations

from collections.abc import Iterable

from freezelint.core.findings import Finding, Verdict
from freezelint.runtime.plan import Result

OUTCOMES = ("confirmed", "refuted", "undecided", "not-reached")
"""The outcomes, the one that says most first."""


def better(first: Verdict | None, second: Verdict) -> Verdict:
    """The verdict that says more: a mistake that one recording shows is there, whatever the others do."""
    if first is None or OUTCOMES.index(second.outcome) < OUTCOMES.index(first.outcome):
        return second
    return first


def verdicts(of_each: Iterable[dict[int, Verdict]]) -> dict[int, Verdict]:
    """One verdict for each finding."""
    found: dict[int, Verdict] = {}
    for of_one in of_each:
        for number, verdict in of_one.items():
            found[number] = better(found.get(number), verdict)
    return found


def own_findings(of_each: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    """Each finding that only runs show, once."""
    found: dict[tuple[object, ...], Finding] = {}
    for of_one in of_each:
        for finding in of_one:
            found.setdefault((finding.code, finding.span.path, finding.span.cell, finding.span.line), finding)
    return tuple(found.values())


def results(of_each: Iterable[Result]) -> Result | None:
    """The results of several processes as one; how it ended is told by the process that started first."""
    ordered = sorted(of_each, key=lambda result: (result.rank, result.process))
    if not ordered:
        return None
    first = ordered[0]
    return Result(
        process=first.process,
        steps=max(result.steps for result in ordered),
        verdicts=verdicts(result.verdicts for result in ordered),
        own=own_findings(result.own for result in ordered),
        loaded=tuple(dict.fromkeys(path for result in ordered for path in result.loaded)),
        ended=first.ended,
        detail=first.detail,
        problems=tuple(dict.fromkeys(problem for result in ordered for problem in result.problems)),
        rank=first.rank,
        gone_over=tuple(dict.fromkeys(each for result in ordered for each in result.gone_over)),
    )
