"""FRZ103: `p.requires_grad == False` as a statement compares the flag and sets nothing."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    YES,
    Const,
    Fix,
    FlagCompared,
    Mistake,
    NoEffect,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    recipes,
)

_FORMS = (
    ("$x.requires_grad == $v", "$x.requires_grad = $v"),
    ("$x.requires_grad is $v", "$x.requires_grad = $v"),
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(FlagCompared):
        subject = event.text.partition(".requires_grad")[0]
        value = event.value.value if isinstance(event.value, Const) else "..."
        yield Mistake(
            span=event.span,
            message=f"`{subject}.requires_grad` is compared with `{value}` and not set: the statement has no effect",
            truth=YES,
            fix=Fix(
                title=f"write `{subject}.requires_grad = {value}`",
                safety=Safety.SAFE,
                recipes=(recipes.Rewrite(event.span, _FORMS),),
            ),
            claim=NoEffect(subject=subject),
        )


RULE = Rule(
    code="FRZ103",
    name="compared-requires-grad",
    summary="`p.requires_grad == False` as a statement",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the flag is the same before and after the statement",
)
