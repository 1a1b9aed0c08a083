"""FRZ125: what is frozen takes no part in the program, while another module just like it runs and trains."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Forward,
    GradSet,
    HeapObject,
    Mistake,
    NeverRuns,
    Note,
    Rule,
    Severity,
    Stepped,
    Timeline,
    Truth,
    every,
    fate,
    questions,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for freeze in questions.freezes(timeline):
        root = fate.whole_root(freeze.event.selections)
        if root is None or freeze.event.how == "library" or not fate.is_idle(timeline, root, freeze.event):
            continue
        for other in timeline.heap:
            truth = _takes_its_place(timeline, freeze.event, timeline.heap[root], other)
            if truth is not NO:
                known = MAYBE if timeline.open_end else YES
                yield _report(timeline, freeze.event, root, other, truth & known & freeze.truth)
                break


def _takes_its_place(timeline: Timeline, write: GradSet, frozen: HeapObject, other: HeapObject) -> Truth:
    """Whether another module is of the same kind, runs with gradients, and is trained."""
    steps = [step for step in timeline.of(Stepped) if step.time > write.time]
    if other.id == frozen.id or not steps or not fate.of_one_kind(timeline, frozen, other, steps[-1].time):
        return NO
    step = steps[-1]
    path = timeline.together(write.path, step.path)
    if path is None or not any(
        forward.grad is not NO and timeline.holds_module(forward.module, other.id, forward.time, path) is YES
        for forward in timeline.of(Forward)
    ):
        return NO
    atoms = fate.parameters_below(timeline, other.id, step.time, path)
    if not atoms:
        return NO
    held = every(questions.in_some_optimizer(timeline, atom, step.time, path) for atom in atoms)
    return held & every(timeline.requires_grad(atom, step.time, path).truth for atom in atoms)


def _report(timeline: Timeline, write: GradSet, root: int, other: HeapObject, truth: Truth) -> Mistake:
    subject, sibling = questions.name_of(timeline, root), questions.name_of(timeline, other.id)
    alike = f"`{sibling}`" if sibling != subject else "another one"
    return Mistake(
        span=write.span,
        message=f"`{subject}` is frozen here and used nowhere: {alike}, which is built alike, runs and trains",
        truth=truth,
        notes=(Note(other.span, "this one trains"),) if other.span is not None else (),
        stack=write.stack,
        claim=NeverRuns(subject=subject),
    )


RULE = Rule(
    code="FRZ125",
    name="freeze-of-bystander",
    summary="what is frozen takes no part, while a module just like it trains",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="it never runs, and the one like it moves",
)
