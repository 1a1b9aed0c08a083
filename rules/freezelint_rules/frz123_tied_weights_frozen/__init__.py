"""FRZ123: freezing one of two tied weights freezes the other, which is meant to train."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Mistake,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    ParameterGroupAdded,
    ParametersTied,
    Path,
    Rule,
    Selection,
    Selections,
    Severity,
    StaysFrozen,
    Timeline,
    Truth,
    questions,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for tied in timeline.of(ParametersTied):
        for write in questions.freezes(timeline):
            path = timeline.together(tied.path, write.path)
            if path is None or write.event.time < tied.time:
                continue
            atoms = [ParameterAtom(owner, name) for owner, name in tied.members]
            named = {atom: _named(timeline, write.event.selections, atom, path) for atom in atoms}
            for other in atoms:
                through = [atom for atom in atoms if named[atom] is YES]
                if named[other] is NO and through:
                    found = _mistake(timeline, tied, write, through[0], other, path)
                    if found is not None:
                        yield found


def _mistake(
    timeline: Timeline, tied: ParametersTied, write: questions.Write, through: ParameterAtom, other: ParameterAtom,
    path: Path,
) -> Mistake | None:  # fmt: skip
    moment = _moment(timeline, write, path)
    if moment is None or _frozen_itself(timeline, other, path):
        return None
    frozen = ~timeline.requires_grad(other, moment, path).truth
    held = _held(timeline, other, through, path)
    meant = (
        held is not None
        or _spared(timeline, write, other, path)
        or _left_alone(timeline, (through, other), moment, path)
    )
    truth = tied.truth & write.truth & frozen & (YES if meant else MAYBE)
    if truth is NO:
        return None
    name, source = _name(timeline, other), _name(timeline, through)
    notes = [Note(tied.span, f"`{name}` and `{source}` are one parameter from here on")]
    if held is not None:
        notes.append(Note(held.span, f"the optimizer is given `{name}` here"))
    return Mistake(
        span=write.event.span,
        message=f"freezing `{source}` also freezes `{name}`, which is tied to it",
        truth=truth,
        notes=tuple(notes),
        stack=write.event.stack,
        claim=StaysFrozen(subject=name),
    )


def _moment(timeline: Timeline, write: questions.Write, path: Path) -> int | None:
    """When the flag counts: at the first step after the freeze, or when an optimizer is built."""
    step = questions.first_step(timeline, write.event.time, path)
    if step is not None:
        return step[0].time
    later = [built.time for built in timeline.of(OptimizerBuilt) if built.time > write.event.time]
    return later[-1] if later else None


def _named(timeline: Timeline, selections: Selections, atom: ParameterAtom, path: Path) -> Truth:
    return some(timeline.covers_name(selection, atom, path) for selection in selections)


def _frozen_itself(timeline: Timeline, atom: ParameterAtom, path: Path) -> bool:
    """Whether some statement freezes the parameter by this very name."""
    return any(
        timeline.together(write.path, path) is not None
        and _named(timeline, write.event.selections, atom, path) is not NO
        for write in questions.freezes(timeline)
    )


def _held(
    timeline: Timeline, other: ParameterAtom, through: ParameterAtom, path: Path
) -> OptimizerBuilt | ParameterGroupAdded | None:
    """An optimizer that is given the parameter by its own name, and not by the name that was frozen."""
    events: list[OptimizerBuilt | ParameterGroupAdded] = [*timeline.of(OptimizerBuilt)]
    events.extend(timeline.of(ParameterGroupAdded))
    for event in events:
        if timeline.together(event.path, path) is None:
            continue
        for selection in (each for group in event.groups if group is not None for each in group):
            if questions.tests_flag(selection):
                continue
            own = timeline.covers_name(selection, other, path)
            if own is YES and timeline.covers_name(selection, through, path) is NO:
                return event
    return None


def _spared(timeline: Timeline, write: questions.Write, other: ParameterAtom, path: Path) -> bool:
    """Whether the condition of the freeze leaves the parameter out by its name."""
    return any(_leaves_out(timeline, selection, other, path) for selection in write.event.selections)


def _leaves_out(timeline: Timeline, selection: Selection, other: ParameterAtom, path: Path) -> bool:
    if not selection.tests or not isinstance(selection.root, int):
        return False
    return timeline.holds_module(selection.root, other.owner, selection.at, path) is YES


def _left_alone(timeline: Timeline, tied: tuple[ParameterAtom, ...], moment: int, path: Path) -> bool:
    """Whether all else that the model holds is frozen: then the tied one was to be what trains."""
    owners = [atom.owner for atom in tied]
    for item in timeline.heap:
        if all(timeline.holds_module(item.id, owner, moment, path) is YES for owner in owners):
            atoms = [
                atom for atom in timeline.atoms(questions.below(item.id, moment), path)
                # another configuration of a known model may hold more: no sign of what is meant here
                if atom.name is not None or timeline.heap[atom.owner].tree is None
            ]  # fmt: skip
            rest = [atom for atom in atoms if atom.owner not in owners]
            return bool(rest) and questions.frozen(timeline, atoms, moment, path) is YES
    return False


def _name(timeline: Timeline, atom: ParameterAtom) -> str:
    return f"{questions.name_of(timeline, atom.owner)}.{atom.name}"


RULE = Rule(
    code="FRZ123",
    name="tied-weights-frozen",
    summary="freezing one of two tied weights freezes the other as well",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="both names are one tensor, and its flag is False",
)
