"""FRZ302: a part is put in eval mode once, and `train()` of a larger part puts it back before it runs in training."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Fix,
    Forward,
    HeapObject,
    Mistake,
    ModeSet,
    Note,
    Path,
    Rule,
    Safety,
    Severity,
    Span,
    Timeline,
    Truth,
    WrongMode,
    questions,
    remedies,
    some,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    done: set[Span] = set()
    for event in timeline.of(ModeSet):
        if event.framework or event.span in done or truth_of(event.value, event.path) is not NO:
            continue
        for forward in timeline.of(Forward):
            if forward.time > event.time and not forward.within:
                found = _mistake(timeline, event, forward)
                if found is not None:
                    yield found
                if found is not None and found.truth is YES:
                    done.add(event.span)
                    break


def _mistake(timeline: Timeline, event: ModeSet, forward: Forward) -> Mistake | None:
    if event.root is not None and timeline.holds_module(forward.module, event.root, forward.time, ()) is NO:
        return None
    met = questions.first_step(timeline, forward.time, event.path, forward.path)
    if met is None:
        return None
    moment = questions.inside(timeline, forward)
    for kind in ("norm", "dropout"):
        for item, stands in questions.run_by(timeline, forward, kind, met[1]):
            covered = some(timeline.covers_module(each, item.id, met[1]) for each in event.selections)
            undone = questions.undone_by(timeline, event, item, moment, met[1]) if covered is not NO else None
            if undone is None or _in_one_override(event, undone):
                continue
            # What is not known to be free of such layers was put in eval mode for them.
            known = item.configured or _is_network(timeline, event, item)
            holds = YES if stands is MAYBE and known else stands
            truth = covered & holds & _meant(timeline, event, item, forward.time, met[1])
            if truth is not NO:
                return _report(timeline, event, undone, forward, item, truth)
    return None


def _in_one_override(event: ModeSet, undone: ModeSet) -> bool:
    """Whether both stand in one override of `train`, whose order is wrong: FRZ304 tells that of the class."""
    calls = undone.stack
    return undone.function.endswith(".train") and bool(calls) and event.stack[: len(calls)] == calls


def _is_network(timeline: Timeline, event: ModeSet, item: HeapObject) -> bool:
    """Whether an unknown module that was put in eval mode by name is more than a layer norm or the like."""
    name = item.label.rpartition(".")[2]
    parents = [timeline.heap[edge.parent].classes for edge in item.parents]
    built = any(classes and "?" not in classes for classes in parents)
    return built and item.open and item.id == event.root and not name.startswith("ln") and "norm" not in name


def _meant(timeline: Timeline, event: ModeSet, item: HeapObject, time: int, path: Path) -> Truth:
    """Whether eval mode was meant for training: of something frozen, or of normalisation layers alone."""
    if item.norm is YES and questions.chosen(event, item):
        return YES
    atoms = questions.guarded(timeline, item, time, path)
    return questions.frozen(timeline, atoms, time, path) if atoms else NO


def _report(
    timeline: Timeline, event: ModeSet, undone: ModeSet, forward: Forward, item: HeapObject, truth: Truth
) -> Mistake:
    subject = questions.named(timeline, event, event.selections, event.how)
    told, runs = f"{subject} is", "it runs"
    effect = "its statistics change" if item.norm is YES else "its dropout is active"
    if not subject.startswith("`") and item.norm is YES and questions.chosen(event, item):
        told = f"the normalisation layers of {subject.removeprefix('part of ')} are"
        runs, effect = "they run", "their statistics change"
    if item.norm is not YES and item.dropout is not YES:
        effect = "what depends on the mode in it is active"
    by = "the framework calls `train()` on it" if undone.framework else "`train()` here puts it back in train mode"
    return Mistake(
        span=event.span,
        message=f"{told} put in eval mode here and back in train mode before {runs} in training: {effect}",
        truth=truth,
        notes=(
            Note(undone.span, by),
            Note(forward.span, "it runs forward in train mode here"),
        ),
        fix=Fix(
            title="repeat `eval()` after every `train()`",
            safety=Safety.UNSAFE,
            recipes=remedies.eval_again(timeline, undone, event.root, event.path)
            or remedies.norms_eval_again(timeline, event, undone, forward.time, event.path),
        ),
        stack=event.stack,
        claim=WrongMode(subject=subject.split("`")[1], training=True),
    )


RULE = Rule(
    code="FRZ302",
    name="eval-undone-by-train",
    summary="`eval()` of a part that a later `train()` of the whole undoes",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="its `training` is True at the first forward after the `train()` call",
)
