"""FRZ403: `torch.no_grad()` as a statement makes a context manager that nothing enters."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    YES,
    Fix,
    GradModeUnused,
    Mistake,
    NoEffect,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(GradModeUnused):
        name = event.name.rpartition(".")[2]
        yield Mistake(
            span=event.span,
            message=f"`{name}()` makes a context manager that is never entered: gradients are recorded as before",
            truth=YES,
            fix=Fix(
                title=f"write `with torch.{name}():` around what follows",
                safety=Safety.UNSAFE,
                recipes=remedies.enclosed(timeline, event),
            ),
            claim=NoEffect(subject=f"{name}()"),
        )


RULE = Rule(
    code="FRZ403",
    name="bare-no-grad",
    summary="`torch.no_grad()` as a statement",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="`torch.is_grad_enabled()` is the same before and after the statement",
)
