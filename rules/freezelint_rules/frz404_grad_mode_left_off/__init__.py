"""FRZ404: gradients are switched off for good, and training follows."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import YES, Mistake, Note, Raises, Rule, Severity, Timeline, graph_questions, questions


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for backward in graph_questions.losses_without_graph(timeline):
        cut = next((each for each in backward.cuts if each.how == "statement"), None)
        if cut is None:
            continue
        yield Mistake(
            span=cut.span,
            message="gradients are switched off here and never switched on again before training: backward raises",
            truth=YES,
            notes=(Note(backward.span, "backward runs here"),),
            claim=Raises(subject=backward.text, exception="RuntimeError", later=True),
        )


RULE = Rule(
    code="FRZ404",
    name="grad-mode-left-off",
    summary="gradients switched off for good before training",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="`torch.is_grad_enabled()` is False when the loss is computed",
)
