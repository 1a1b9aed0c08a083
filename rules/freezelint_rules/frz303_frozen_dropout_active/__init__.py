"""FRZ303: dropout of a frozen part is active during training, so its features are random."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    Fix,
    Mistake,
    Note,
    RandomOutput,
    Rule,
    Safety,
    Severity,
    Span,
    Timeline,
    Wrapped,
    questions,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    groups: dict[Span, list[questions.Active]] = {}
    adapted = [event.outer for event in timeline.of(Wrapped) if event.kind == "peft"]
    for active in questions.active_layers(timeline, "dropout"):
        # The dropout of a base model with adapters in it is that of what trains: peft leaves it on, and so it is meant.
        if any(timeline.holds_module(outer, active.layer, active.forward.time, ()) is not NO for outer in adapted):
            continue
        groups.setdefault(active.write.span, []).append(active)
    # The mode of a part that holds both is one mistake: FRZ301 tells it, and the same repair mends both.
    told = {active.write.span for active in questions.active_layers(timeline, "norm")} if groups else set()
    for span, found in groups.items():
        if span in told:
            continue
        first = max(found, key=lambda active: active.truth.value)
        layers = {active.layer for active in found}
        owner = questions.frozen_part(timeline, first.write, first.forward.time, first.forward.path)
        notes = [Note(first.forward.span, "this forward is random")]
        if first.mode is not None:
            notes.insert(0, Note(first.mode.span, "`train()` here puts its dropout in train mode"))
        yield Mistake(
            span=span,
            message=f"{owner} is frozen and runs in train mode: dropout "
            f"in {questions.counted(timeline, layers, 'layer')} of it makes its output random",
            truth=first.truth,
            notes=tuple(notes),
            fix=Fix(
                title="put the frozen part in `eval()` after every `train()`",
                safety=Safety.UNSAFE,
                recipes=remedies.eval_of_frozen_part(timeline, first.write, first.mode, first.forward),
            ),
            stack=first.write.stack,
            claim=RandomOutput(subject=owner.split("`")[1]),
        )


RULE = Rule(
    code="FRZ303",
    name="frozen-dropout-active",
    summary="dropout of a frozen part that is active during training",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="two forwards of the frozen part with the same input differ",
)
