"""FRZ119: layers stand in a plain list, tuple or dict of a module, which therefore does not know them."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    CollectionStored,
    Fix,
    HeapObject,
    Mistake,
    NoEffect,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    fate,
    questions,
    recipes,
)

_CONTAINERS = {"dict": "nn.ModuleDict"}


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(CollectionStored):
        lost = [item for number in event.modules if _is_lost(timeline, event, item := timeline.heap[number])]
        if not lost:
            continue
        container = _CONTAINERS.get(event.kind, "nn.ModuleList")
        yield Mistake(
            span=event.span,
            message=f"{questions.count(len(lost), 'module')} in the plain {event.kind} `{event.text}` belong to no"
            " module: `parameters()`, `requires_grad_()`, `eval()` and `to()` do not reach them",
            truth=_known(event),
            fix=Fix(
                title=f"keep them in `{container}`",
                safety=Safety.UNSAFE,
                recipes=(recipes.Register(event.span),) if event.pure and event.kind != "set" else (),
            ),
            stack=event.stack,
            claim=NoEffect(subject=event.text),
        )


def _is_lost(timeline: Timeline, event: CollectionStored, item: HeapObject) -> bool:
    """Whether a module made for this one has something to train or to switch, and no module registers it."""
    owner = timeline.heap[event.owner]
    if item.born < owner.born:
        return False  # handed in: kept apart on purpose, or registered where it came from
    if any(timeline.heap[edge.parent].is_module is not NO for edge in item.parents):
        return False
    end = fate.end_of(timeline)
    atoms = fate.parameters_below(timeline, item.id, end, event.path)
    if any(questions.in_some_optimizer(timeline, atom, end, event.path) is not NO for atom in atoms):
        return False  # the program looks after them itself
    if atoms:
        return questions.trainable(timeline, atoms, end, event.path) is not NO
    return bool(questions.layers(timeline, item.id, end, event.path, "dropout"))


def _known(event: CollectionStored) -> Truth:
    """A single module in a list is how one keeps a module from being registered."""
    return YES if len(event.modules) > 1 or event.kind == "dict" else MAYBE


RULE = Rule(
    code="FRZ119",
    name="unregistered-layers",
    summary="layers in a plain list, tuple or dict of a module, which does not register them",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="they are missing from `named_parameters()` of the module",
)
