"""FRZ406: reentrant checkpointing of trainable layers whose input requires no gradient."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    Checkpointed,
    Fix,
    Mistake,
    NoGradient,
    Note,
    Path,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    graph_questions,
    questions,
    recipes,
    some,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(Checkpointed):
        met = questions.first_step(timeline, event.time, event.path)
        path = event.path if met is None else met[1]
        lacking = ~graph_questions.input_requires_grad(timeline, event)
        truth = event.reentrant & lacking & (NO if lacking is NO else _trains(timeline, event, path))
        truth = truth & MAYBE if met is None else truth
        if truth is NO:
            continue
        name = next((use.text for use in event.inside if use.text), "it")
        yield Mistake(
            span=event.span,
            message=f"no input of this reentrant checkpoint requires grad: `{name}` gets no gradient",
            truth=truth,
            notes=tuple(Note(use.span, "its input comes from here, frozen") for use in event.inputs if use.span.path),
            fix=Fix(
                title="pass `use_reentrant=False`",
                safety=Safety.UNSAFE,
                recipes=(recipes.AddKeyword(event.span, "use_reentrant", "False"),),
            ),
            claim=NoGradient(subject=name),
        )


def _trains(timeline: Timeline, event: Checkpointed, path: Path) -> Truth:
    """Whether something that is checkpointed requires a gradient and sits in an optimizer."""
    end = timeline.events[-1].time + 1
    found: list[Truth] = []
    for use in event.inside:
        for atom in graph_questions.used_atoms(timeline, use, event.time, path):
            flag = timeline.requires_grad(atom, event.time, path).truth
            found.append(flag & questions.in_some_optimizer(timeline, atom, end, path) if flag is not NO else NO)
    return some(found)


RULE = Rule(
    code="FRZ406",
    name="checkpoint-of-frozen-input",
    summary="reentrant checkpointing of trainable layers behind frozen ones",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the checkpointed parameters have no gradient after backward",
)
