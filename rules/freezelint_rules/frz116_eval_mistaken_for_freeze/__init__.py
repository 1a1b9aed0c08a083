"""FRZ116: `eval()` is all that is done to freeze a part, whose weights require grad and are in the optimizer."""

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
    MovedWhileFrozen,
    Note,
    OptimizerBuilt,
    Path,
    Rule,
    Safety,
    Severity,
    Stepped,
    Timeline,
    Truth,
    every,
    fate,
    naming,
    questions,
    relation,
    some,
    truth_of,
)

_LIBRARIES = ("torch.", "torchvision.", "timm.", "transformers.")


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(ModeSet):
        if event.how != "eval" or event.root is None or truth_of(event.value, event.path) is not NO:
            continue
        for built in timeline.of(OptimizerBuilt):
            met = questions.first_step(timeline, event.time, event.path, built.path, optimizer=built.optimizer)
            if met is None or met[0].time < built.time:
                continue
            truth = _meant(timeline, event, event.root, *met) & _moves(timeline, event.root, built, *met)
            if truth is not NO:
                yield _report(event, built, met[0], truth)


def _meant(timeline: Timeline, event: ModeSet, root: int, step: Stepped, path: Path) -> Truth:
    """Whether the call was to freeze: its function or the option that it depends on says so, or it can mean nothing
    else, since nothing in the part depends on the mode."""
    options = (naming.names_in(literal.value) for literal in event.path if literal.polarity)
    names = [event.function.rpartition(".")[2], *(name for found in options for name in found)]
    if any(naming.says_freeze(name) for name in names):
        return YES
    if not timeline.heap[root].parents or timeline.training(root, step.time, path).truth is not NO:
        return NO
    if any(questions.layers(timeline, root, step.time, path, kind) for kind in ("norm", "dropout")):
        return NO
    # A class of the project may look at `self.training` itself.
    below = [item for item, _, _ in timeline.modules(root, step.time, path)]
    plain = every(Truth.of(not item.open and _of_library(item)) for item in below)
    return plain & relation(event.path, step.path)  # a condition may pick the layers that do depend on it


def _of_library(item: HeapObject) -> bool:
    return bool(item.classes) and item.classes[0].startswith(_LIBRARIES)


def _moves(timeline: Timeline, root: int, built: OptimizerBuilt, step: Stepped, path: Path) -> Truth:
    """Whether all parameters of the part get gradients and are moved by the optimizer."""
    atoms = fate.parameters_below(timeline, root, step.time, path)
    if not atoms or not _gets_gradients(timeline, root, step.time):
        return NO
    held = every(timeline.held(built.optimizer, atom, step.time, path).truth for atom in atoms)
    flags = every(timeline.requires_grad(atom, step.time, path).truth for atom in atoms)
    return held & flags & (YES if step.optimizer is not None else MAYBE)


def _gets_gradients(timeline: Timeline, root: int, time: int) -> bool:
    """Whether the part, or what it belongs to, runs with gradients recorded: not where it only runs under no_grad."""
    own = [forward.grad for forward in timeline.of(Forward) if forward.module == root and forward.time < time]
    if own:
        return some(own) is not NO
    return any(
        forward.grad is not NO and timeline.holds_module(forward.module, root, forward.time, forward.path) is not NO
        for forward in timeline.of(Forward)
    )


def _report(event: ModeSet, built: OptimizerBuilt, step: Stepped, truth: Truth) -> Mistake:
    subject = questions.subject(event, "eval")
    notes = [Note(built.span, "this optimizer holds its parameters")]
    if step.span != built.span:
        notes.append(Note(step.span, "and moves them here"))
    return Mistake(
        span=event.span,
        message=f"`{subject}` is only put in eval mode here: its parameters require grad and are in the optimizer",
        truth=truth,
        notes=tuple(notes),
        fix=Fix(title="add `requires_grad_(False)`", safety=Safety.UNSAFE),
        stack=event.stack,
        claim=MovedWhileFrozen(subject=subject),
    )


RULE = Rule(
    code="FRZ116",
    name="eval-mistaken-for-freeze",
    summary="`eval()` as the only freeze of a part that is in the optimizer",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="its parameters move",
)
