"""FRZ107: `requires_grad` set on a generator, list, dict, tuple or name instead of the parameters in it."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    YES,
    AttributeSet,
    Fix,
    MisnamedCall,
    Mistake,
    Raises,
    Rule,
    Safety,
    Severity,
    Timeline,
    questions,
    recipes,
)

_ASSIGNED = (("$x.parameters().requires_grad = $v", "$x.requires_grad_($v)"),)
_CALLED = (
    ("$x.parameters().requires_grad_($v)", "$x.requires_grad_($v)"),
    ("list($x.parameters()).requires_grad_($v)", "$x.requires_grad_($v)"),
)
_TITLE, _PAIR_TITLE = "set the flag of each parameter in a loop", "set the flag of the second of the pair"
_PAIR = (("$x.requires_grad = $v", "$x[1].requires_grad = $v"),)
_LOOP = (("$x.requires_grad = $v", "for $new_parameter in $x:\n    $new_parameter.requires_grad = $v"),)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(AttributeSet):
        if event.kind == "collection" and event.name == "requires_grad":
            subject = questions.subject(event)
            yield Mistake(
                span=event.span,
                message=f"`{subject}` is {event.description or 'a collection'}, which has no `requires_grad`: "
                "the statement freezes nothing",
                truth=MAYBE if questions.rests_on_type(event.path) else YES,
                fix=Fix(title=_PAIR_TITLE if event.pair else _TITLE, safety=Safety.SAFE, recipes=_recipes(event)),
                claim=Raises(subject=subject, exception="AttributeError"),
            )
    for call in timeline.of(MisnamedCall):
        if call.name == "requires_grad_":
            subject = questions.subject(call, call.name)
            yield Mistake(
                span=call.span,
                message=f"`{subject}` is a collection, which has no `requires_grad_`: the call raises an exception",
                truth=MAYBE if questions.rests_on_type(call.path) else YES,
                fix=Fix(
                    title="call `requires_grad_` on the module",
                    safety=Safety.SAFE,
                    recipes=(recipes.Rewrite(call.span, _CALLED),),
                ),
                claim=Raises(subject=subject, exception="AttributeError"),
            )


def _recipes(event: AttributeSet) -> tuple[recipes.Recipe, ...]:
    """A loop only where each element is known to be a parameter."""
    if event.pair:
        return (recipes.Rewrite(event.span, _PAIR),)
    return (recipes.Rewrite(event.span, _ASSIGNED + _LOOP if event.selections else _ASSIGNED),)


RULE = Rule(
    code="FRZ107",
    name="requires-grad-on-collection",
    summary="`requires_grad` set on a collection of parameters, which has no such flag",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the statement raises `AttributeError`, or the flags are the same before and after",
)
