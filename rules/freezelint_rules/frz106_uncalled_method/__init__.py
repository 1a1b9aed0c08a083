"""FRZ106: a method is named and not called (`m.eval`, `for p in m.parameters:`)."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    YES,
    AttributeSet,
    Claim,
    Fix,
    MethodUncalled,
    Mistake,
    NoEffect,
    Raises,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    recipes,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(MethodUncalled):
        subject = questions.subject(event, event.name)
        method = f"`{event.name}` of `{subject}`"
        if event.how == "iterated":
            message = f"{method} is iterated over without being called: a method is not iterable"
            claim: Claim = Raises(subject=subject, exception="TypeError")
        else:
            message = f"{method} is named without being called: the statement has no effect"
            claim = NoEffect(subject=subject)
        yield Mistake(
            span=event.span,
            message=message,
            truth=event.truth,
            fix=Fix(title=f"call it: `{subject}.{event.name}()`", safety=Safety.SAFE, recipes=_recipes(event)),
            claim=claim,
        )
    for assigned in timeline.of(AttributeSet):
        if assigned.kind == "method" and assigned.name == "requires_grad":
            subject = questions.subject(assigned)
            yield Mistake(
                span=assigned.span,
                message=f"`{subject}` is a method that is not called, and has no `requires_grad` to set",
                truth=YES,
                claim=Raises(subject=subject, exception="AttributeError"),
            )


def _recipes(event: MethodUncalled) -> tuple[recipes.Recipe, ...]:
    # Called with nothing `requires_grad_` would unfreeze, and hardly anybody who names it means that.
    if event.name == "requires_grad_" or event.bare is not YES:
        return ()
    return (recipes.called(event.span),)


RULE = Rule(
    code="FRZ106",
    name="uncalled-method",
    summary="a method that is named and not called",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the statement changes no flag and no mode, or raises `TypeError`",
)
