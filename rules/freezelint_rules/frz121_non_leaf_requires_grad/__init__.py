"""FRZ121: `requires_grad` set on a tensor that is computed from parameters, or to a value that is no bool."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Const,
    FlagRejected,
    Mistake,
    NoEffect,
    Raises,
    Rule,
    Severity,
    Timeline,
    Truth,
    questions,
    truth_of,
)

_WHAT = {
    "computed": "is the result of a forward",
    "slice": "is a part of a parameter, which has one flag for all of it",
    "derived": "is computed from other parameters",
}


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(FlagRejected):
        found = _value(event) if event.why == "value" else _tensor(timeline, event)
        if found is not None:
            yield found


def _value(event: FlagRejected) -> Mistake:
    shown = repr(event.value.value) if isinstance(event.value, Const) else "it"
    error = "RuntimeError" if event.how == "assign" else "TypeError"
    subject = questions.subject(event)
    return Mistake(
        span=event.span,
        message=f"`requires_grad` of `{subject}` is set to `{shown}`, which is no bool: it raises `{error}`",
        truth=YES,
        claim=Raises(subject=subject, exception=error),
    )


def _tensor(timeline: Timeline, event: FlagRejected) -> Mistake | None:
    subject = questions.subject(event)
    value = truth_of(event.value, event.path)
    if event.why == "plain":
        return Mistake(
            span=event.span,
            message=f"`{subject}` is computed anew at every forward: the flags of what it is computed from stay",
            truth=YES if _needed(timeline, event, value) else NO,
            claim=NoEffect(subject=subject),
        )
    if event.how == "method" and value is not NO:
        return None  # `requires_grad_(True)` of what requires it already does nothing, and raises nothing
    truth = event.grad & _requires(timeline, event)
    if truth is NO:
        return _ineffective(timeline, event, subject, value)
    return Mistake(
        span=event.span,
        message=f"`{subject}` {_WHAT[event.why]}: its `requires_grad` cannot be set, it raises `RuntimeError`",
        truth=truth & (MAYBE if event.how == "method" and value is MAYBE else YES),
        claim=Raises(subject=subject, exception="RuntimeError"),
    )


def _requires(timeline: Timeline, event: FlagRejected) -> Truth:
    """Whether what it is computed from requires a gradient: all of it, where that decides."""
    return questions.trainable(timeline, timeline.atoms(event.sources, event.path), event.at, event.path)


def _needed(timeline: Timeline, event: FlagRejected, value: Truth) -> bool:
    return _requires(timeline, event) is not value


def _ineffective(timeline: Timeline, event: FlagRejected, subject: str, value: Truth) -> Mistake | None:
    """A weight that is computed from frozen parameters takes any flag, and nothing comes of it."""
    if event.why != "derived" or value is not YES:
        return None
    return Mistake(
        span=event.span,
        message=f"`{subject}` is computed from other parameters, which stay frozen",
        truth=YES,
        claim=NoEffect(subject=subject),
    )


RULE = Rule(
    code="FRZ121",
    name="non-leaf-requires-grad",
    summary="`requires_grad` set on a computed tensor, or to a value that is no bool",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="the statement raises `RuntimeError` or `TypeError`",
)
