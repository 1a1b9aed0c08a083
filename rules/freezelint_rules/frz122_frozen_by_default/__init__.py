"""FRZ122: a library call freezes unless told otherwise, it was not told, and an optimizer is to train the result."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    Fix,
    FrozenByDefault,
    HeldFrozen,
    Mistake,
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
    every,
    fate,
    questions,
    recipes,
    some,
)

_SAYS = {"freeze": "False", "is_trainable": "True"}


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(FrozenByDefault):
        for built in timeline.of(OptimizerBuilt):
            step = _step(timeline, event, built)
            if step is None:
                continue
            truth = _trained(timeline, event, built, *step)
            if truth is not NO:
                yield _report(timeline, event, built, step[0], truth)


def _step(timeline: Timeline, event: FrozenByDefault, built: OptimizerBuilt) -> tuple[Stepped, Path] | None:
    after = max(event.time, built.time)
    return questions.first_step(timeline, after, event.path, built.path, optimizer=built.optimizer)


def _trained(timeline: Timeline, event: FrozenByDefault, built: OptimizerBuilt, step: Stepped, path: Path) -> Truth:
    """Whether the optimizer is to train what was made, which is as frozen at the step as it was made."""
    atoms = fate.parameters_below(timeline, event.module, step.time, path)
    writes = [timeline.requires_grad(atom, step.time, path).event for atom in atoms]
    if not atoms or any(write is not None and write.span != event.span for write in writes):
        return NO  # the program says itself what is frozen
    held = every(_meant(timeline, built, atom, step.time, path) for atom in atoms)
    return held & questions.frozen(timeline, atoms, step.time, path)


def _meant(timeline: Timeline, built: OptimizerBuilt, atom: ParameterAtom, time: int, path: Path) -> Truth:
    """Whether the optimizer holds the parameter, or would but for a filter that a framework applies."""
    if not built.framework:
        return timeline.held(built.optimizer, atom, time, path).truth
    chosen = [each for group in built.groups if group is not None for each in group]
    return some(timeline.covers(questions.without_tests(each), atom, path) for each in chosen)


def _report(timeline: Timeline, event: FrozenByDefault, built: OptimizerBuilt, step: Stepped, truth: Truth) -> Mistake:
    subject = questions.name_of(timeline, event.module)
    notes = [Note(built.span, "this optimizer is to train it")]
    if step.span != built.span:
        notes.append(Note(step.span, "steps here"))
    value = _SAYS[event.argument]
    elsewhere = any(each.span == event.span and each.stack != event.stack for each in timeline.of(FrozenByDefault))
    given = () if elsewhere else (recipes.AddKeyword(event.span, event.argument, value),)
    return Mistake(
        span=event.span,
        message=f"`{subject}` is frozen since `{event.argument}` is not given: its weights never move",
        truth=truth,
        notes=tuple(notes),
        fix=Fix(title=f"say `{event.argument}={value}`", safety=Safety.UNSAFE, recipes=given),
        stack=event.stack,
        claim=HeldFrozen(subject=subject),
    )


RULE = Rule(
    code="FRZ122",
    name="frozen-by-default",
    summary="`from_pretrained` of an embedding or adapter freezes by default, and an optimizer is to train it",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="its flags are False at the first step",
)
