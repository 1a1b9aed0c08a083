"""FRZ104: `p.requires_grad(False)` calls the flag, which is a bool."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import Fix, FlagCalled, Mistake, Raises, Rule, Safety, Severity, Timeline, questions, recipes

_FORMS = (
    # A generator of parameters has no such method either.
    ("$x.parameters().requires_grad($v)", "$x.requires_grad_($v)"),
    ("$x.requires_grad($v)", "$x.requires_grad_($v)"),
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(FlagCalled):
        subject = event.text.partition(".requires_grad(")[0]
        yield Mistake(
            span=event.span,
            message=f"`requires_grad` of `{subject}` is no method: the call raises an exception",
            truth=event.truth,
            fix=Fix(
                title=f"write `{subject}.requires_grad_(...)`",
                safety=Safety.SAFE,
                recipes=(recipes.Rewrite(event.span, _FORMS),),
            ),
            claim=Raises(subject=subject, exception="TypeError"),
        )


RULE = Rule(
    code="FRZ104",
    name="called-requires-grad",
    summary="`p.requires_grad(False)`: the flag called like a method",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the statement raises `TypeError`",
)
