"""FRZ501: flags are changed after DistributedDataParallel took note of which parameters it has to average."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Const,
    Forward,
    Mistake,
    Note,
    ParameterAtom,
    Path,
    Raises,
    Rule,
    Severity,
    Timeline,
    Truth,
    Unsynchronised,
    Wrapped,
    questions,
    some,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for wrapped in timeline.of(Wrapped):
        if wrapped.kind != "ddp":
            continue
        tolerant = _tolerates(wrapped)
        if tolerant is not YES:
            for write in questions.freezes(timeline):
                yield from _changed(timeline, wrapped, write, ~tolerant, frozen=True)
        for write in questions.thaws(timeline):
            yield from _changed(timeline, wrapped, write, YES, frozen=False)


def _tolerates(wrapped: Wrapped) -> Truth:
    """Whether the wrapper copes with parameters that get no gradient any more."""
    options = ("find_unused_parameters", "static_graph")
    told = some(truth_of(wrapped.option(name, Const(False)), wrapped.path) for name in options)
    return told | MAYBE if wrapped.more else told


def _changed(
    timeline: Timeline, wrapped: Wrapped, write: questions.Write, truth: Truth, *, frozen: bool
) -> Iterator[Mistake]:
    path = timeline.together(wrapped.path, write.path)
    if write.event.time < wrapped.time or path is None:
        return
    forward = _next_forward(timeline, wrapped, write, path)
    met = questions.first_step(timeline, forward.time, path, forward.path) if forward is not None else None
    if forward is None or met is None:
        return
    inside = timeline.atoms(questions.below(wrapped.inner, wrapped.time), met[1])
    changed = some(_differs(timeline, wrapped, write, atom, forward, met[1], frozen=frozen) for atom in inside)
    # Of a network that is frozen as a whole no hook fires, so nobody waits for its gradients.
    others = some(timeline.requires_grad(atom, forward.time, met[1]).truth for atom in inside)
    truth = truth & write.truth & changed & others
    if truth is not NO:
        yield _report(timeline, wrapped, write, forward, truth, frozen=frozen)


def _next_forward(timeline: Timeline, wrapped: Wrapped, write: questions.Write, path: Path) -> Forward | None:
    """The next forward through the wrapper; None where the module is wrapped anew before."""
    for event in timeline.events:
        if event.time < write.event.time or timeline.together(path, event.path) is None:
            continue
        if isinstance(event, Wrapped) and event.inner == wrapped.inner:
            return None
        if isinstance(event, Forward) and event.grad is not NO and _runs(timeline, event, wrapped.outer):
            return event
    return None


def _runs(timeline: Timeline, forward: Forward, module: int) -> bool:
    return timeline.holds_module(forward.module, module, forward.time, forward.path) is YES


def _differs(
    timeline: Timeline, wrapped: Wrapped, write: questions.Write, atom: ParameterAtom, forward: Forward, path: Path,
    *, frozen: bool,
) -> Truth:  # fmt: skip
    """Whether the flag of a parameter is another at the forward than it was for the wrapper, by this write."""
    hit = questions.covered(timeline, write.event.selections, atom, path)
    if hit is NO:
        return NO
    before = timeline.requires_grad(atom, wrapped.time, path).truth
    now = timeline.requires_grad(atom, forward.time, path).truth
    return hit & (before & ~now if frozen else ~before & now)


def _report(
    timeline: Timeline, wrapped: Wrapped, write: questions.Write, forward: Forward, truth: Truth, *, frozen: bool
) -> Mistake:
    subject = questions.named(timeline, write.event, write.event.selections)
    if frozen:
        message = (
            f"{subject} is frozen after DistributedDataParallel took it in: it goes on waiting for its gradient, "
            "and the second forward from here raises"
        )
    else:
        message = (
            f"{subject} is unfrozen after DistributedDataParallel took it in: its gradient is not averaged, "
            "and the ranks drift apart"
        )
    return Mistake(
        span=write.event.span,
        message=message,
        truth=truth,
        notes=(Note(wrapped.span, "wrapped here"), Note(forward.span, "it runs forward here")),
        stack=write.event.stack,
        claim=_claim(subject.split("`")[1], frozen=frozen),
    )


def _claim(subject: str, *, frozen: bool) -> Raises | Unsynchronised:
    if frozen:
        return Raises(subject=subject, exception="RuntimeError", later=True)
    return Unsynchronised(subject=subject)


RULE = Rule(
    code="FRZ501",
    name="freeze-after-ddp",
    summary="flags changed after DistributedDataParallel wrapped the model",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="the second forward raises RuntimeError, or a parameter that requires a gradient is none of those "
    "that the wrapper averages",
)
