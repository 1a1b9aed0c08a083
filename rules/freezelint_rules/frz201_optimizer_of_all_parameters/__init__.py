"""FRZ201: an optimizer is built from parameters that were frozen before."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Fix,
    GradSet,
    HeldFrozen,
    Mistake,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    Path,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    questions,
    recipes,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for built in timeline.of(OptimizerBuilt):
        if built.framework:
            continue
        truth = NO
        atoms: dict[ParameterAtom, None] = {}
        writes: dict[GradSet, None] = {}
        for write in questions.freezes(timeline):
            path = timeline.together(write.path, built.path)
            if write.event.time >= built.time or path is None:
                continue
            for atom in timeline.atoms(write.event.selections, path):
                held = _held(timeline, built, write.event, atom, path)
                if held is not NO:
                    truth = truth | (held & write.truth)
                    atoms[atom] = writes[write.event] = None
        if not atoms or _all_frozen(timeline, built):
            continue
        yield Mistake(
            span=built.span,
            message=f"the optimizer also holds frozen parameters of {questions.part(timeline, writes)}: they stay put "
            "only as long as their `.grad` is None, and train again if anything sets their flag",
            # Code that is not seen may unfreeze them later, and then they have to be here.
            truth=truth & MAYBE if timeline.open_end else truth,
            notes=(*(Note(span, "frozen here") for span in dict.fromkeys(event.span for event in writes)),),
            fix=Fix(
                title="pass only the parameters that require grad",
                safety=Safety.SAFE,
                recipes=(recipes.KeepTrainable(built.span),) if _some_train(timeline, built) else (),
            ),
            claim=HeldFrozen(subject=questions.part(timeline, writes).split("`")[1]),
        )


def _held(timeline: Timeline, built: OptimizerBuilt, write: GradSet, atom: ParameterAtom, path: Path) -> Truth:
    if timeline.requires_grad(atom, built.time, path).event is not write:
        return NO
    if timeline.heap[atom.owner].copied_from is not None:
        return NO  # a frozen copy inside the model is a target that is updated by hand
    if questions.thawed_later(timeline, [atom], built.time, path) is not None:
        return NO
    if questions.trained_between(timeline, [atom], write, path):
        return NO
    return timeline.held(built.optimizer, atom, built.time + 1, path).truth


def _all_frozen(timeline: Timeline, built: OptimizerBuilt) -> bool:
    return all(flag is NO for _, flag in _flags(timeline, built))


def _some_train(timeline: Timeline, built: OptimizerBuilt) -> bool:
    """Whether something is surely left: an optimizer of nothing raises. What may lie in a layer beside a frozen weight
    is nothing sure."""
    layers: dict[int, set[Truth]] = {}
    for owner, flag in _flags(timeline, built):
        layers.setdefault(owner, set()).add(flag)
    return {YES} in layers.values()


def _flags(timeline: Timeline, built: OptimizerBuilt) -> Iterator[tuple[int, Truth]]:
    """The layers of what it holds, and the flags there when it is built."""
    groups = [group for group in built.groups if group is not None]
    atoms = [atom for group in groups for atom in timeline.atoms(group, built.path)]
    return ((atom.owner, timeline.requires_grad(atom, built.time, built.path).truth) for atom in atoms)


RULE = Rule(
    code="FRZ201",
    name="optimizer-of-all-parameters",
    summary="an optimizer that also holds parameters frozen before it was built",
    severity=Severity.WARNING,
    default=False,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the number of parameters it holds that are frozen at the first step, and whether they moved",
)
