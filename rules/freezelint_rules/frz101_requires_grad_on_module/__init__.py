"""FRZ101: `module.requires_grad = False` creates a plain attribute and freezes (or unfreezes) nothing."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    AttributeSet,
    Const,
    Fix,
    Forward,
    Mistake,
    NoEffect,
    Rule,
    Safety,
    Selections,
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
        if event.name != "requires_grad" or event.value is None or event.deliberate:
            continue
        modules, truth = _modules(timeline, event)
        if truth is NO:
            continue
        atoms = timeline.atoms(modules, event.path)
        if questions.set_beside(timeline, event, event.value, atoms):
            continue
        subject = questions.subject(event)
        value = event.value.value if isinstance(event.value, Const) else "..."
        wanted = truth_of(event.value, event.path)
        flags = questions.trainable(timeline, atoms, event.time, event.path) if atoms else Truth.MAYBE
        yield Mistake(
            span=event.span,
            message=f"`{subject}.requires_grad = {value}` sets a plain attribute on a module: {_effect(wanted, flags)}",
            truth=truth,
            fix=Fix(
                title=f"write `{subject}.requires_grad_({value})`",
                safety=Safety.SAFE,
                recipes=_recipes(event),
            ),
            claim=NoEffect(subject=subject),
        )


def _modules(timeline: Timeline, event: AttributeSet) -> tuple[Selections, Truth]:
    """The parameters that were meant, and whether the flag was really set on modules."""
    if event.kind == "module" and event.target is not None:
        item = timeline.heap[event.target]
        if (
            item.is_module is MAYBE
            and all(edge.name.startswith("??") for edge in item.edges)
            and not any(forward.module == item.id for forward in timeline.of(Forward))
        ):
            return (), NO  # nothing at all speaks for a module: most likely a tensor
        return questions.below(event.target, event.time), item.is_module
    if event.kind == "selection":
        modules = [each for each in event.selections if each.of == "modules"]
        found = tuple(below for each in modules for below in questions.below(each, event.time))
        return found, YES if modules else NO  # whichever of them it is, it is a module
    return (), NO


def _recipes(event: AttributeSet) -> tuple[recipes.Recipe, ...]:
    if isinstance(event.value, Const) and not isinstance(event.value.value, bool):
        return ()  # the method takes nothing but a bool
    return (recipes.as_call(event.span, "requires_grad", "requires_grad_"),)


def _effect(wanted: Truth, flags: Truth) -> str:
    if wanted is NO and flags is YES:
        return "its parameters still require grad"
    if wanted is YES and flags is NO:
        return "its parameters stay frozen"
    return "its parameters are not changed"


RULE = Rule(
    code="FRZ101",
    name="requires-grad-on-module",
    summary="`requires_grad` assigned to a module, which has no such flag",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the flags of the parameters are the same before and after the statement",
)
