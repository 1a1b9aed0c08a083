"""FRZ120: code that freezes normalisation layers by their type misses some of the model's, or a part of each."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Forward,
    GradSet,
    HeapObject,
    LeftOut,
    Mistake,
    ModeSet,
    Note,
    ParameterAtom,
    Path,
    Rule,
    Severity,
    Span,
    Timeline,
    Truth,
    fate,
    naming,
    questions,
    some,
    truth_of,
)

_ONES = {"weight": "bias", "bias": "weight"}


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    events = [event for event in timeline.events if isinstance(event, (GradSet, ModeSet)) and _of_norms(event)]
    told: set[tuple[Span, ...]] = set()
    for event in events:
        beside = [each for each in events if each.function == event.function and each.stack == event.stack]
        for forward in timeline.of(Forward) if truth_of(event.value, event.path) is NO else ():
            met = questions.first_step(timeline, forward.time, event.path, forward.path)
            if forward.time < event.time or forward.within or met is None:
                continue
            # Flags and mode of the same layers are one mistake.
            if event.stack not in told:
                for mistake in _left_over(timeline, event, beside, forward, met[1]):
                    told.add(event.stack)
                    yield mistake
            if isinstance(event, GradSet):
                yield from _one_of_two(timeline, event, beside, forward, met[1])
            break


def _of_norms(event: GradSet | ModeSet) -> bool:
    """Whether a function named for it picks layers by a type of normalisation layers."""
    if not naming.says_freeze_norms(event.function.rpartition(".")[2]):
        return False
    return any("Norm" in name for selection in event.selections for name in fate.types_tested(selection))


def _left_over(
    timeline: Timeline, event: GradSet | ModeSet, beside: list[GradSet | ModeSet], forward: Forward, path: Path
) -> Iterator[Mistake]:
    """Layers with running statistics that none of the statements is about, and that go on updating them."""
    root = fate.root_of(event.selections[0])
    missed: list[HeapObject] = []
    truth = YES
    for item, stands in questions.layers(timeline, root, forward.time, path, "norm"):
        reached = some(_about(timeline, each, item, path) for each in beside)
        active = timeline.training(item.id, questions.inside(timeline, forward), path).truth
        found = ~reached & stands & active & timeline.holds_module(forward.module, item.id, forward.time, path)
        if found is not NO:
            missed.append(item)
            truth = truth & found
    if not missed:
        return
    types = ", ".join(f"`{name}`" for name in dict.fromkeys(item.cls or "unknown" for item in missed))
    yield Mistake(
        span=event.span,
        message=f"what is frozen here by type leaves {questions.count(len(missed), 'normalisation layer')} of"
        f" `{questions.name_of(timeline, root)}` in train mode: {types}",
        truth=truth,
        notes=(*_picked(event), Note(forward.span, "their statistics change here")),
        stack=event.stack,
        claim=LeftOut(subject=questions.name_of(timeline, missed[0].id)),
    )


def _picked(event: GradSet | ModeSet) -> tuple[Note, ...]:
    return (Note(event.picked, "picked by type here"),) if event.picked is not None else ()


def _about(timeline: Timeline, event: GradSet | ModeSet, item: HeapObject, path: Path) -> Truth:
    if isinstance(event, ModeSet):
        return some(timeline.covers_module(each, item.id, path) for each in event.selections)
    atoms = fate.parameters_below(timeline, item.id, event.time, path)
    return some(questions.covered(timeline, event.selections, atom, path) for atom in atoms)


def _one_of_two(
    timeline: Timeline, event: GradSet, beside: list[GradSet | ModeSet], forward: Forward, path: Path
) -> Iterator[Mistake]:
    """Layers of which the statement freezes the weight and nothing the bias, or the other way round."""
    names = {selection.name for selection in event.selections if selection.scope == "named"}
    if len(names) != 1 or not names <= set(_ONES) or any(each.scope != "named" for each in event.selections):
        return
    (name,) = names
    root = fate.root_of(event.selections[0])
    truth = NO
    for item, stands in questions.layers(timeline, root, forward.time, path, "norm"):
        frozen, other = ParameterAtom(item.id, name), ParameterAtom(item.id, _ONES[name])
        if _ONES[name] not in item.parameters:
            continue
        covered = questions.covered(timeline, event.selections, frozen, path)
        trains = timeline.requires_grad(other, forward.time, path).truth
        truth = truth | (stands & covered & trains)
    if truth is not NO:
        yield Mistake(
            span=event.span,
            message=f"only the `{name}` of the normalisation layers is frozen here: their `{_ONES[name]}` trains",
            truth=truth,
            notes=(*_picked(event), Note(forward.span, "used in training here")),
            stack=event.stack,
            claim=LeftOut(subject=f"{questions.name_of(timeline, root)} ({_ONES[name]})"),
        )


RULE = Rule(
    code="FRZ120",
    name="partly-frozen-batchnorm",
    summary="code that freezes normalisation layers by type misses other types, or freezes only a part of each",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="the layers that are left out go on updating",
)
