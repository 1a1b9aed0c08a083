"""FRZ205: a generator of parameters that was used up is used again, and gives nothing."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    Fix,
    GradSet,
    IteratorConsumed,
    Mistake,
    Note,
    Rule,
    Safety,
    Severity,
    Timeline,
    UsedUp,
    questions,
    recipes,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(IteratorConsumed):
        if event.first is None:
            continue
        subject = questions.subject(event, "")
        where = "in the first pass of the loop" if event.first == event.span else "before"
        notes = () if event.first == event.span else (Note(event.first, "used up here"),)
        if event.made is not None and event.made not in (event.first, event.span):
            notes = (Note(event.made, "made here"), *notes)
        yield Mistake(
            span=event.span,
            message=f"the iterator `{subject}` was used up {where}: it gives no parameters here",
            truth=event.again,
            notes=notes,
            fix=_fix(timeline, event),
            claim=UsedUp(subject=subject),
        )


def _fix(timeline: Timeline, event: IteratorConsumed) -> Fix:
    """A list is filled where it is made, an iterator where it is used: flags set in between make a difference."""
    made_at = event.made_at
    later = made_at is None or any(made_at <= write.time < event.time for write in timeline.of(GradSet))
    return Fix(
        title="make it a list: `list(...)`",
        safety=Safety.UNSAFE if later else Safety.SAFE,
        recipes=(recipes.in_a_list(event.made),) if event.made is not None else (),
    )


RULE = Rule(
    code="FRZ205",
    name="exhausted-parameter-iterator",
    summary="a generator of parameters used a second time",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the second use receives 0 parameters, or raises because the list is empty",
)
