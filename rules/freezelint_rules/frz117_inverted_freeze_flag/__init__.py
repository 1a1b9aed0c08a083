"""FRZ117: `p.requires_grad = freeze` trains where the flag's name asks for a freeze, and freezes where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    YES,
    Fix,
    FlagInverted,
    FlagNamedOpposite,
    Mistake,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    recipes,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(FlagNamedOpposite):
        written = f"not {event.flag}" if event.negated else event.flag
        wanted = event.flag if event.negated else f"not {event.flag}"
        effect = "frozen" if event.negated else "trained"
        yield Mistake(
            span=event.span,
            message=f"`requires_grad` is set to `{written}`: where `{event.flag}` is true the parameters are {effect}",
            truth=YES,
            fix=Fix(
                title=f"write `{wanted}`",
                safety=Safety.UNSAFE,
                recipes=(recipes.Rewrite(event.span, _forms(negated=event.negated)),),
            ),
            claim=FlagInverted(subject=questions.subject(event), flag=event.flag, negated=event.negated),
        )


def _forms(*, negated: bool) -> tuple[tuple[str, str], ...]:
    old, new = ("not $v", "$v") if negated else ("$v", "not $v")
    places = (
        "$x.requires_grad = {}", "$x.requires_grad_({})", "$x.requires_grad_(requires_grad={})",
        'setattr($x, "requires_grad", {})',
    )  # fmt: skip
    return tuple((place.format(old), place.format(new)) for place in places)


RULE = Rule(
    code="FRZ117",
    name="inverted-freeze-flag",
    summary="`requires_grad` set to a flag whose name says the opposite",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the flags of the parameters against the value of the option",
)
