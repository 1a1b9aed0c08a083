"""FRZ102: a misspelt `requires_grad` is a new attribute that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    YES,
    AttributeSet,
    Fix,
    MisnamedCall,
    Mistake,
    NoEffect,
    Raises,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    questions,
    recipes,
)

WELL_KNOWN = frozenset({
    "require_grad", "require_grads", "requires_grads", "required_grad", "requires_gradient", "requires_gradients",
    "require_gradient", "requiers_grad", "reqires_grad", "requires_gard", "requries_grad", "requiresgrad",
})  # fmt: skip
_KINDS = ("module", "parameter", "tensor", "selection", "copy")


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(AttributeSet):
        truth = _misspelt(event)
        if truth is not None:
            subject = questions.subject(event, event.name)
            yield Mistake(
                span=event.span,
                message=f"`{event.name}` of `{subject}` is a new attribute: `requires_grad` is not changed",
                truth=truth,
                fix=Fix(title=_title(event), safety=Safety.SAFE, recipes=_recipes(event)),
                claim=NoEffect(subject=subject),
            )
    for call in timeline.of(MisnamedCall):
        if call.name != "requires_grad_" and _near(call.name.rstrip("_")):
            yield Mistake(
                span=call.span,
                message=f"`{call.name}` is no method of a parameter or module: the call raises `AttributeError`",
                truth=YES,
                fix=Fix(
                    title="write `requires_grad_`",
                    safety=Safety.SAFE,
                    recipes=(recipes.renamed(call.span, call.name, "requires_grad_"),),
                ),
                claim=Raises(subject=call.text, exception="AttributeError"),
            )


def _on_modules(event: AttributeSet) -> bool:
    """Whether the flag is set on what may be a module, which has the method only."""
    return event.kind in ("module", "unknown") or any(each.of == "modules" for each in event.selections)


def _title(event: AttributeSet) -> str:
    return "call `requires_grad_(...)`" if _on_modules(event) else "write `requires_grad`"


def _recipes(event: AttributeSet) -> tuple[recipes.Recipe, ...]:
    if event.kind == "copy":
        return ()  # well spelt it would be the flag of a copy
    if _on_modules(event):
        return (recipes.as_call(event.span, event.name, "requires_grad_"),)
    return (recipes.renamed(event.span, event.name, "requires_grad"),)


def _misspelt(event: AttributeSet) -> Truth | None:
    if event.deliberate or event.name in ("requires_grad", "requires_grad_"):
        return None
    if event.kind in _KINDS:
        return YES if _near(event.name) else None
    if event.kind == "unknown" and event.name.lower() in WELL_KNOWN:
        return YES
    return MAYBE if event.kind == "unknown" and _near(event.name) else None


def _near(name: str) -> bool:
    """Whether a name can hardly be anything but a slip for `requires_grad`."""
    plain = name.lower()
    return plain in WELL_KNOWN or (plain.startswith("re") and _distance(plain, "requires_grad") <= 2)


def _distance(a: str, b: str) -> int:
    """Edits between two words; two neighbouring letters swapped count as one."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


RULE = Rule(
    code="FRZ102",
    name="misspelled-requires-grad",
    summary="a misspelt `requires_grad`, which becomes a new attribute",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the attribute stands in `__dict__` and the flags are the same before and after",
)
