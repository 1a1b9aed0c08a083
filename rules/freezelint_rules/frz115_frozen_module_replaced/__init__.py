"""FRZ115: what was frozen is replaced by a new module before it served, and the new one requires grad."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    GradSet,
    Mistake,
    ModuleReplaced,
    ParameterAtom,
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
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    replaced = timeline.of(ModuleReplaced)
    for freeze in questions.freezes(timeline) if replaced else ():
        for event in replaced:
            if event.time > freeze.event.time:
                truth = _lost(timeline, freeze, event)
                if truth is not NO:
                    yield _report(timeline, freeze.event, event, truth)


def _lost(timeline: Timeline, freeze: questions.Write, event: ModuleReplaced) -> Truth:
    """Whether all that the statement froze goes away with the old module and the new one trains in its place."""
    path = timeline.together(freeze.path, event.path)
    if path is None or relation(event.path, freeze.path) is not YES:
        return NO
    atoms = [
        atom
        for write in fate.statement(timeline, freeze.event)
        if write.time < event.time
        for atom in timeline.atoms(write.selections, path)
    ]
    inside = fate.all_below(timeline, event.old, atoms, event.time, path) if atoms else NO
    if inside is NO or fate.trained_in_between(timeline, freeze.event.time, event.time, path):
        return NO
    if not fate.decided_by(timeline, freeze.event, atoms, event.time, path):
        return NO
    return freeze.truth & inside & _new_one_trains(timeline, event, atoms, path)


def _new_one_trains(timeline: Timeline, event: ModuleReplaced, old: list[ParameterAtom], path: Path) -> Truth:
    """Whether the new module is made without the old one, and requires a gradient when training starts."""
    moment, path = fate.training_moment(timeline, event.time, path)
    if timeline.heap[event.new].copied_from is not None:
        return NO
    if fate.any_below(timeline, event.new, old, moment, path) is not NO:
        return NO  # the old one goes on inside the new one
    if timeline.holds_module(event.new, event.old, moment, path) is not NO:
        return NO
    new = fate.parameters_below(timeline, event.new, moment, path)
    if not new or any(fate.left_out(timeline, atom, moment, path) for atom in new):
        return NO
    return every(timeline.requires_grad(atom, moment, path).truth for atom in new)


def _report(timeline: Timeline, freeze: GradSet, event: ModuleReplaced, truth: Truth) -> Mistake:
    return Mistake(
        span=freeze.span,
        message=f"what is frozen here is replaced: the new `{event.text}` requires grad",
        truth=truth,
        notes=fate.notes_of(event, freeze, "replaced by a new module here"),
        stack=freeze.stack,
        claim=StillTrains(subject=event.text),
    )


RULE = Rule(
    code="FRZ115",
    name="frozen-module-replaced",
    summary="what was frozen is then replaced by a new module, which trains",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="the parameters of the new module require grad at the first step",
)
