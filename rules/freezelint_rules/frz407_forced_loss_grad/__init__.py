"""FRZ407: `requires_grad` is forced on a loss, so that backward runs although no parameter is reached."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    Forward,
    LossForced,
    Mistake,
    NoGradient,
    Note,
    Rule,
    Severity,
    TensorBackward,
    Timeline,
    Truth,
    questions,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(LossForced):
        same = [each for each in timeline.of(TensorBackward) if each.time > event.time and each.tensor == event.tensor]
        backward = next((each for each in same if timeline.together(event.path, each.path) is not None), None)
        if backward is None:
            continue
        subject = questions.subject(event)
        yield Mistake(
            span=event.span,
            message=f"`requires_grad` is forced on `{subject}`: `backward()` runs and gives no parameter a gradient",
            truth=~(event.connected & _trains(timeline, event)),
            notes=(Note(backward.span, "backward runs here"),),
            claim=NoGradient(subject=subject),
        )


def _trains(timeline: Timeline, event: LossForced) -> Truth:
    """Whether the loss may have gradients of its own, which makes the statement needless and harmless."""
    if event.how not in ("assign", "method"):
        return NO  # a new tensor made from the value: it has no history
    found: list[Truth] = []
    for forward in timeline.of(Forward):
        path = timeline.together(event.path, forward.path)
        if forward.time < event.time and path is not None:
            atoms = timeline.atoms(questions.below(forward.module, forward.time), path)
            found.extend(forward.grad & timeline.requires_grad(atom, forward.time, path).truth for atom in atoms)
    # Even so the loss may have been cut off (detached, made from numbers): it is not known to be harmless.
    return some(found) & MAYBE


RULE = Rule(
    code="FRZ407",
    name="forced-loss-grad",
    summary="`requires_grad` forced on a loss before backward",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="after backward no parameter has a gradient",
)
