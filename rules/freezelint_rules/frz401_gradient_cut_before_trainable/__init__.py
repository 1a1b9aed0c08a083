"""FRZ401: the only way from trainable parameters to the loss is cut by a grad mode, `detach()` or the like."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import YES, Cut, Mistake, NoGradient, Note, Rule, Severity, Timeline, graph_questions, questions

_HOW = {"data": "`.data`", "decorator": "this decorator", "statement": "the grad mode set here"}


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for place in graph_questions.cut_off(timeline):
        wanted = [
            found for found in place
            if not found.by_mode or (
                graph_questions.on_purpose(timeline, found) is not YES
                and graph_questions.beside_frozen(timeline, found)
            )
        ]  # fmt: skip
        if not wanted:
            continue
        found = wanted[0]
        name = _name(timeline, found.cut)
        more = f" and {len(wanted) - 1} more" if len(wanted) > 1 else ""
        notes = [Note(found.cut.use.span, "runs here")] if found.cut.use.parameter is None else []
        yield Mistake(
            span=found.cut.span,
            message=f"{_HOW.get(found.cut.how, f'`{found.cut.how}`')} cuts `{name}`{more} off from the loss: "
            f"{graph_questions.pronoun(timeline, found)} is in the optimizer and never gets a gradient",
            truth=found.truth,
            notes=(*notes, Note(found.backward.span, "backward runs here")),
            claim=NoGradient(subject=name),
        )


def _name(timeline: Timeline, cut: Cut) -> str:
    known = questions.name_of(timeline, cut.use.module)
    # What is `self` where the module is used need not be `self` where it is cut off.
    return known if not cut.use.text or cut.use.text.startswith("self.") else cut.use.text


RULE = Rule(
    code="FRZ401",
    name="gradient-cut-before-trainable",
    summary="no_grad, detach or the like between trainable parameters and the only loss",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="the parameters have no gradient after backward",
)
