"""FRZ112: `if name.find("fc"):` decides on freezing, and -1 for "not found" counts as true."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    YES,
    ConditionMisfires,
    ConditionOnFind,
    Fix,
    Mistake,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    recipes,
)

_PLAIN = (("$x.find($y)", "$y in $x"), ("$x.rfind($y)", "$y in $x"))
_NEGATED = (("not $x.find($y)", "$y not in $x"), ("not $x.rfind($y)", "$y not in $x"))


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(ConditionOnFind):
        text = event.text.removeprefix("not ")
        if event.negated:
            message = f"`not {text}` holds only where the name starts with the text: -1 (not found) counts as true"
        else:
            message = f"`{text}` also holds where the text is not found: -1 counts as true"
        yield Mistake(
            span=event.span,
            message=message,
            truth=YES,
            fix=Fix(
                title="test with `not in`" if event.negated else "test with `in`",
                safety=Safety.UNSAFE,
                recipes=(recipes.Rewrite(event.span, _NEGATED if event.negated else _PLAIN),),
            ),
            claim=ConditionMisfires(subject=text, negated=event.negated),
        )


RULE = Rule(
    code="FRZ112",
    name="find-as-condition",
    summary="`name.find(text)` as a condition: -1 is true",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the names for which the condition held",
)
