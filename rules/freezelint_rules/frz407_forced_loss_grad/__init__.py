"""FRZ407: `requires_grad` is forced on a loss, so that backward runs although no parameter is reached."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import LossForced, Mistake, NoGradient, Note, Rule, Severity, Timeline, graph_questions, questions


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(LossForced):
        backward = graph_questions.forced_backward(timeline, event)
        if backward is None:
            continue
        subject = questions.subject(event)
        yield Mistake(
            span=event.span,
            message=f"`requires_grad` is forced on `{subject}`: `backward()` runs and gives no parameter a gradient",
            truth=graph_questions.in_vain(timeline, event),
            notes=(Note(backward.span, "backward runs here"),),
            claim=NoGradient(subject=subject),
        )


RULE = Rule(
    code="FRZ407",
    name="forced-loss-grad",
    summary="`requires_grad` forced on a loss before backward",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="after backward no parameter has a gradient",
)
