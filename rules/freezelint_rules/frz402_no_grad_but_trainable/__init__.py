"""FRZ402: a module always runs without gradients, yet its parameters require grad and sit in the optimizer."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    YES,
    Fix,
    Forward,
    Mistake,
    NoGradient,
    Note,
    Rule,
    Safety,
    Severity,
    Timeline,
    graph_questions,
    questions,
    recipes,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for place in graph_questions.cut_off(timeline):
        for found in place:
            if not found.by_mode or not graph_questions.always_off(timeline, found):
                continue
            meant = graph_questions.on_purpose(timeline, found)
            if meant is NO and graph_questions.beside_frozen(timeline, found):
                continue  # FRZ401: only a part of what stands there was frozen
            name = found.cut.use.text or questions.name_of(timeline, found.cut.use.module)
            told = "was set to train" if meant is YES else "is trainable and in the optimizer"
            yield Mistake(
                span=found.cut.use.span,
                message=f"`{name}` always runs without gradients: {graph_questions.pronoun(timeline, found)} {told}, "
                "and never gets one",
                truth=found.truth,
                notes=(
                    Note(found.cut.span, "gradients are off from here"),
                    Note(found.backward.span, "backward runs here"),
                ),
                fix=None
                if meant is YES
                else Fix(
                    title=f"freeze it: `{name}.requires_grad_(False)`",
                    safety=Safety.SAFE,
                    recipes=_recipes(timeline, found),
                ),
                claim=NoGradient(subject=name),
                severity=Severity.ERROR if meant is YES else Severity.INFO,
            )


def _recipes(timeline: Timeline, found: graph_questions.CutOff) -> tuple[recipes.Recipe, ...]:
    """Where what never gets a gradient is a whole module that nothing trains elsewhere."""
    module, time = found.cut.use.module, found.backward.time
    atoms = timeline.atoms(questions.below(module, time), found.path)
    forward = next((each for each in timeline.of(Forward) if each.module == module and each.time < time), None)
    if forward is None or set(atoms) != set(found.atoms) or found.truth is not YES:
        return ()
    return remedies.freeze_where_made(timeline, module, forward, atoms, found.path)


RULE = Rule(
    code="FRZ402",
    name="no-grad-but-trainable",
    summary="a part that always runs without gradients is trainable and in the optimizer",
    severity=Severity.INFO,
    check=check,
    fix=Safety.SAFE,
    worst=Severity.ERROR,
    confirmed_by="the parameters have no gradient at any step",
)
