"""FRZ202: parameters are frozen while their gradients are still there, and the optimizer moves them on."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    Fix,
    GradientWritten,
    GradSet,
    Mistake,
    MovedWhileFrozen,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    Path,
    Rule,
    Safety,
    Severity,
    Stepped,
    Timeline,
    Truth,
    ZeroGrad,
    gradient_questions,
    questions,
    recipes,
    remedies,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    steps = [step for step in timeline.of(Stepped) if step.optimizer is not None and not step.framework]
    for write in questions.freezes(timeline) if len(steps) > 0 else ():
        for step in steps:
            found = _mistake(timeline, write, step) if step.time > write.event.time else None
            if found is not None:
                yield found


def _mistake(timeline: Timeline, write: questions.Write, step: Stepped) -> Mistake | None:
    made = gradient_questions.built(timeline, step.optimizer) if step.optimizer is not None else None
    path = timeline.together(write.path, step.path, made.path if made is not None else ())
    first = gradient_questions.first_time(timeline, write.event, path) if path is not None else None
    if made is None or path is None or first is None:
        return None
    truth, why, cause = NO, "", None
    for atom in timeline.atoms(write.event.selections, first):
        still = timeline.requires_grad(atom, step.time, first)
        if still.event is not write.event or not _reached(timeline, write.event.time, atom, first):
            continue
        if gradient_questions.idle(timeline, made.optimizer, atom, first):
            continue
        moved, said, by = _moved(timeline, made, step, atom, first)
        moved = moved & ~still.truth & timeline.held(made.optimizer, atom, step.time, first).truth & write.truth
        if moved.value > truth.value:
            truth, why, cause = moved, said, by
    if gradient_questions.only_early(write.event.path):
        truth = truth & MAYBE
    if truth is NO:
        return None
    owner = questions.part(timeline, [write.event])
    notes = [Note(step.span, "this step moves them all the same")]
    if isinstance(cause, ZeroGrad):
        notes.append(Note(cause.span, "gradients become zeros here, not None"))
    notes.extend(_passed_over(timeline, write, step))
    return Mistake(
        span=write.event.span,
        message=f"parameters of {owner} move on after they are frozen here: {why}",
        truth=truth,
        notes=tuple(notes),
        fix=Fix(
            title="set their `.grad` to None where they are frozen",
            safety=Safety.UNSAFE,
            recipes=_recipes(timeline, write.event) if made.traits.flat is NO else (),
        ),
        claim=MovedWhileFrozen(subject=owner.split("`")[1]),
        stack=write.event.stack,
    )


def _reached(timeline: Timeline, time: int, atom: ParameterAtom, path: Path) -> bool:
    """Whether the freeze changes anything: what never required a gradient has none that is left over."""
    return timeline.requires_grad(atom, time, path).truth is not NO


def _moved(
    timeline: Timeline, made: OptimizerBuilt, step: Stepped, atom: ParameterAtom, path: Path
) -> tuple[Truth, str, object]:
    """Whether a step moves a parameter that requires no gradient, why, and the event that left its gradient there."""
    now = gradient_questions.gradient(timeline, atom, step.time, path)
    real, zero = now.surely(gradient_questions.Gradient.REAL), now.surely(gradient_questions.Gradient.ZERO)
    none = now.surely(gradient_questions.Gradient.NONE)
    best: tuple[Truth, str, object] = (real, "their last gradients are still in `.grad`", now.event)
    if zero.value > best[0].value:
        drift = gradient_questions.drift(timeline, step, atom, path, path)
        why = f"their gradients are zeros, not None, and `{made.cls}` goes on by {drift.by}"
        if (zero & drift.truth).value > best[0].value:
            best = (zero & drift.truth, why, now.event)
    flat = none & made.traits.flat if none.value > best[0].value else NO
    if flat.value > best[0].value:
        flat = flat & gradient_questions.trained(timeline, made.optimizer, atom, step.time, path)
        best = max(best, (flat, f"`{made.cls}` updates all that it holds as one vector", None), key=_truth)
    return best


def _truth(found: tuple[Truth, str, object]) -> int:
    return found[0].value


def _passed_over(timeline: Timeline, write: questions.Write, step: Stepped) -> Iterator[Note]:
    """Where gradients are cleared of what requires one alone."""
    for event in timeline.of(GradientWritten):
        if event.test is not None and write.event.time < event.time < step.time and event.how in ("none", "zero"):
            yield Note(event.test, "what is frozen is passed over where gradients are cleared")
            return


def _recipes(timeline: Timeline, write: GradSet) -> tuple[recipes.Recipe, ...]:
    """None for an optimizer that moves what has no gradient as well."""
    here = [each for each in timeline.of(GradSet) if each.span == write.span]
    thaws = any(truth_of(each.value, each.path) is not NO for each in here)
    return remedies.for_each_flag(write, "$p.grad = None", "not $p.requires_grad" if thaws else "")


RULE = Rule(
    code="FRZ202",
    name="frozen-weights-still-move",
    summary="parameters frozen while their gradients are still there, which the optimizer goes on to use",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="how far they moved while their flag was off",
)
