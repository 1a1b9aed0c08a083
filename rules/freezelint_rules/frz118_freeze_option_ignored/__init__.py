"""FRZ118: an option about freezing decides nothing: nobody reads it, or every text counts as true."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    YES,
    Event,
    Fix,
    GradSet,
    Mistake,
    ModeSet,
    NoEffect,
    Note,
    OptimizerBuilt,
    OptionIgnored,
    Rule,
    Safety,
    Severity,
    TextOption,
    Timeline,
    questions,
    reads_option,
    recipes,
)

_READS = 'lambda text: text.lower() not in ("", "0", "f", "false", "n", "no", "off")'
"""Command lines that are in use go on working, which `argparse.BooleanOptionalAction` would break."""


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best((*_ignored(timeline), *_texts(timeline)))


def _ignored(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(OptionIgnored):
        if event.why == "swallowed":
            message = f"`{event.name}` lands in `{event.text}` of `{event.owner}`, which never reads them"
        else:
            message = f"`{event.owner}` never reads its option `{event.name}`: both of its values do the same"
        yield Mistake(span=event.span, message=message, truth=event.truth, claim=NoEffect(subject=event.name))


def _texts(timeline: Timeline) -> Iterator[Mistake]:
    for option in timeline.of(TextOption):
        decided = _decided(timeline, option.name)
        if decided is None and not option.hint:
            continue
        sure = decided is not None and (option.hint or isinstance(decided, GradSet))
        what = "this flag" if isinstance(decided, GradSet) else "this"
        yield Mistake(
            span=option.span,
            message=f"`{option.flag}` has `type=bool`, and every text but the empty one is true: "
            f"`{option.flag} False` is true as well",
            truth=option.truth & (YES if sure else MAYBE),
            notes=(Note(decided.span, f"it decides on {what}"),) if decided is not None else (),
            fix=Fix(
                title="let the texts that say no be false",
                safety=Safety.SAFE,
                recipes=(recipes.AddKeyword(option.span, "type", _READS),),
            ),
            claim=NoEffect(subject=option.flag),
        )


def _decided(timeline: Timeline, name: str) -> Event | None:
    """The first event about freezing that depends on the option: a flag before a mode, a mode before an optimizer."""
    for write in timeline.of(GradSet):
        tests = [literal.value for selection in write.selections for literal in selection.tests]
        values = [write.value, *tests, *(literal.value for literal in write.path)]
        if any(reads_option(value, name) for value in values):
            return write
    for kind in (ModeSet, OptimizerBuilt):
        for event in timeline.of(kind):
            if any(reads_option(literal.value, name) for literal in event.path):
                return event
    return None


RULE = Rule(
    code="FRZ118",
    name="freeze-option-ignored",
    summary="an option about freezing that is never read, or is true for every text",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the number of trainable parameters is the same for both values",
)
