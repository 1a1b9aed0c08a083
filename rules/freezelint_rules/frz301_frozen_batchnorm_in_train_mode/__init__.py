"""FRZ301: normalisation layers of a frozen part run in train mode during training, so their statistics drift."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    Fix,
    Mistake,
    Note,
    Rule,
    Safety,
    Severity,
    Span,
    StatisticsDrift,
    Timeline,
    questions,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    groups: dict[Span, list[questions.Active]] = {}
    for active in questions.active_layers(timeline, "norm"):
        groups.setdefault(active.write.span, []).append(active)
    for span, found in groups.items():
        first = max(found, key=lambda active: active.truth.value)
        layers = {active.layer for active in found}
        owner = questions.frozen_part(timeline, first.write, first.forward.time, first.forward.path)
        notes = [Note(first.forward.span, "this forward updates its statistics")]
        if first.mode is not None:
            notes.insert(0, Note(first.mode.span, "`train()` here puts its normalisation layers in train mode"))
        yield Mistake(
            span=span,
            message=f"{owner} is frozen and runs in train mode: the running statistics of its "
            f"{questions.counted(timeline, layers, 'normalisation layer')} change at every forward",
            truth=first.truth & MAYBE if questions.twin(timeline, first.write) else first.truth,
            notes=tuple(notes),
            fix=Fix(
                title="put the frozen part in `eval()` after every `train()`",
                safety=Safety.UNSAFE,
                recipes=remedies.eval_of_frozen_norms(timeline, first.write, first.mode, first.forward),
            ),
            stack=first.write.stack,
            claim=StatisticsDrift(subject=owner.split("`")[1]),
        )


RULE = Rule(
    code="FRZ301",
    name="frozen-batchnorm-in-train-mode",
    summary="frozen normalisation layers whose running statistics change during training",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="the running statistics moved in k steps while the parameters did not",
)
