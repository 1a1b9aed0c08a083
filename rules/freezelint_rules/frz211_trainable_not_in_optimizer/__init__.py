"""FRZ211: a part that requires grad is in no optimizer at all."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Fix,
    Forward,
    GradSet,
    Mistake,
    ModuleReplaced,
    NeverUpdated,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    ParametersGathered,
    Path,
    Rule,
    Safety,
    Severity,
    Stepped,
    Timeline,
    Truth,
    questions,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for built in timeline.of(OptimizerBuilt):
        met = questions.first_step(timeline, built.time, built.path, optimizer=built.optimizer)
        if built.framework or met is None or met[0].optimizer is None:
            continue
        left = _left_out(timeline, built, met[0], met[1])
        truth = max((truth for truth, _ in left.values()), key=lambda each: each.value, default=NO)
        if truth is NO:
            continue
        names = list(dict.fromkeys(_name(timeline, atom) for atom, (each, _) in left.items() if each is truth))
        forward = next(forward for each, forward in left.values() if each is truth)
        sure = [each for each in left.items() if each[1][0] is YES]
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield Mistake(
            span=built.span,
            message=f"`{names[0]}`{more} requires grad and is in no optimizer: its gradients pile up for nothing",
            truth=truth,
            notes=(Note(forward.span, "it runs here with gradients"), Note(met[0].span, "no step moves it")),
            fix=Fix(
                title="freeze what is not trained",
                safety=Safety.UNSAFE,
                recipes=remedies.freeze_before_training(timeline, [each[0] for each in sure], forward, met[1]),
            ),
            claim=NeverUpdated(subject=names[0]),
            stack=built.stack,
        )


def _left_out(
    timeline: Timeline, built: OptimizerBuilt, step: Stepped, path: Path
) -> dict[ParameterAtom, tuple[Truth, Forward]]:
    """The parameters that run with gradients and are in no optimizer, how surely, and a forward that shows it."""
    found: dict[ParameterAtom, tuple[Truth, Forward]] = {}
    end = timeline.events[-1].time + 1
    for forward in timeline.of(Forward):
        joined = timeline.together(forward.path, path)
        if forward.time > step.time or forward.framework or forward.grad is NO or joined is None:
            continue
        for atom in timeline.atoms(questions.below(forward.module, forward.time), joined):
            if atom in found or _told(timeline, built, atom, joined):
                continue
            if any(timeline.holds_module(each, atom.owner, forward.time, joined) is YES for each in forward.skips):
                continue
            missing = ~questions.in_some_optimizer(timeline, atom, end, joined)
            truth = forward.grad & missing & timeline.requires_grad(atom, step.time, joined).truth
            if truth is not NO:
                found[atom] = (truth & (MAYBE if timeline.open_end else YES), forward)
    return found


def _told(timeline: Timeline, built: OptimizerBuilt, atom: ParameterAtom, path: Path) -> bool:
    """Whether other rules say more of the parameter: it was unfrozen or put there later, or kept in a list."""
    if timeline.heap[atom.owner].born > built.time or _joined_later(timeline, built, atom):
        return True
    told = [event.selections for event in timeline.of(GradSet)]
    told += [event.selections for event in timeline.of(ParametersGathered)]
    return any(questions.covered(timeline, each, atom, path) is not NO for each in told)


def _joined_later(timeline: Timeline, built: OptimizerBuilt, atom: ParameterAtom) -> bool:
    """Whether what was put in the place of another module holds it."""
    return any(
        event.time > built.time and timeline.holds_module(event.new, atom.owner, event.time + 1, event.path) is not NO
        for event in timeline.of(ModuleReplaced)
    )


def _name(timeline: Timeline, atom: ParameterAtom) -> str:
    return questions.name_of(timeline, atom.owner)


RULE = Rule(
    code="FRZ211",
    name="trainable-not-in-optimizer",
    summary="a part that requires grad and is in no optimizer at all",
    severity=Severity.INFO,
    default=False,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the part is in no optimizer, and its gradients grow from step to step",
)
