"""FRZ206: everything that an optimizer holds is frozen when it steps."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    GradSet,
    LossForced,
    Mistake,
    Note,
    NothingTrains,
    OptimizerBuilt,
    ParameterAtom,
    Path,
    Rule,
    Selections,
    Severity,
    Stepped,
    Tainted,
    Timeline,
    Truth,
    graph_questions,
    questions,
    relation,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    found = [_mistake(timeline, built) for built in timeline.of(OptimizerBuilt) if not built.framework]
    return questions.best(mistake for mistake in found if mistake is not None)


def _mistake(timeline: Timeline, built: OptimizerBuilt) -> Mistake | None:
    step = _last_step(timeline, built)
    moment = step.time if step is not None else built.time
    best: tuple[Truth, GradSet] | None = None
    for write in questions.freezes(timeline):
        path = timeline.together(write.path, built.path, step.path if step is not None else ())
        if path is None or write.event.time >= moment:
            continue
        found = _frozen(timeline, built, write.event, moment, path)
        truth = found & write.truth & _sure(timeline, built, step)
        if truth is not NO and (best is None or truth.value >= best[0].value):
            best = truth, write.event
    if best is None or _forced(timeline, built, moment):
        return None
    notes = [Note(built.span, "optimizer built here")]
    if step is not None:
        notes.append(Note(step.span, "steps here"))
    return Mistake(
        span=best[1].span,
        message="everything that the optimizer holds is frozen when it steps: nothing is left to train",
        truth=best[0],
        notes=tuple(notes),
        stack=best[1].stack,
        claim=NothingTrains(subject=questions.subject(best[1])),
    )


def _frozen(timeline: Timeline, built: OptimizerBuilt, write: GradSet, moment: int, path: Path) -> Truth:
    """Whether all that the optimizer holds is frozen at the moment, this write being one of those that did it."""
    groups = questions.groups_of(timeline, built.optimizer, max(moment, built.time + 1), path)
    known: list[ParameterAtom] = []
    for group in groups:
        if group is None or any(each.truth is not YES for each in group):
            return NO
        known.extend(timeline.atoms(_whole(group), path))
    answers = [timeline.requires_grad(atom, moment, path) for atom in known]
    if not answers or not any(answer.event is write for answer in answers):
        return NO
    if questions.thawed_later(timeline, known, moment, path) is not None:
        return NO
    return questions.frozen(timeline, known, moment, path)


def _forced(timeline: Timeline, built: OptimizerBuilt, moment: int) -> bool:
    """Whether the flag of the loss is forced, so that nothing raises: FRZ407 tells that."""
    for event in timeline.of(LossForced):
        backward = graph_questions.forced_backward(timeline, event)
        met = backward is not None and backward.time < moment and timeline.together(event.path, built.path) is not None
        if met and graph_questions.in_vain(timeline, event) is YES:
            return True
    return False


def _whole(group: Selections) -> Selections:
    """A group of what requires grad is empty when nothing does: then all that it was drawn from counts."""
    return tuple(each if not questions.tests_flag(each) else questions.without_tests(each) for each in group)


def _last_step(timeline: Timeline, built: OptimizerBuilt) -> Stepped | None:
    steps = [
        step
        for step in timeline.of(Stepped)
        if step.time > built.time
        and step.optimizer in (built.optimizer, None)
        and relation(step.path, built.path) is not NO
    ]
    return steps[-1] if steps else None


def _sure(timeline: Timeline, built: OptimizerBuilt, step: Stepped | None) -> Truth:
    if step is not None:
        return YES if step.optimizer is not None else MAYBE
    later = any(event.time > built.time for event in timeline.of(Tainted))
    return MAYBE if timeline.open_end or later else YES


RULE = Rule(
    code="FRZ206",
    name="nothing-left-to-train",
    summary="everything an optimizer holds is frozen when it steps",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="0 of its parameters require grad, or backward raises that element 0 does not require grad",
)
