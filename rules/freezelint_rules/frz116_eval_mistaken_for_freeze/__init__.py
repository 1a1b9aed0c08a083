"""FRZ116: `eval()` is all that is done to freeze a part, whose weights require grad and are in the optimizer."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    AttributeSet,
    Fix,
    Forward,
    HeapObject,
    Mistake,
    ModeSet,
    Note,
    OptimizerBuilt,
    Path,
    Rule,
    Safety,
    Severity,
    Stepped,
    StillTrains,
    Timeline,
    Truth,
    every,
    fate,
    graph_questions,
    naming,
    questions,
    recipes,
    relation,
    some,
    truth_of,
)

_LIBRARIES = ("torch.", "torchvision.", "timm.", "transformers.")


_CALLS = (
    ("$x.eval()", "$x.eval().requires_grad_(False)"),
    ("$x.train(False)", "$x.train(False).requires_grad_(False)"),
    ("$x.train(mode=False)", "$x.train(mode=False).requires_grad_(False)"),
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(ModeSet):
        if event.how not in ("eval", "train") or event.root is None or truth_of(event.value, event.path) is not NO:
            continue
        if _meant_to_freeze(timeline, event):
            continue
        named = _named(event)
        if not named and not _is_plain_part(timeline, event.root, event):
            continue
        for built in timeline.of(OptimizerBuilt):
            met = questions.first_step(
                timeline, max(event.time, built.time), event.path, built.path, optimizer=built.optimizer
            )
            if met is None:
                continue
            truth = YES if named else _stays(timeline, event.root, event, *met)
            if truth is not NO:
                truth = truth & _moves(timeline, event.root, built, *met)
            if truth is not NO:
                yield _report(timeline, event, built, met[0], truth)


def _meant_to_freeze(timeline: Timeline, event: ModeSet) -> bool:
    """Whether the same code sets an attribute on the part, or on its parameters, that was to freeze it: what is wrong
    with that is told there (FRZ101, FRZ102, FRZ105, FRZ109)."""
    assert event.root is not None
    for beside in timeline.of(AttributeSet):
        if beside.function != event.function or beside.stack != event.stack or not naming.says_flag(beside.name):
            continue
        targets = [beside.target] if beside.target is not None else [fate.root_of(each) for each in beside.selections]
        if any(timeline.holds_module(event.root, each, beside.time, ()) is not NO for each in targets):
            return True
    return False


def _named(event: ModeSet) -> bool:
    """Whether the function that makes the call, or an option that it depends on, speaks of freezing."""
    options = (naming.names_in(literal.value) for literal in event.path if literal.polarity)
    names = [event.function.rpartition(".")[2], *(name for found in options for name in found)]
    return any(naming.says_freeze(name) for name in names)


def _is_plain_part(timeline: Timeline, root: int, event: ModeSet) -> bool:
    """Whether the call is on a part in which nothing depends on the mode, so that it can mean nothing but a freeze.
    A class of the project may look at `self.training` itself."""
    if not timeline.heap[root].parents:
        return False
    below = [item for item, _, _ in timeline.modules(root, event.time, event.path)]
    if any(item.open or not _of_library(item) for item in below):
        return False
    return not any(questions.layers(timeline, root, event.time, event.path, kind) for kind in ("norm", "dropout"))


def _stays(timeline: Timeline, root: int, event: ModeSet, step: Stepped, path: Path) -> Truth:
    """Whether the part is still in eval mode at the step. A condition of the call's own may pick other layers."""
    return ~timeline.training(root, step.time, path).truth & relation(event.path, step.path)


def _of_library(item: HeapObject) -> bool:
    return bool(item.classes) and item.classes[0].startswith(_LIBRARIES)


def _moves(timeline: Timeline, root: int, built: OptimizerBuilt, step: Stepped, path: Path) -> Truth:
    """Whether all parameters of the part get gradients and are moved by the optimizer."""
    atoms = fate.parameters_below(timeline, root, step.time, path)
    if not atoms or not _gets_gradients(timeline, root, step.time):
        return NO
    cut = {atom for place in graph_questions.cut_off(timeline) for found in place for atom in found.atoms}
    if cut.issuperset(atoms):
        return NO  # by FRZ401: no gradient gets there
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


def _report(timeline: Timeline, event: ModeSet, built: OptimizerBuilt, step: Stepped, truth: Truth) -> Mistake:
    subject = questions.subject(event, "eval")
    notes = [Note(built.span, "this optimizer holds its parameters")]
    if step.span != built.span:
        notes.append(Note(step.span, "and moves them here"))
    return Mistake(
        span=event.span,
        message=f"`{subject}` is only put in eval mode here: its parameters require grad and are in the optimizer",
        truth=truth,
        notes=tuple(notes),
        fix=Fix(title="add `requires_grad_(False)`", safety=Safety.UNSAFE, recipes=_recipes(timeline, event)),
        stack=event.stack,
        claim=StillTrains(subject=subject),
    )


def _recipes(timeline: Timeline, event: ModeSet) -> tuple[recipes.Recipe, ...]:
    """On a line of its own, else as one more call; none where the same line may be about something else too."""
    others = [each for each in timeline.of(ModeSet) if each.span == event.span and each.root != event.root]
    if others and not _named(event):
        return ()
    line = recipes.Insert(event.span, "$part.requires_grad_(False)", (("part", recipes.ReceiverOf(event.span)),))
    return (recipes.Either(((line,), (recipes.Rewrite(event.span, _CALLS),))),)


RULE = Rule(
    code="FRZ116",
    name="eval-mistaken-for-freeze",
    summary="`eval()` as the only freeze of a part that is in the optimizer",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="its parameters move",
)
