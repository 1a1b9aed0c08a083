"""FRZ109: `.trainable` set on a module or parameter of torch, which has no such attribute."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    AttributeSet,
    Const,
    Fix,
    Mistake,
    NoEffect,
    ParameterAtom,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    questions,
    recipes,
    truth_of,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(AttributeSet):
        if event.name != "trainable" or event.deliberate or event.value is None:
            continue
        truth = _on_torch(timeline, event) & ~event.read
        atoms = _meant(timeline, event)
        if truth is NO or (atoms and questions.set_beside(timeline, event, event.value, atoms)):
            continue
        subject = questions.subject(event, "trainable")
        value = truth_of(event.value, event.path)
        yield Mistake(
            span=event.span,
            message=f"`trainable` of `{subject}` is an attribute that nothing reads: `requires_grad` is not changed",
            truth=truth,
            fix=Fix(title=f"write {_remedy(event, value)}", safety=Safety.SAFE, recipes=_recipes(event)),
            claim=NoEffect(subject=subject),
        )


def _on_torch(timeline: Timeline, event: AttributeSet) -> Truth:
    """Whether the target is a module or parameter of torch whose class surely gives the name no meaning."""
    if event.kind in ("parameter", "copy", "selection"):
        return YES
    if event.kind != "module" or event.target is None:
        return NO
    item = timeline.heap[event.target]
    kept = event.text == "self"  # a class may keep under this name what it was told
    return item.is_module & (MAYBE if kept or "?" in item.classes else YES)


def _meant(timeline: Timeline, event: AttributeSet) -> list[ParameterAtom]:
    """The parameters that the statement was to freeze or unfreeze."""
    if event.target is not None:
        return timeline.atoms(questions.below(event.target, event.time), event.path)
    found: list[ParameterAtom] = []
    for selection in event.selections:
        whole = (selection,) if selection.of == "parameters" else questions.below(selection, event.time)
        found.extend(timeline.atoms(whole, event.path))
    return found


def _recipes(event: AttributeSet) -> tuple[recipes.Recipe, ...]:
    if event.kind == "copy" or (isinstance(event.value, Const) and not isinstance(event.value.value, bool)):
        return ()  # the flag of a copy would do nothing either; the method takes nothing but a bool
    if _is_flag(event):
        return (recipes.renamed(event.span, "trainable", "requires_grad"),)
    return (recipes.as_call(event.span, "trainable", "requires_grad_"),)


def _is_flag(event: AttributeSet) -> bool:
    """Whether the target is a parameter, which has the flag itself."""
    return event.kind == "parameter" or any(selection.of == "parameters" for selection in event.selections)


def _remedy(event: AttributeSet, value: Truth) -> str:
    if _is_flag(event):
        return "`requires_grad`"
    flag = "True" if value is YES else "False" if value is NO else "..."
    return f"`requires_grad_({flag})`"


RULE = Rule(
    code="FRZ109",
    name="keras-trainable",
    summary="`trainable`, the flag of Keras, set on a module or parameter of torch",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the attribute stands in `__dict__` and the flags are the same before and after",
)
