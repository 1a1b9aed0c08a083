"""FRZ203: parameters are unfrozen after the optimizer was built without them, and no optimizer ever gets them."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Fix,
    GradSet,
    Mistake,
    NeverUpdated,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    Path,
    Rule,
    Safety,
    SchedulerBuilt,
    Severity,
    Span,
    Stepped,
    Timeline,
    Truth,
    questions,
    recipes,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    found: dict[Span, list[tuple[questions.Write, OptimizerBuilt, Mistake]]] = {}
    for thaw in questions.thaws(timeline):
        for built in timeline.of(OptimizerBuilt):
            mistake = _mistake(timeline, [thaw], built) if built.time < thaw.event.time else None
            if mistake is not None:
                found.setdefault(mistake.span, []).append((thaw, built, mistake))
    for mistakes in found.values():
        yield from _joined(timeline, mistakes)


def _joined(timeline: Timeline, found: list[tuple[questions.Write, OptimizerBuilt, Mistake]]) -> Iterator[Mistake]:
    """The best known of what one statement does at several times, with all that it is about then."""
    first, built, best = max(found, key=lambda each: each[2].truth.value)
    others = [thaw for thaw, _, mistake in found if mistake.truth is best.truth and thaw is not first]
    mistake = _mistake(timeline, [first, *others], built)
    if mistake is not None:
        yield mistake


def _mistake(timeline: Timeline, thaws: list[questions.Write], built: OptimizerBuilt) -> Mistake | None:
    """The mistake that the first of some writes of one statement is, told of all of them."""
    thaw = thaws[0]
    met = questions.first_step(timeline, thaw.event.time, thaw.path, built.path, optimizer=built.optimizer)
    if met is None:
        return None
    step, path = met
    last = _last_step(timeline, step)
    truth, frozen_by = NO, None
    lacking: dict[ParameterAtom, Truth] = {}
    for atom in timeline.atoms(thaw.event.selections, path):
        before = timeline.requires_grad(atom, thaw.event.time, path)
        missing = ~questions.in_some_optimizer(timeline, atom, last.time, path)
        lacking[atom] = missing
        needs = timeline.requires_grad(atom, step.time, path).truth
        found = ~before.truth & missing & needs & thaw.truth
        if found is not NO:
            truth = truth | found
            frozen_by = frozen_by or (before.event if isinstance(before.event, GradSet) else None)
    if truth is NO:
        return None
    if step.optimizer is None:
        truth = truth & MAYBE
    owner = questions.part(timeline, [each.event for each in thaws])
    notes = [Note(built.span, "this optimizer was built without them"), Note(step.span, "steps without them here")]
    if frozen_by is not None:
        notes.insert(0, Note(frozen_by.span, "frozen here"))
    return Mistake(
        span=thaw.event.span,
        message=f"parameters of {owner} were not in the optimizer when it was built: unfrozen here, they stay still",
        truth=truth,
        notes=tuple(notes),
        fix=Fix(
            title="let the optimizer have them, from here on or from the start",
            safety=Safety.UNSAFE,
            recipes=_recipes(timeline, thaw, built, last.time, path, lacking),
        ),
        stack=thaw.event.stack,
        claim=NeverUpdated(subject=owner.split("`")[1]),
    )


def _last_step(timeline: Timeline, step: Stepped) -> Stepped:
    """The last step of the same optimizer: one that only later gets the parameters is a schedule, not a mistake."""
    return [each for each in timeline.of(Stepped) if each.optimizer == step.optimizer][-1]


def _recipes(
    timeline: Timeline,
    thaw: questions.Write,
    built: OptimizerBuilt,
    last: int,
    path: Path,
    lacking: dict[ParameterAtom, Truth],
) -> tuple[recipes.Recipe, ...]:
    """A new group where they are unfrozen, if that happens once and no scheduler counts the groups; else the optimizer
    has them from the start, which passes over what has no gradient."""
    if thaw.truth is not YES or built.framework:
        return ()
    ways: list[tuple[recipes.Recipe, ...]] = []
    known = all(truth is not MAYBE for truth in lacking.values())
    missing = [atom for atom, truth in lacking.items() if truth is YES]
    addable = known and all(
        event.traits.grows is YES
        for event in timeline.of(SchedulerBuilt)
        if event.optimizer in (built.optimizer, None) and event.time < thaw.event.time
    )
    if addable:
        ways.extend(remedies.add_group(timeline, thaw.event, built, missing, path))
    if built.traits.flat is NO:
        if _all_train_in_the_end(timeline, built, last, path):
            ways.append((recipes.HoldAll(built.span),))
        if len(missing) == len(lacking):
            ways.extend(remedies.also_hold(timeline, thaw.event, built, path))
    if addable and len(missing) == len(lacking):
        ways.append(remedies.add_each(timeline, thaw.event, built))
    return (recipes.Either(tuple(ways)),) if ways else ()


def _all_train_in_the_end(timeline: Timeline, built: OptimizerBuilt, last: int, path: Path) -> bool:
    """Whether all that a filter may have left out is trained some time."""
    chosen = [questions.without_tests(each) for group in built.groups for each in group or ()]
    atoms = timeline.atoms(tuple(chosen), path)
    return bool(atoms) and questions.trainable(timeline, atoms, last, path) is YES


RULE = Rule(
    code="FRZ203",
    name="unfrozen-not-in-optimizer",
    summary="parameters unfrozen after the optimizer was built without them",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="they require grad, have gradients that pile up, and moved by 0",
)
