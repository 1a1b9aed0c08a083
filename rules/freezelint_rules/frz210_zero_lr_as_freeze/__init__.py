"""FRZ210: a learning rate of 0 as a freeze, which a scheduler lifts, or beside BatchNorm that updates all the same."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Const,
    Forward,
    Mistake,
    MovesAtZero,
    Note,
    OptimizerBuilt,
    OptionWritten,
    ParameterAtom,
    ParameterGroupAdded,
    Path,
    Rule,
    SchedulerBuilt,
    Selections,
    Severity,
    Span,
    StatisticsDrift,
    Timeline,
    Truth,
    Value,
    every,
    gradient_questions,
    questions,
    relation,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for built in timeline.of(OptimizerBuilt):
        for event, number, options in gradient_questions.groups(timeline, built.optimizer):
            group = event.groups[number]
            if group and _is_zero(options.get("lr")) and _others_train(timeline, built.optimizer):
                yield from _group(timeline, event, group, options.place or event.span)
    for write in timeline.of(OptionWritten):
        if write.name == "lr" and write.optimizer is not None and write.index is not None and _is_zero(write.value):
            yield from _restored(timeline, write, write.optimizer)


def _is_zero(value: Value | None) -> bool:
    return gradient_questions.nonzero(value) is NO


def _others_train(timeline: Timeline, optimizer: int) -> bool:
    """Whether another group has a rate: where none has, 0 is where a warm-up starts."""
    return any(not _is_zero(options.get("lr")) for _, _, options in gradient_questions.groups(timeline, optimizer))


def _group(
    timeline: Timeline, event: OptimizerBuilt | ParameterGroupAdded, group: Selections, place: Span
) -> Iterator[Mistake]:
    optimizer = event.optimizer
    if optimizer is None:
        return
    name = questions.parts(timeline, group)
    for scheduler in gradient_questions.schedulers_of(timeline, optimizer):
        path = timeline.together(event.path, scheduler.path)
        met = gradient_questions.scheduled(timeline, scheduler, event.time, path) if path is not None else None
        if met is None or scheduler.time < event.time:
            continue
        truth = _lifts(scheduler) & _moves(timeline, optimizer, group, met[0], met[1])
        if truth is not NO:
            yield Mistake(
                span=place,
                message=f"the learning rate of {name} is 0, and `{scheduler.cls}` gives it another: it moves",
                truth=truth,
                notes=(Note(scheduler.span, "scheduler built here"),),
                claim=MovesAtZero(subject=name.split("`")[1], what="rate"),
                stack=event.stack,
            )
    yield from _statistics(timeline, event, group, place)


def _lifts(scheduler: SchedulerBuilt) -> Truth:
    """Whether a scheduler gives a group that is built with a rate of 0 a rate above it."""
    if scheduler.traits.grows is MAYBE:
        return MAYBE
    if not scheduler.traits.lifts:
        return NO
    value = scheduler.options.get(scheduler.traits.lifts)
    match value:
        case None:
            return NO if scheduler.options.complete else MAYBE
        case Const(value=tuple()):
            return NO  # a rate for each group, and so for this one
        case _:
            # An option of the program is a rate that somebody gives; a list would be written as one.
            return gradient_questions.nonzero(value)


def _moves(timeline: Timeline, optimizer: int, group: Selections, time: int, path: Path) -> Truth:
    """Whether the optimizer steps after a moment while the group requires gradient_questions."""
    met = questions.first_step(timeline, time, path, optimizer=optimizer)
    if met is None or met[0].optimizer is None:
        return NO
    atoms = timeline.atoms(group, met[1])
    return some(timeline.requires_grad(atom, met[0].time, met[1]).truth for atom in atoms)


def _restored(timeline: Timeline, write: OptionWritten, optimizer: int) -> Iterator[Mistake]:
    """A rate of 0 written by hand, which a scheduler writes over before a step."""
    for scheduler in gradient_questions.schedulers_of(timeline, optimizer):
        path = timeline.together(write.path, scheduler.path)
        met = gradient_questions.scheduled(timeline, scheduler, write.time, path) if path is not None else None
        if met is None or scheduler.time > write.time:
            continue
        stepped = questions.first_step(timeline, met[0], met[1], optimizer=optimizer)
        if stepped is None or _written_again(timeline, write, met[0], stepped[0].time, stepped[1]):
            continue
        truth = scheduler.traits.restores & (YES if stepped[0].optimizer is not None else MAYBE)
        if truth is not NO and _others_train(timeline, optimizer):
            yield Mistake(
                span=write.span,
                message=f"the learning rate is 0 here only until `{scheduler.cls}` computes it anew: the group moves",
                truth=truth,
                notes=(Note(scheduler.span, "scheduler built here"), Note(stepped[0].span, "this step moves it")),
                claim=MovesAtZero(subject=questions.subject(write, ""), what="rate"),
                stack=write.stack,
            )


def _written_again(timeline: Timeline, write: OptionWritten, start: int, end: int, path: Path) -> bool:
    return any(
        other.name == "lr" and start < other.time < end and relation(other.path, path) is YES
        for other in timeline.of(OptionWritten)
        if other.optimizer in (write.optimizer, None)
    )


def _statistics(
    timeline: Timeline, event: OptimizerBuilt | ParameterGroupAdded, group: Selections, place: Span
) -> Iterator[Mistake]:
    """Normalisation layers whose parameters are in the group, running in train mode while something trains."""
    for forward in timeline.of(Forward):
        met = questions.first_step(timeline, forward.time, event.path, forward.path, optimizer=event.optimizer)
        if forward.time < event.time or forward.within or met is None:
            continue
        for layer, truth in questions.run_by(timeline, forward, "norm", met[1]):
            atoms = timeline.atoms(questions.below(layer.id, forward.time), met[1])
            if not atoms:
                continue
            truth = truth & every(_stays(timeline, atom, group, forward.time, met[1]) for atom in atoms)
            truth = truth & timeline.training(layer.id, questions.inside(timeline, forward), met[1]).truth
            if truth is not NO:
                name = questions.name_of(timeline, layer.id)
                yield Mistake(
                    span=place,
                    message=f"the learning rate is 0, and the running statistics of `{name}` are updated all the same",
                    truth=truth,
                    notes=(Note(forward.span, "this forward updates its statistics"),),
                    claim=StatisticsDrift(subject=name),
                    stack=event.stack,
                )
                return


def _stays(timeline: Timeline, atom: ParameterAtom, group: Selections, time: int, path: Path) -> Truth:
    """Whether a parameter is in the group and would train but for its rate."""
    inside = questions.covered(timeline, group, atom, path)
    return inside & timeline.requires_grad(atom, time, path).truth


RULE = Rule(
    code="FRZ210",
    name="zero-lr-as-freeze",
    summary="a learning rate of 0 as a freeze, which a scheduler lifts, or beside BatchNorm that updates all the same",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="the rate and the movement at a later step, or running statistics that changed",
)
