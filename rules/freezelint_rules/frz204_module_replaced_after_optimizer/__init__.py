"""FRZ204: a module is replaced after the optimizer was built from the parameters of the old one."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Mistake,
    ModuleReplaced,
    NeverUpdated,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    ParameterGroupAdded,
    Path,
    Rule,
    Severity,
    Stepped,
    Timeline,
    Wrapped,
    every,
    questions,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for replaced in timeline.of(ModuleReplaced):
        for built in timeline.of(OptimizerBuilt):
            if built.time < replaced.time:
                yield from _replaced(timeline, replaced, built)
    for wrapped in timeline.of(Wrapped):
        if wrapped.kind == "peft":
            yield from _wrapped(timeline, wrapped)


def _replaced(timeline: Timeline, replaced: ModuleReplaced, built: OptimizerBuilt) -> Iterator[Mistake]:
    moment, path = _training(timeline, replaced.time, built, replaced.path)
    if path is None:
        return
    old = timeline.atoms(questions.below(replaced.old, replaced.time), path)
    inside = timeline.atoms(questions.below(replaced.new, replaced.time + 1), path)
    new = [atom for atom in inside if atom not in old]  # the new module may be one around the old
    old = old or [ParameterAtom(replaced.old, None)]  # a placeholder: would the optimizer have held what it had
    held = some(timeline.held(built.optimizer, atom, replaced.time, path).truth for atom in old)
    missing = every(~questions.in_some_optimizer(timeline, atom, moment, path) for atom in new)
    needed = some(timeline.requires_grad(atom, moment, path).truth for atom in new)
    truth = held & missing & needed & (MAYBE if timeline.open_end and not _steps(timeline, replaced.time) else YES)
    if new and truth is not NO:
        name = questions.subject(replaced, "") if replaced.text else timeline.heap[replaced.new].label
        around = len(new) < len(inside)
        yield Mistake(
            span=replaced.span,
            message=f"a module is put around `{name}` after the optimizer was built: it holds the parameters that were "
            "there, and no optimizer moves the added ones"
            if around
            else f"`{name}` is replaced after the optimizer was built: it holds the old parameters, "
            "and no optimizer moves the new ones",
            truth=truth,
            notes=(Note(built.span, "optimizer built here"),),
            claim=NeverUpdated(subject=name),
            stack=replaced.stack,
        )


def _wrapped(timeline: Timeline, wrapped: Wrapped) -> Iterator[Mistake]:
    for built in timeline.of(OptimizerBuilt):
        if built.time >= wrapped.time:
            continue
        moment, path = _training(timeline, wrapped.time, built, wrapped.path)
        later = (*timeline.of(OptimizerBuilt), *timeline.of(ParameterGroupAdded))
        if path is None or any(wrapped.time < event.time < moment for event in later):
            continue
        atoms = timeline.atoms(questions.below(wrapped.inner, built.time), path)
        truth = some(timeline.held(built.optimizer, atom, wrapped.time, path).truth for atom in atoms)
        if not _steps(timeline, wrapped.time):
            truth = truth & MAYBE
        yield Mistake(
            span=wrapped.span,
            message=f"adapters are put into `{timeline.heap[wrapped.inner].label}` after the optimizer was built: "
            "no optimizer moves them",
            truth=truth,
            notes=(Note(built.span, "optimizer built here"),),
            claim=NeverUpdated(subject=timeline.heap[wrapped.inner].label),
        )


def _training(timeline: Timeline, after: int, built: OptimizerBuilt, path: Path) -> tuple[int, Path | None]:
    """When the optimizer last steps afterwards (the end, where it is not seen to step at all)."""
    met = questions.first_step(timeline, after, path, built.path, optimizer=built.optimizer)
    end = timeline.events[-1].time + 1
    if met is not None:
        return max(step.time for step in timeline.of(Stepped) if step.optimizer == met[0].optimizer), met[1]
    return end, timeline.together(path, built.path) if not timeline.of(Stepped) else None


def _steps(timeline: Timeline, after: int) -> bool:
    return any(step.time > after for step in timeline.of(Stepped))


RULE = Rule(
    code="FRZ204",
    name="module-replaced-after-optimizer",
    summary="a module replaced after the optimizer was built from the old one",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="the new parameters are in no optimizer, which still holds the old ones",
)
