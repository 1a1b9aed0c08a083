"""FRZ110: a `map(...)` or generator expression that would freeze, and that nothing runs."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Fix,
    LazyFreeze,
    Mistake,
    NoEffect,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    recipes,
    truth_of,
)

_FORMS = (
    ("map(lambda $each: $do, $x)", "for $each in $x:\n    $do"),
    ("filter(lambda $each: $do, $x)", "for $each in $x:\n    $do"),
    ("map($do, $x)", "for $new_each in $x:\n    $do($new_each)"),
    ("($do for $each in $x)", "for $each in $x:\n    $do"),
    ("($do for $each in $x if $test)", "for $each in $x:\n    if $test:\n        $do"),
    ("($do for $one in $x for $each in $y)", "for $one in $x:\n    for $each in $y:\n        $do"),
    ("map($do, $x)", "list(map($do, $x))"),
    ("filter($do, $x)", "list(filter($do, $x))"),
    ("($do for $each in $x)", "[$do for $each in $x]"),
    ("($do for $each in $x if $test)", "[$do for $each in $x if $test]"),
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(LazyFreeze):
        atoms = timeline.atoms(event.selections, event.path)
        if atoms and questions.set_beside(timeline, event, event.value, atoms):
            continue
        made = f"`{event.how}(...)`" if event.how in ("map", "filter") else f"this {event.how}"
        value = truth_of(event.value, event.path)
        verb = "freezes" if value is NO else "unfreezes" if value is YES else "sets the flag of"
        yield Mistake(
            span=event.span,
            message=f"{made} is lazy and nothing goes over it: it {verb} nothing",
            truth=YES,
            fix=Fix(title="write a `for` loop", safety=Safety.SAFE, recipes=(recipes.Rewrite(event.span, _FORMS),)),
            stack=event.stack,
            claim=NoEffect(subject=questions.subject(event)),
        )


RULE = Rule(
    code="FRZ110",
    name="lazy-freeze",
    summary="a `map(...)` or generator expression that would freeze and is never run",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the flags are the same before and after the statement",
)
