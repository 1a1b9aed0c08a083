"""FRZ504: a documented call or default of a framework trains what is meant to be frozen."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Fix,
    FrameworkReset,
    GradSet,
    Mistake,
    Note,
    Path,
    Rule,
    Safety,
    Severity,
    StillTrains,
    Timeline,
    questions,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(FrameworkReset):
        met = questions.first_step(timeline, event.time, event.path)
        if met is not None and event.what == "left":
            yield from _left(timeline, event, met[0].time, met[1])
        elif met is not None:
            yield from _replaced(timeline, event, met[1])


def _left(timeline: Timeline, event: FrameworkReset, moment: int, path: Path) -> Iterator[Mistake]:
    """BatchNorm of a part that a callback freezes requires gradients when the first step is taken."""
    atoms = timeline.atoms(event.selections, path)
    truth = some(
        questions.covered(timeline, event.selections, atom, path) & timeline.requires_grad(atom, moment, path).truth
        for atom in atoms
    )
    if truth is not NO:
        yield Mistake(
            span=event.span,
            message=f"`{event.by}` freezes `{event.text}` but its BatchNorm layers, which train on by default",
            truth=truth,
            fix=Fix(title=event.remedy, safety=Safety.DISPLAY),
            stack=event.stack,
            claim=StillTrains(subject=questions.name_of(timeline, atoms[0].owner)),
        )


def _replaced(timeline: Timeline, event: FrameworkReset, path: Path) -> Iterator[Mistake]:
    """A freeze of a model in place of which another one is trained."""
    atoms = timeline.atoms(event.selections, path)
    for write in timeline.of(GradSet):
        if not event.since <= write.time < event.time:
            continue
        truth = some(
            ~flag.truth for atom in atoms
            if (flag := timeline.requires_grad(atom, event.time, path)).event is write and flag.truth is not YES
        )  # fmt: skip
        if truth is not NO:
            subject = questions.subject(write)
            yield Mistake(
                span=write.span,
                message=f"`{subject}` is frozen in a model that `{event.by}` throws away: it trains a new one",
                truth=truth,
                notes=(Note(event.span, "a new model is built here"),),
                fix=Fix(title=event.remedy, safety=Safety.DISPLAY),
                stack=write.stack,
                claim=StillTrains(subject=subject),
            )


RULE = Rule(
    code="FRZ504",
    name="framework-undoes-freeze",
    summary="a documented call or default of a framework that trains what is meant to be frozen",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.DISPLAY,
    confirmed_by="the parameters require a gradient at the first step",
)
