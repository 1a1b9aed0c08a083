"""FRZ405: backward runs on a loss that was computed without gradients."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    YES,
    Fix,
    Mistake,
    Note,
    Raises,
    Rule,
    Safety,
    Severity,
    Timeline,
    graph_questions,
    questions,
    recipes,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for backward in graph_questions.losses_without_graph(timeline):
        if any(each.how == "statement" for each in backward.cuts):
            continue  # FRZ404
        cut = backward.cuts[0]
        yield Mistake(
            span=cut.span,
            message="the loss is computed without gradients: backward raises",
            truth=YES,
            notes=(Note(backward.span, "backward runs here"),),
            fix=Fix(
                title="let what is trained run with gradients",
                safety=Safety.UNSAFE,
                recipes=(recipes.Unwrap(cut.span),),
            ),
            claim=Raises(subject=backward.text, exception="RuntimeError", later=True),
        )


RULE = Rule(
    code="FRZ405",
    name="training-step-without-grad",
    summary="backward of a loss that was computed without gradients",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="backward raises RuntimeError: the loss has no grad_fn",
)
