"""FRZ209: an optimizer gets a group that its learning rate scheduler, built before, does not know."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    Mistake,
    Note,
    ParameterGroupAdded,
    Raises,
    Rule,
    SchedulerBuilt,
    SchedulerStepped,
    Severity,
    Timeline,
    gradient_questions,
    questions,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for added in timeline.of(ParameterGroupAdded):
        if added.optimizer is None or added.groups == ((),):
            continue
        for scheduler in gradient_questions.schedulers_of(timeline, added.optimizer):
            found = _mistake(timeline, added, scheduler) if scheduler.time < added.time else None
            if found is not None:
                yield found


def _mistake(timeline: Timeline, added: ParameterGroupAdded, scheduler: SchedulerBuilt) -> Mistake | None:
    path = timeline.together(added.path, scheduler.path)
    met = gradient_questions.scheduled(timeline, scheduler, added.time, path) if path is not None else None
    truth = ~scheduler.traits.grows
    if met is None or truth is NO:
        return None
    (step,) = [event for event in timeline.of(SchedulerStepped) if event.time == met[0]]
    return Mistake(
        span=added.span,
        message=f"`{scheduler.cls}` was built before this group and has no rate for it: its next `step()` raises",
        truth=truth if scheduler.traits.grows is NO else MAYBE,
        notes=(Note(scheduler.span, "scheduler built here"), Note(step.span, "raises here")),
        claim=Raises(subject=questions.subject(step), exception="ValueError", later=True),
        stack=added.stack,
    )


RULE = Rule(
    code="FRZ209",
    name="group-added-after-scheduler",
    summary="a parameter group added after a scheduler was built that keeps its own list of groups",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="the scheduler's next step raises",
)
