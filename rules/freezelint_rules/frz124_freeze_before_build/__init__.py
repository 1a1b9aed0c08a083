"""FRZ124: a module is frozen, or put in eval mode, before anything stands in it; what is built afterwards is not."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    GradSet,
    Mistake,
    ModeSet,
    NoEffect,
    Note,
    Path,
    Rule,
    Severity,
    Timeline,
    Truth,
    every,
    fate,
    questions,
    some,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for write in questions.freezes(timeline):
        root = fate.whole_root(write.event.selections)
        if root is None or write.event.how not in ("assign", "method"):
            continue
        truth = _empty(timeline, root, write.event.time, write.path)
        if truth is not NO:
            truth = truth & write.truth & _left_trainable(timeline, root, write.event, write.path)
        if truth is not NO:
            yield _report(timeline, root, write.event, "frozen", "what is built afterwards requires grad", truth)
    for event in timeline.of(ModeSet):
        if event.how != "eval" or event.root is None or truth_of(event.value, event.path) is not NO:
            continue
        truth = _empty(timeline, event.root, event.time, event.path)
        if truth is not NO:
            truth = truth & _left_in_train_mode(timeline, event.root, event)
        if truth is not NO:
            words = "what is built afterwards is in train mode"
            yield _report(timeline, event.root, event, "put in eval mode", words, truth)


def _empty(timeline: Timeline, root: int, time: int, path: Path) -> Truth:
    """Whether a module surely holds no module and no parameter at a moment."""
    item = timeline.heap[root]
    if item.open or item.parameters or not item.expanded or item.is_module is not YES:
        return NO
    if any(moment < time for moment in item.doubts):
        return NO
    return Truth.of(all(_is_no_part(timeline, edge.child) or edge.alive(time, path) is NO for edge in item.edges))


def _is_no_part(timeline: Timeline, child: int) -> bool:
    """Whether an attribute is surely neither a module nor a parameter."""
    item = timeline.heap[child]
    return item.is_module is NO and item.kind.value != "parameter"


def _left_trainable(timeline: Timeline, root: int, write: GradSet, path: Path) -> Truth:
    """Whether all that is in the module when training starts requires a gradient, no later statement having set it."""
    moment, path = fate.training_moment(timeline, write.time, path)
    atoms = fate.parameters_below(timeline, root, moment, path)
    answers = [timeline.requires_grad(atom, moment, path) for atom in atoms]
    if not answers or any(answer.event is not None for answer in answers):
        return NO
    return every(answer.truth for answer in answers)


def _left_in_train_mode(timeline: Timeline, root: int, event: ModeSet) -> Truth:
    """Whether layers that depend on the mode are in train mode when training starts, as they were made."""
    moment, path = fate.training_moment(timeline, event.time, event.path)
    truths = []
    for kind in ("norm", "dropout"):
        for item, stands in questions.layers(timeline, root, moment, path, kind):
            mode = timeline.training(item.id, moment, path)
            truths.append(stands & mode.truth if mode.event is None else NO)
    return some(truths)


def _report(timeline: Timeline, root: int, event: GradSet | ModeSet, done: str, after: str, truth: Truth) -> Mistake:
    subject = questions.name_of(timeline, root)
    first = min((edge.child for edge in timeline.heap[root].edges if edge.time > event.time), default=None)
    built = timeline.heap[first].span if first is not None else None
    return Mistake(
        span=event.span,
        message=f"`{subject}` is still empty when it is {done} here: {after}",
        truth=truth,
        notes=(Note(built, "built only here"),) if built is not None and built != event.span else (),
        stack=event.stack,
        claim=NoEffect(subject=subject),
    )


RULE = Rule(
    code="FRZ124",
    name="freeze-before-build",
    summary="a module is frozen or put in eval mode while nothing stands in it yet",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="the statement meets 0 parameters",
)
