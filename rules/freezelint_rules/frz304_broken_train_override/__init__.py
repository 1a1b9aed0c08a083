"""FRZ304: an override of `nn.Module.train` breaks what callers rely on: mode, order, return value."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    Fix,
    Mistake,
    Note,
    Rule,
    Safety,
    Severity,
    Timeline,
    TrainOverride,
    Truth,
    WrongMode,
    questions,
    recipes,
    some,
)

_WITHOUT_MODE = tuple(
    (f"super($*).train({given})".replace("$*", bases), f"super({bases}).train(mode)")
    for bases in ("", "$cls, $self")
    for given in ("", "True")
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(TrainOverride):
        faults = list(_faults(event))
        if faults:
            yield Mistake(
                span=event.span,
                message=f"`train` of `{event.cls}` {' and '.join(words for words, _ in faults)}",
                truth=some(truth for _, truth in faults),
                fix=Fix(
                    title="write `def train(self, mode=True)`, call `super().train(mode)` first and return `self`",
                    safety=Safety.SAFE if len(faults) == 1 and event.returns is NO else Safety.UNSAFE,
                    recipes=tuple(_recipes(event)),
                ),
                claim=WrongMode(subject=event.cls, training=True),
            )
        if event.before:
            span, text = event.before[0]
            undone = event.super_span
            subject = text.removesuffix(".eval")
            yield Mistake(
                span=span,
                message=f"`{subject}` is put in eval mode before `super().train(mode)`, which puts it back",
                truth=YES,
                notes=(Note(undone, "`train()` here puts it back in train mode"),) if undone else (),
                fix=Fix(
                    title="call `super().train(mode)` first",
                    safety=Safety.UNSAFE,
                    recipes=(recipes.MoveAfter(tuple(place for place, _ in event.before), undone),) if undone else (),
                ),
                claim=WrongMode(subject=subject, training=True),
            )


def _faults(event: TrainOverride) -> Iterator[tuple[str, Truth]]:
    """What is wrong, in words that go on from "`train` of `Net`"."""
    if event.takes_mode is NO and event.own_eval is NO:
        yield "takes no `mode`, so that `eval()` raises `TypeError`", YES
    if event.calls_super is NO and event.reaches_children is not YES:
        yield "never calls `super().train(mode)`, so that no mode is set", ~event.reaches_children
    elif event.calls_super is YES and event.takes_mode is YES and event.passes_mode is NO:
        yield "does not pass `mode` on, so that `eval()` sets train mode", MAYBE  # a constant may be meant
    if event.returns is NO:
        callers = "`train()` gives" if event.own_eval is YES else "`train()` and `eval()` give"
        yield f"returns nothing, so that {callers} None", YES


def _recipes(event: TrainOverride) -> Iterator[recipes.Recipe]:
    """The repair of all faults, or none where one of them leaves open what was meant."""
    if event.calls_super is not YES or (event.takes_mode is YES and event.passes_mode is NO):
        return
    if event.takes_mode is NO and event.super_span is not None:
        yield recipes.AddParameter(event.span, "mode=True")
        yield recipes.Rewrite(event.super_span, _WITHOUT_MODE)
    if event.returns is NO:
        yield recipes.ReturnSelf(event.span)


RULE = Rule(
    code="FRZ304",
    name="broken-train-override",
    summary="an override of `train` without mode, super call, return value or the right order",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the call returns None or raises, or the modes afterwards are not those asked for",
)
