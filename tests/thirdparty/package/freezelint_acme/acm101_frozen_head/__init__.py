"""ACM101: the head of a network is frozen."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import NO, YES, GradSet, Mistake, Rule, Severity, Timeline, truth_of


def check(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(GradSet):
        if event.text.endswith(".head") and truth_of(event.value, event.path) is NO:
            yield Mistake(span=event.span, message=f"`{event.text}` is frozen, which Acme never does", truth=YES)


RULE = Rule(
    code="ACM101",
    name="frozen-head",
    summary="the head of a network is frozen",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="its parameters do not require a gradient",
)
