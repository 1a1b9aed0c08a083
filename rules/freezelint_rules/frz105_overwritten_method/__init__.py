"""FRZ105: a value assigned to the name of a method (`p.requires_grad_ = False`, `m.eval = True`) shadows it."""

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
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    questions,
    recipes,
)

_OF_MODULES = frozenset({
    "requires_grad_", "eval", "train", "parameters", "named_parameters", "modules", "named_modules", "children",
    "named_children", "buffers", "zero_grad", "apply", "state_dict", "load_state_dict",
})  # fmt: skip
_USUAL = frozenset({"freeze", "unfreeze"})
_OF_TENSORS = frozenset({"requires_grad_", "detach_", "detach", "backward"})
_METHODS = {
    "module": _OF_MODULES,
    "parameter": _OF_TENSORS,
    "tensor": _OF_TENSORS,
    "copy": _OF_TENSORS,
    "optimizer": frozenset({"zero_grad", "step", "add_param_group"}),
}


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(AttributeSet):
        if event.deliberate or not _shadows(event):
            continue
        subject = questions.subject(event, event.name)
        value = event.value.value if isinstance(event.value, Const) else "..."
        yield Mistake(
            span=event.span,
            message=f"`{subject}.{event.name} = {value}` replaces the method `{event.name}` and changes no flag",
            truth=_truth(timeline, event),
            fix=Fix(
                title=f"call it: `{subject}.{event.name}({_argument(event.name, value)})`",
                safety=Safety.SAFE,
                recipes=_recipes(event),
            ),
            claim=NoEffect(subject=subject),
        )


def _shadows(event: AttributeSet) -> bool:
    if event.kind == "module" and event.name in _USUAL:
        return True
    if event.kind in ("selection", "unknown"):
        # Of modules or parameters: this one name is a method of both, and of nothing else.
        return event.name == "requires_grad_" or (
            bool(event.selections) and event.selections[0].of == "modules" and event.name in _OF_MODULES
        )
    return event.name in _METHODS.get(event.kind, ())


def _truth(timeline: Timeline, event: AttributeSet) -> Truth:
    if not isinstance(event.value, Const):
        # Whatever is called like the other methods may be meant to replace them, or is a data set: `self.train = data`.
        return MAYBE if event.name == "requires_grad_" else NO
    if event.name in _USUAL:
        return (
            event.shadows | MAYBE
        )  # the class may have no such method: then it is a plain attribute for others to read
    known = timeline.heap[event.target].is_module if event.kind == "module" and event.target is not None else YES
    return known


def _argument(name: str, value: object) -> str:
    if name == "requires_grad_":
        return str(value)
    return "False" if name == "train" and not value else ""


def _recipes(event: AttributeSet) -> tuple[recipes.Recipe, ...]:
    """Only where the value says which call is meant; what `freeze` takes is not known."""
    value = event.value.value if isinstance(event.value, Const) else None
    if event.name == "requires_grad_" and (isinstance(value, bool) or not isinstance(event.value, Const)):
        return (recipes.as_call(event.span, event.name, event.name),)
    if event.name == "train" and isinstance(value, bool):
        return (recipes.as_call(event.span, event.name, event.name, "" if value else "False"),)
    if event.name in ("eval", "zero_grad", "detach_") and value is True:
        return (recipes.as_call(event.span, event.name, event.name, ""),)
    return ()


RULE = Rule(
    code="FRZ105",
    name="overwritten-method",
    summary="a value assigned to the name of a method, which is then gone",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.SAFE,
    confirmed_by="the flags are the same before and after, and the next call of the method raises `TypeError`",
)
