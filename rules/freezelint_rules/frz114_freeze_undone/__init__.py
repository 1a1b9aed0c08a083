"""FRZ114: a later statement takes a freeze back before anything was computed or trained with it."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Event,
    GradSet,
    Mistake,
    OptimizerBuilt,
    ParameterAtom,
    ParameterReplaced,
    Path,
    Rule,
    Severity,
    StillTrains,
    Timeline,
    Truth,
    every,
    fate,
    questions,
    relation,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for freeze in questions.freezes(timeline):
        atoms = timeline.atoms(freeze.event.selections, freeze.path)
        for thaw in questions.thaws(timeline):
            if thaw.event.time > freeze.event.time and thaw.truth is YES:
                truth = _undone(timeline, freeze, atoms, thaw.event)
                if truth is not NO:
                    yield _report(timeline, freeze.event, thaw.event, "they require grad again from here", truth)
        for made in timeline.of(ParameterReplaced):
            truth = _rewrapped(timeline, freeze, atoms, made)
            if truth is not NO:
                yield _report(timeline, freeze.event, made, f"`{made.text}` is a new parameter from here", truth)


def _undone(timeline: Timeline, freeze: questions.Write, atoms: list[ParameterAtom], thaw: GradSet) -> Truth:
    """Whether the write makes all require a gradient again that rests on the freeze, and that serves nobody."""
    path = timeline.together(freeze.path, thaw.path)
    if path is None or relation(thaw.path, freeze.path) is not YES:
        return NO  # an option of its own decides on the unfreeze
    resting = fate.decided_by(timeline, freeze.event, atoms, thaw.time, path)
    if not resting or fate.used_between(timeline, freeze.event.time, thaw.time, path):
        return NO
    if fate.values_written(timeline, freeze.event.time, thaw.time, resting, path):
        return NO  # a leaf that requires a gradient cannot be written in place: the freeze was for that
    kept = _kept(timeline, freeze.event, resting, thaw, path)
    if thaw.how == "remade":
        resting = [atom for atom in resting if questions.covered(timeline, thaw.selections, atom, path) is not NO]
    elif not _blanket(timeline, freeze.event, thaw, resting, path):
        return NO
    covered = every(questions.covered(timeline, thaw.selections, atom, path) for atom in resting) if resting else NO
    return freeze.truth & covered & kept & _stays(timeline, freeze.event, resting, thaw.time, path)


def _kept(timeline: Timeline, freeze: GradSet, resting: list[ParameterAtom], thaw: GradSet, path: Path) -> Truth:
    """Whether the optimizers built in between have the parameters: for one without them the freeze has served."""
    return every(
        timeline.held(built.optimizer, atom, built.time + 1, path).truth
        for built in timeline.of(OptimizerBuilt)
        if freeze.time < built.time < thaw.time
        for atom in resting
    )


def _blanket(timeline: Timeline, freeze: GradSet, thaw: GradSet, resting: list[ParameterAtom], path: Path) -> bool:
    """Whether the unfreeze takes more than what was frozen, or the very same in the same breath: one that picks out
    a part of what is frozen means it."""
    if any(questions.covered(timeline, thaw.selections, atom, path) is NO for atom in resting):
        return False
    if any(
        questions.covered(timeline, freeze.selections, atom, path) is NO
        for atom in timeline.atoms(thaw.selections, path)
    ):
        return True
    whole = all(
        any(
            timeline.holds_module(fate.root_of(one), fate.root_of(other), thaw.time, path) is YES
            for one in thaw.selections
        )
        for other in freeze.selections
    )
    return whole and freeze.function == thaw.function and freeze.stack == thaw.stack


def _stays(timeline: Timeline, freeze: GradSet, atoms: list[ParameterAtom], time: int, path: Path) -> Truth:
    """Whether the parameters require a gradient when training starts, and an optimizer that is there has them."""
    if fate.written_again(timeline, freeze, after=time):
        return NO  # a stage that resets all flags first and then freezes its own
    moment, path = fate.training_moment(timeline, time, path)
    if any(fate.left_out(timeline, atom, moment, path) for atom in atoms):
        return NO
    return every(timeline.requires_grad(atom, moment, path).truth for atom in atoms)


def _rewrapped(
    timeline: Timeline, freeze: questions.Write, atoms: list[ParameterAtom], made: ParameterReplaced
) -> Truth:
    """Whether a frozen parameter got a new one with its values in its place, which requires a gradient."""
    path = timeline.together(freeze.path, made.path)
    if path is None or made.time < freeze.event.time or relation(made.path, freeze.path) is not YES:
        return NO
    old = ParameterAtom(made.parent, made.name) if made.old is None else ParameterAtom(made.old, "")
    before = timeline.requires_grad(old, made.time, path)
    if old not in atoms or before.event is not freeze.event or made.rewraps is NO:
        return NO
    if fate.used_between(timeline, freeze.event.time, made.time, path):
        return NO
    meant = truth_of(made.requires_grad, path)
    stays = _stays(timeline, freeze.event, [ParameterAtom(made.new, "")], made.time, path)
    return freeze.truth & ~before.truth & made.rewraps & meant & stays


def _report(timeline: Timeline, freeze: GradSet, undoing: Event, what: str, truth: Truth) -> Mistake:
    owner = questions.part(timeline, [freeze])
    return Mistake(
        span=freeze.span,
        message=f"parameters of {owner} are frozen here and require grad again before anything uses it",
        truth=truth,
        notes=fate.notes_of(undoing, freeze, what),
        stack=freeze.stack,
        claim=StillTrains(subject=owner.split("`")[1]),
    )


RULE = Rule(
    code="FRZ114",
    name="freeze-undone",
    summary="a later statement makes what was frozen require grad again before anything trains",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="their flags are True at the first step",
)
