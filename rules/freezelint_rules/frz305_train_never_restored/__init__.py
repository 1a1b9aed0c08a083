"""FRZ305: `eval()` for the validation inside the training loop, and no `train()` before the next round trains."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Backward,
    Fix,
    Forward,
    Loop,
    Mistake,
    ModeSet,
    Note,
    Path,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    WrongMode,
    questions,
    recipes,
    remedies,
    some,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(ModeSet):
        if event.how == "flag" or event.framework or event.root is None or truth_of(event.value, event.path) is not NO:
            continue
        for loop in event.loops:
            found = _in_loop(timeline, event, event.root, loop)
            if found is not None:
                yield found
                break


def _in_loop(timeline: Timeline, event: ModeSet, root: int, loop: Loop) -> Mistake | None:
    if not questions.repeats(event.path, loop):
        return None
    for forward in timeline.of(Forward):
        if forward.within or not questions.in_pass(forward, loop, again=True):
            continue
        joined = timeline.together(event.path, forward.path)
        if joined is None or not _trains(timeline, forward, loop, joined):
            continue
        module = questions.unwrapped(timeline, forward.module)
        if timeline.holds_module(questions.unwrapped(timeline, root), module, event.time, joined) is not YES:
            continue
        truth = _in_eval_mode(timeline, event, forward, module, loop, joined)
        truth = truth & _was_in_train_mode(timeline, event, forward, module, loop)
        truth = truth & _matters(timeline, event, forward, loop, joined)
        truth = truth & _trainable(timeline, module, forward, joined)
        if truth is not NO:
            mended = remedies.train_again(event, forward) if _trained_whole(timeline, event, root, loop) else ()
            return _report(event, forward, truth, mended)
    return None


def _trains(timeline: Timeline, forward: Forward, loop: Loop, path: Path) -> bool:
    """Whether backward and a step follow a forward with gradients in the same round."""
    met = questions.first_step(timeline, forward.time, path)
    if forward.grad is NO or met is None or not questions.in_pass(met[0], loop, again=True):
        return False
    return any(forward.time < back.time < met[0].time for back in timeline.of(Backward))


def _trainable(timeline: Timeline, module: int, forward: Forward, path: Path) -> Truth:
    atoms = timeline.atoms(questions.below(module, forward.time), path)
    return some(timeline.requires_grad(atom, forward.time, path).truth for atom in atoms)


def _in_eval_mode(timeline: Timeline, event: ModeSet, forward: Forward, module: int, loop: Loop, path: Path) -> Truth:
    """Whether this call is why the module is in eval mode at the forward of the next round."""
    if forward.time > event.time:
        return _set_by(timeline, event, module, questions.inside(timeline, forward), path)
    # The call comes in later rounds only (`if step % 100 == 0`): it holds where the round ends, and nothing has set
    # the mode where the next one gets to its forward.
    before = timeline.training(module, questions.inside(timeline, forward), path)
    if before.event is not None and questions.in_pass(before.event, loop, again=True):
        return NO
    end = max(each.time for each in timeline.events if questions.in_pass(each, loop, again=True))
    return _set_by(timeline, event, module, end + 1, path)


def _set_by(timeline: Timeline, event: ModeSet, module: int, moment: int, path: Path) -> Truth:
    answer = timeline.training(module, moment, path)
    same = isinstance(answer.event, ModeSet) and answer.event.span == event.span
    return ~answer.truth if same else NO


def _was_in_train_mode(timeline: Timeline, event: ModeSet, forward: Forward, module: int, loop: Loop) -> Truth:
    """Whether the same forward ran in train mode in the first round: else the module is meant to train like this."""
    for first in timeline.of(Forward):
        if first.time < event.time and first.span == forward.span and questions.in_pass(first, loop, again=False):
            path = timeline.together(first.path, event.path) or first.path
            return timeline.training(module, questions.inside(timeline, first), path).truth
    return NO


def _matters(timeline: Timeline, event: ModeSet, forward: Forward, loop: Loop, path: Path) -> Truth:
    """NO where the module surely holds nothing that depends on the mode and that this call takes out of train mode."""
    found = [each for kind in ("norm", "dropout") for each, _ in questions.run_by(timeline, forward, kind, path)]
    if found:
        return some(
            _in_eval_mode(timeline, event, forward, each.id, loop, path)
            & _was_in_train_mode(timeline, event, forward, each.id, loop)
            for each in found
        )
    below = timeline.modules(forward.module, forward.time, path)
    return Truth.of(any(item.open and item.norm is not NO for item, _, _ in below))


def _trained_whole(timeline: Timeline, event: ModeSet, root: int, loop: Loop) -> bool:
    """Whether nothing below was in eval mode in the first round: else `train()` of the whole would say too much."""
    for first in timeline.of(Forward):
        if first.time < event.time and questions.in_pass(first, loop, again=False):
            path = timeline.together(first.path, event.path) or first.path
            moment = questions.inside(timeline, first)
            found = [
                each for kind in ("norm", "dropout") for each in questions.layers(timeline, root, moment, path, kind)
            ]
            return all(timeline.training(item.id, moment, path).truth is YES for item, _ in found)
    return False


def _report(event: ModeSet, forward: Forward, truth: Truth, mended: tuple[recipes.Recipe, ...]) -> Mistake:
    subject = questions.subject(event, event.how)
    return Mistake(
        span=event.span,
        message=f"`{subject}` is put in eval mode in this loop and stays in it: from the second round on it trains "
        "without dropout and with fixed BatchNorm statistics",
        truth=truth,
        notes=(Note(forward.span, "in the next round this training forward runs in eval mode"),),
        fix=Fix(
            title=f"call `{subject}.train()` where each round starts to train", safety=Safety.UNSAFE, recipes=mended
        ),
        stack=event.stack,
        claim=WrongMode(subject=subject, training=False),
    )


RULE = Rule(
    code="FRZ305",
    name="train-never-restored",
    summary="`eval()` for the validation in the training loop, and no `train()` before the next round",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="its `training` is False at the training forwards of the second round and of those after it",
)
