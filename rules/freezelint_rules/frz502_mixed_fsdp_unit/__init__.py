"""FRZ502: FSDP flattens frozen and trainable parameters of one unit into one, or a part is frozen after that."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    Const,
    Event,
    Fix,
    Mistake,
    NoEffect,
    Note,
    ParameterAtom,
    Path,
    Raises,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    Wrapped,
    questions,
    recipes,
    some,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for wrapped in timeline.of(Wrapped):
        flat = _flattens(wrapped) if wrapped.kind == "fsdp" else NO
        if flat is NO:
            continue
        for write in questions.freezes(timeline):
            path = timeline.together(wrapped.path, write.path)
            if path is None:
                continue
            unit = _unit(timeline, wrapped, path)
            if write.event.time < wrapped.time:
                yield from _mixed(timeline, wrapped, write, unit, flat, path)
            else:
                yield from _too_late(timeline, wrapped, write, unit, flat, path)


def _flattens(wrapped: Wrapped) -> Truth:
    """Whether the wrapper makes one flat parameter of all that is not wrapped apart. Where a policy or a list of
    exceptions decides what is, nothing is said."""
    if any(
        wrapped.option(name, Const(None)) != Const(None)
        for name in ("auto_wrap_policy", "ignored_modules", "ignored_states", "ignored_parameters")
    ):
        return NO
    told = ~truth_of(wrapped.option("use_orig_params", Const(False)), wrapped.path)
    return told & MAYBE if wrapped.more else told


def _unit(timeline: Timeline, wrapped: Wrapped, path: Path) -> list[ParameterAtom]:
    """The parameters that the wrapper flattens: those of units wrapped before are left out."""
    inner = [
        each.outer for each in timeline.of(Wrapped)
        if each.kind == "fsdp" and each.time < wrapped.time
        and timeline.holds_module(wrapped.inner, each.outer, wrapped.time, path) is not NO
    ]  # fmt: skip
    return [
        atom for atom in timeline.atoms(questions.below(wrapped.inner, wrapped.time), path)
        if all(timeline.holds_module(unit, atom.owner, wrapped.time, path) is NO for unit in inner)
    ]  # fmt: skip


def _mixed(
    timeline: Timeline, wrapped: Wrapped, write: questions.Write, unit: list[ParameterAtom], truth: Truth, path: Path
) -> Iterator[Mistake]:
    flags = [(atom, timeline.requires_grad(atom, wrapped.time, path)) for atom in unit]
    by_this = [answer.truth for _, answer in flags if answer.event is write.event]
    truth = truth & write.truth & some(~each for each in by_this) & some(answer.truth for _, answer in flags)
    if truth is not NO:
        subject = timeline.heap[wrapped.inner].label
        yield _report(
            wrapped, wrapped, f"`{subject}` is wrapped as one FSDP unit that holds frozen and trainable parameters: "
            "without `use_orig_params=True` they cannot be flattened, and it raises",
            truth, Note(write.event.span, "this part of it is frozen"), Raises(subject, "ValueError"),
        )  # fmt: skip


def _too_late(
    timeline: Timeline, wrapped: Wrapped, write: questions.Write, unit: list[ParameterAtom], truth: Truth, path: Path
) -> Iterator[Mistake]:
    hit = [questions.covered(timeline, write.event.selections, atom, path) for atom in unit]
    trains = questions.first_step(timeline, write.event.time, path)
    # What takes in the whole unit takes in the flat parameter as well.
    truth = truth & write.truth & some(hit) & some(~each for each in hit)
    if truth is not NO and trains is not None:
        subject = questions.subject(write.event)
        yield _report(
            wrapped, write.event, f"`{subject}` is frozen after FSDP flattened the parameters of its unit into one: "
            "nothing of it is left to freeze",
            truth, Note(wrapped.span, "wrapped here, without `use_orig_params=True`"), NoEffect(subject),
        )  # fmt: skip


def _report(
    wrapped: Wrapped, event: Event, message: str, truth: Truth, note: Note, claim: Raises | NoEffect
) -> Mistake:
    return Mistake(
        span=event.span,
        message=message,
        truth=truth,
        notes=(note,),
        fix=Fix(
            title="pass `use_orig_params=True`, or use `fully_shard`",
            safety=Safety.UNSAFE,
            recipes=(recipes.AddKeyword(wrapped.span, "use_orig_params", "True"),),
        ),
        stack=event.stack,
        claim=claim,
    )


RULE = Rule(
    code="FRZ502",
    name="mixed-fsdp-unit",
    summary="frozen and trainable parameters in one FSDP unit without `use_orig_params=True`, or a freeze after it",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the wrapper raises ValueError, or its flat parameter still requires a gradient after the freeze",
)
