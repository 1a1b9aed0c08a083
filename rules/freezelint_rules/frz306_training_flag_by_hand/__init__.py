"""FRZ306: `module.training = False` by hand: the layers below keep their mode."""

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
    Selection,
    Severity,
    Timeline,
    Truth,
    WrongMode,
    questions,
    recipes,
    some,
    truth_of,
)

_FORMS = (
    ("$x.training = False", "$x.eval()"),
    ("$x.training = True", "$x.train()"),
    ("$x.training = $v", "$x.train($v)"),
    ('setattr($x, "training", False)', "$x.eval()"),
    ('setattr($x, "training", True)', "$x.train()"),
    ('setattr($x, "training", $v)', "$x.train($v)"),
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(ModeSet):
        wanted = truth_of(event.value, event.path)
        if event.how != "flag" or event.own or event.root is None or wanted is MAYBE:
            continue
        if _goes_down(timeline, event, event.root):
            continue
        forward = _next_forward(timeline, event, event.root)
        moment = forward.time if forward is not None else timeline.events[-1].time + 1
        path = timeline.together(event.path, forward.path) if forward is not None else event.path
        left = _left(timeline, event, event.root, moment, path or event.path, wanted)
        if left is not None:
            yield _report(timeline, event, forward, wanted, *left)


def _goes_down(timeline: Timeline, event: ModeSet, root: int) -> bool:
    """Whether the same function goes on to set modes below the module: a `train` of one's own that picks layers."""
    for other in timeline.of(ModeSet):
        if other.span == event.span or other.function != event.function or other.stack != event.stack:
            continue
        for selection in other.selections:
            base: int | Selection = selection
            while isinstance(base, Selection):
                base = base.root
            inside = timeline.holds_module(root, base, other.time, event.path) is not NO
            if inside and (base != root or isinstance(selection.root, Selection)):
                return True
    return False


def _next_forward(timeline: Timeline, event: ModeSet, root: int) -> Forward | None:
    """The first forward afterwards that runs the module."""
    for forward in timeline.of(Forward):
        if forward.time > event.time and timeline.together(event.path, forward.path) is not None:
            module = questions.unwrapped(timeline, forward.module)
            if timeline.holds_module(module, root, forward.time, ()) is not NO:
                return forward
    return None


def _left(
    timeline: Timeline, event: ModeSet, root: int, moment: int, path: Path, wanted: Truth
) -> tuple[HeapObject, Truth] | None:
    """A layer below whose mode matters and is the other one, where the module has the mode it was given."""
    best: tuple[HeapObject, Truth] | None = None
    given = timeline.training(root, moment, path)
    if not isinstance(given.event, ModeSet) or given.event.span != event.span:
        return None
    for kind in ("norm", "dropout"):
        for item, stands in questions.layers(timeline, root, moment, path, kind):
            covered = some(timeline.covers_module(each, item.id, path) for each in event.selections)
            mode = timeline.training(item.id, moment, path).truth
            truth = stands & ~covered & (~mode if wanted is YES else mode)
            if item.id != root and truth is not NO and (best is None or truth.value > best[1].value):
                best = item, truth
    return best


def _report(
    timeline: Timeline, event: ModeSet, forward: Forward | None, wanted: Truth, item: HeapObject, truth: Truth
) -> Mistake:
    subject = questions.subject(event, "training")
    mode, other = ("train", "eval") if wanted is YES else ("eval", "train")
    kind = "BatchNorm" if item.norm is not NO else "dropout"
    call = f"{subject}.{mode}()"
    notes = (Note(forward.span, f"the {kind} below it runs in {other} mode here"),) if forward is not None else ()
    return Mistake(
        span=event.span,
        message=f"`{subject}.training` is set by hand, which leaves the layers below it as they are: "
        f"its {kind} stays in {other} mode",
        truth=truth,
        notes=notes,
        fix=Fix(title=f"call `{call}`", safety=Safety.SAFE, recipes=(recipes.Rewrite(event.span, _FORMS),)),
        stack=event.stack,
        claim=WrongMode(subject=questions.name_of(timeline, item.id), training=wanted is not YES),
    )


RULE = Rule(
    code="FRZ306",
    name="training-flag-by-hand",
    summary="`module.training = False` on a module with layers below, which keep their mode",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="`training` of a BatchNorm or dropout layer below it differs from its own at the next forward",
)
