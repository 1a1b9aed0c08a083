"""FRZ307: frozen weights or statistics are rewritten by something else than the optimizer."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Forward,
    HeapObject,
    Mistake,
    MovedWhileFrozen,
    Note,
    ParameterAtom,
    Rule,
    Severity,
    Span,
    StatisticsDrift,
    StatisticsWritten,
    Stepped,
    Timeline,
    Truth,
    WeightsWritten,
    questions,
    some,
)

_RESCALING = frozenset({
    "mul_", "div_", "*=", "/=", "clamp_", "clamp_min_", "clamp_max_", "fill_", "zero_", "normal_", "uniform_",
})  # fmt: skip
"""What makes of a weight another one, whatever it is given."""


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for item in timeline.heap:
        if item.rescales is not NO and item.span is not None:
            yield from _rescaled(timeline, item, item.span)
    for event in timeline.of(WeightsWritten):
        yield from _rewritten(timeline, event)
    for estimated in timeline.of(StatisticsWritten):
        yield from _estimated(timeline, estimated)


# --- Embedding(max_norm=...) ----------------------------------------------------------------------------------------


def _rescaled(timeline: Timeline, item: HeapObject, span: Span) -> Iterator[Mistake]:
    weight = ParameterAtom(item.id, "weight")
    for forward in timeline.of(Forward):
        runs = timeline.holds_module(forward.module, item.id, forward.time, forward.path)
        skipped = any(
            timeline.holds_module(skipped, item.id, forward.time, forward.path) is YES for skipped in forward.skips
        )
        for write in (*questions.freezes(timeline), None) if runs is not NO and not skipped else ():
            met = questions.first_step(timeline, forward.time, forward.path, write.path if write is not None else ())
            if met is None:
                continue
            flag = timeline.requires_grad(weight, forward.time, met[1])
            truth = item.rescales & runs & ~flag.truth
            if truth is NO or (write is not None and flag.event is not write.event):
                continue
            if write is not None and questions.toggled(timeline, write.event, [weight], met[1]) is not NO:
                continue
            name = questions.name_of(timeline, item.id)
            frozen = (Note(write.event.span, "its weight is frozen here"),) if write is not None else ()
            yield Mistake(
                span=span,
                message=f"the weight of `{name}` is frozen, and its `max_norm` rescales it in place at every forward, "
                "in eval mode too",
                truth=truth,
                notes=(*frozen, Note(forward.span, "this forward rescales it")),
                claim=MovedWhileFrozen(subject=name),
            )
            return


# --- loops over all parameters --------------------------------------------------------------------------------------


def _rewritten(timeline: Timeline, event: WeightsWritten) -> Iterator[Mistake]:
    if event.how not in _RESCALING or event.each or not _while_training(timeline, event) or _mixes(timeline, event):
        return
    atoms = timeline.atoms(event.selections, event.path)
    frozen = [(atom, _hit(timeline, event, atom, frozen=True)) for atom in atoms]
    truth = some(each for _, each in frozen)
    # What is written though all of it is frozen is written on purpose.
    truth = truth & some(_hit(timeline, event, atom, frozen=False) for atom in atoms)
    if truth is NO:
        return
    first = next(atom for atom, each in frozen if each is truth or each is YES)
    answer = timeline.requires_grad(first, event.time, event.path)
    name = questions.name_of(timeline, first.owner)
    notes = (Note(answer.event.span, "this part of it is frozen"),) if answer.event is not None else ()
    yield Mistake(
        span=event.span,
        message=f"this rewrites every parameter, those of `{name}` too, which are frozen",
        truth=truth,
        notes=notes,
        stack=event.stack,
        claim=MovedWhileFrozen(subject=name),
    )


def _hit(timeline: Timeline, event: WeightsWritten, atom: ParameterAtom, *, frozen: bool) -> Truth:
    flag = timeline.requires_grad(atom, event.time, event.path).truth
    return questions.covered(timeline, event.selections, atom, event.path) & (~flag if frozen else flag)


def _while_training(timeline: Timeline, event: WeightsWritten) -> bool:
    """Whether an optimizer stepped before, or steps in the same loop: else it is how the weights are made."""
    loops = {loop.id for loop in event.loops}
    return any(step.time < event.time or loops & {loop.id for loop in step.loops} for step in timeline.of(Stepped))


def _mixes(timeline: Timeline, event: WeightsWritten) -> bool:
    """Whether the same line, or the next, adds other weights (`t.mul_(r).add_(s, alpha=1 - r)`): a moving average."""
    return any(
        other.span != event.span and other.span.path == event.span.path
        and abs(other.span.line - event.span.line) <= 2
        and (other.how not in _RESCALING or other.each)
        for other in timeline.of(WeightsWritten)
    )  # fmt: skip


# --- update_bn ------------------------------------------------------------------------------------------------------


def _estimated(timeline: Timeline, event: StatisticsWritten) -> Iterator[Mistake]:
    for item, stands in questions.layers(timeline, event.module, event.time, event.path, "norm"):
        source = timeline.heap[item.copied_from[0]] if item.copied_from is not None else item
        atoms = questions.guarded(timeline, source, event.time, event.path)
        frozen = questions.frozen(timeline, atoms, event.time, event.path) if atoms else NO
        truth = stands & frozen & _stood_still(timeline, source, event)
        if truth is NO:
            continue
        name = questions.name_of(timeline, source.id)
        answer = timeline.requires_grad(atoms[0], event.time, event.path)
        notes = (Note(answer.event.span, "its weights are frozen here"),) if answer.event is not None else ()
        yield Mistake(
            span=event.span,
            message=f"`{event.by}` throws away the statistics of `{name}`, which is frozen and was kept in eval mode, "
            "and estimates new ones",
            truth=truth,
            notes=notes,
            stack=event.stack,
            claim=StatisticsDrift(subject=name),
        )
        return


def _stood_still(timeline: Timeline, item: HeapObject, event: StatisticsWritten) -> Truth:
    """Whether the layer ran in eval mode in training: where it did not, FRZ301 tells that."""
    modes = [
        timeline.training(item.id, questions.inside(timeline, forward), forward.path).truth
        for forward in timeline.of(Forward)
        if forward.time < event.time and not forward.within and forward.grad is not NO
        and timeline.holds_module(forward.module, item.id, forward.time, forward.path) is not NO
        and questions.first_step(timeline, forward.time, forward.path) is not None
    ]  # fmt: skip
    return ~some(modes) if modes else NO


RULE = Rule(
    code="FRZ307",
    name="frozen-state-rewritten",
    summary="frozen weights or statistics that something else than the optimizer rewrites",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="a weight, or a running statistic, differs from what it was while it was frozen",
)
