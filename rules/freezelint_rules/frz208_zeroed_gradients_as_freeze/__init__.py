"""FRZ208: gradients are zeroed as a freeze, and the optimizer moves the weights without them."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    GradientWritten,
    Mistake,
    MovesAtZero,
    Note,
    ParameterAtom,
    Path,
    Rule,
    Severity,
    Stepped,
    Timeline,
    Truth,
    WeightsWritten,
    gradient_questions,
    questions,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for write in timeline.of(GradientWritten):
        if write.how == "none":
            continue
        for step in timeline.of(Stepped):
            found = _mistake(timeline, write, step) if step.time > write.time and step.optimizer is not None else None
            if found is not None:
                yield found


def _mistake(timeline: Timeline, write: GradientWritten, step: Stepped) -> Mistake | None:
    path = timeline.together(write.path, step.path)
    made = gradient_questions.built(timeline, step.optimizer) if step.optimizer is not None else None
    if path is None or made is None or _restored(timeline, write, step, path):
        return None
    earlier = _before(timeline, write, path)
    truth, by = NO, ""
    for atom in timeline.atoms(write.selections, path):
        held = timeline.held(made.optimizer, atom, step.time, path).truth
        now = gradient_questions.gradient(timeline, atom, step.time, path, rows=True)
        if held is NO or now.event is not write or gradient_questions.idle(timeline, made.optimizer, atom, path):
            continue
        moves = gradient_questions.drift(timeline, step, atom, path, earlier, rows=True)
        found = held & now.surely(gradient_questions.Gradient.ZERO) & moves.truth
        found = found & timeline.requires_grad(atom, step.time, path).truth
        if found.value > truth.value:
            truth, by = found, moves.by
    if write.partial is not YES:
        truth = truth & _others(timeline, write, step, path)
    if by != "weight decay" and gradient_questions.only_early(write.path):
        truth = truth & MAYBE
    if truth is NO:
        return None
    owner = questions.parts(timeline, write.selections)
    what = "rows" if write.partial is YES else "parameters"
    return Mistake(
        span=write.span,
        message=f"{what} of {owner} are not frozen by gradients of zero: `{made.cls}` moves them by {by}",
        truth=truth,
        notes=(Note(made.span, "optimizer built here"), Note(step.span, "this step moves them")),
        claim=MovesAtZero(subject=owner.split("`")[1], what="gradient"),
        stack=write.stack,
    )


def _before(timeline: Timeline, write: GradientWritten, path: Path) -> Path:
    """The path of the time before the gradients were zeroed for the first time."""
    first = gradient_questions.first_time(timeline, write, path)
    return path if first is None else first


def _restored(timeline: Timeline, write: GradientWritten, step: Stepped, path: Path) -> bool:
    """Whether the program writes the weights back after the step."""
    atoms = timeline.atoms(write.selections, path)
    later = [event for event in timeline.of(WeightsWritten) if event.time > step.time]
    return any(_meets(timeline, event, atoms, path) for event in later)


def _meets(timeline: Timeline, event: WeightsWritten, atoms: list[ParameterAtom], path: Path) -> bool:
    return any(questions.covered(timeline, event.selections, atom, path) is not NO for atom in atoms)


def _others(timeline: Timeline, write: GradientWritten, step: Stepped, path: Path) -> Truth:
    """Whether the step has something else to move: where all is zeroed, nothing is meant to be frozen."""
    made = gradient_questions.built(timeline, step.optimizer) if step.optimizer is not None else None
    groups = made.groups if made is not None else ()
    atoms = [atom for group in groups if group is not None for atom in timeline.atoms(group, path)]
    left = [atom for atom in atoms if questions.covered(timeline, write.selections, atom, path) is NO]
    return YES if left else MAYBE


RULE = Rule(
    code="FRZ208",
    name="zeroed-gradients-as-freeze",
    summary="gradients zeroed as a freeze under weight decay, momentum or an adaptive optimizer",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="how far the weights moved at gradients of zero",
)
