"""FRZ207: a list or a group of parameters is built and reaches no optimizer."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Mistake,
    NeverUpdated,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    ParametersGathered,
    Path,
    Rule,
    Severity,
    Stepped,
    Timeline,
    Truth,
    every,
    questions,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for gathered in timeline.of(ParametersGathered):
        for built in timeline.of(OptimizerBuilt):
            found = _mistake(timeline, gathered, built) if not built.framework else None
            if found is not None:
                yield found
                break


def _mistake(timeline: Timeline, gathered: ParametersGathered, built: OptimizerBuilt) -> Mistake | None:
    path = timeline.together(gathered.path, built.path)
    if path is None:
        return None
    atoms = questions.chosen_by(timeline, gathered.selections, path)
    moment = _moment(timeline, built)
    missing = every(~questions.in_some_optimizer(timeline, atom, gathered.time, path) for atom in atoms)
    needed = every(timeline.requires_grad(atom, moment, path).truth for atom in atoms)
    truth = missing & needed & _meant(timeline, gathered, built, atoms, path)
    if not atoms or truth is NO:
        return None
    return Mistake(
        span=gathered.span,
        message=f"the parameters in `{gathered.name}` are in no optimizer: nothing moves them",
        truth=truth,
        notes=(Note(built.span, "this optimizer is built without them"),),
        claim=NeverUpdated(subject=gathered.name),
        stack=gathered.stack,
    )


def _moment(timeline: Timeline, built: OptimizerBuilt) -> int:
    steps = [step.time for step in timeline.of(Stepped) if step.optimizer == built.optimizer]
    return steps[-1] if steps else built.time


def _meant(
    timeline: Timeline, gathered: ParametersGathered, built: OptimizerBuilt, atoms: list[ParameterAtom], path: Path
) -> Truth:
    """Whether the list can have been meant for an optimizer: nothing else made use of it, and the optimizer holds
    other parameters of the same model."""
    if gathered.used:
        return MAYBE
    tops = {top for atom in atoms for top in _tops(timeline, atom.owner)}
    held = [atom for group in built.groups if group is not None for atom in timeline.atoms(group, path)]
    beside = some(Truth.of(bool(tops & _tops(timeline, atom.owner))) for atom in held)
    same = gathered.function == built.function and gathered.stack == built.stack
    return YES if beside is YES or (same and not timeline.open_end) else MAYBE


def _tops(timeline: Timeline, number: int) -> set[int]:
    """The outermost objects that hold an object."""
    found: set[int] = set()
    seen: set[int] = set()
    stack = [number]
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        above = [edge.parent for edge in timeline.heap[current].parents]
        stack.extend(above)
        if not above:
            found.add(current)
    return found


RULE = Rule(
    code="FRZ207",
    name="group-never-added",
    summary="a list or group of parameters that is built and reaches no optimizer",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="the parameters require grad and are in no optimizer",
)
