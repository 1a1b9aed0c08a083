"""FRZ108: `requires_grad` set on a copy of a parameter (`p.data`, `p.detach()`, a value of `state_dict()`)."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    AttributeSet,
    Fix,
    Mistake,
    NoEffect,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    Value,
    questions,
    recipes,
    truth_of,
)

_FORMS = tuple(
    (pattern.replace("COPY", copy), wanted)
    for copy in ("data", "detach()")
    for pattern, wanted in (
        ("$x.COPY.requires_grad = $v", "$x.requires_grad = $v"),
        ("$x.COPY.requires_grad_($v)", "$x.requires_grad_($v)"),
        ('setattr($x.COPY, "requires_grad", $v)', "$x.requires_grad_($v)"),
    )
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(AttributeSet):
        if event.kind != "copy" or event.name != "requires_grad" or event.value is None or event.deliberate:
            continue
        truth = _mistaken(event, event.value)
        atoms = timeline.atoms(event.selections, event.path)
        if truth is NO or (atoms and questions.set_beside(timeline, event, event.value, atoms)):
            continue
        subject = questions.subject(event)
        verb = "now names" if event.setter == "rebinding" else "is"
        yield Mistake(
            span=event.span,
            message=f"`{subject}` {verb} another tensor than the parameter, whose own `requires_grad` is not changed",
            truth=truth,
            fix=Fix(
                title="set the flag of the parameter itself",
                safety=Safety.SAFE,
                recipes=(recipes.Rewrite(event.span, _FORMS),),
            ),
            claim=NoEffect(subject=subject),
        )


def _mistaken(event: AttributeSet, value: Value) -> Truth:
    """Whether the parameter was meant: a copy that is kept may be meant to be a leaf of its own."""
    if event.setter == "rebinding":
        return YES
    fleeting = event.text.endswith((".data", ".detach()")) or event.description in (
        "state_dict()", ".data[...]", ".detach()[...]",
    )  # fmt: skip
    if fleeting and (event.setter == "assign" or truth_of(value, event.path) is NO):
        return YES
    return MAYBE if truth_of(value, event.path) is NO else NO


RULE = Rule(
    code="FRZ108",
    name="requires-grad-on-copy",
    summary="`requires_grad` set on a copy of a parameter",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the flag of the real parameter is the same before and after the statement",
)
