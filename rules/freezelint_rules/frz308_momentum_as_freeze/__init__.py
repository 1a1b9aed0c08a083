"""FRZ308: `momentum = 0` as a freeze of BatchNorm: the statistics stand still, and yet it normalises by the batch."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    Const,
    Fix,
    Forward,
    LayerSettingSet,
    Mistake,
    Note,
    Path,
    Rule,
    Safety,
    Severity,
    Timeline,
    Truth,
    WrongMode,
    questions,
    recipes,
    remedies,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for event in timeline.of(LayerSettingSet):
        if not questions.stops_statistics(event):
            continue
        for forward in timeline.of(Forward):
            if forward.time > event.time and not forward.within:
                found = _active(timeline, event, forward)
                if found is not None:
                    mended = remedies.eval_of_concerned(timeline, event, forward, found[2])
                    yield _report(timeline, event, forward, found[0], found[1], mended)


def _active(timeline: Timeline, event: LayerSettingSet, forward: Forward) -> tuple[int, Truth, Path] | None:
    """A layer that this concerns and that the forward runs in train mode during training, and when."""
    met = questions.first_step(timeline, forward.time, event.path, forward.path)
    if met is None:
        return None
    path = met[1]
    best: tuple[int, Truth, Path] | None = None
    for item, stands in questions.run_by(timeline, forward, "norm", path):
        truth = stands & questions.concerns(timeline, event, item.id, path)
        if truth is NO or _on_purpose(timeline, event, item.id, path):
            continue
        truth = truth & timeline.training(item.id, questions.inside(timeline, forward), path).truth
        if event.name == "track_running_stats":
            atoms = questions.guarded(timeline, item, forward.time, path)
            truth = truth & (questions.frozen(timeline, atoms, forward.time, path) if atoms else NO)
        if truth is not NO and (best is None or truth.value > best[1].value):
            best = item.id, truth, path
    return best


def _on_purpose(timeline: Timeline, event: LayerSettingSet, layer: int, path: Path) -> bool:
    """Whether the statistics are only paused (something sets the option to another value), or thrown away so that the
    layer normalises by the batch in eval mode too."""
    for other in timeline.of(LayerSettingSet):
        removed = other.name in ("running_mean", "running_var") and other.value == Const(None)
        resumed = other.name == event.name and not questions.stops_statistics(other) and other.time > event.time
        if (removed or resumed) and questions.concerns(timeline, other, layer, path) is not NO:
            return True
    return False


def _report(
    timeline: Timeline,
    event: LayerSettingSet,
    forward: Forward,
    layer: int,
    truth: Truth,
    mended: tuple[recipes.Recipe, ...],
) -> Mistake:
    subject = questions.subject(event, event.name)
    value = "0" if event.name == "momentum" else "False"
    return Mistake(
        span=event.span,
        message=f"`{event.name} = {value}` keeps the statistics of `{subject}` as they are, but in train mode it goes "
        "on normalising by the batch",
        truth=truth,
        notes=(Note(forward.span, "it runs forward in train mode here"),),
        fix=Fix(title="put the layer in `eval()` after every `train()` instead", safety=Safety.UNSAFE, recipes=mended),
        stack=event.stack,
        claim=WrongMode(subject=questions.name_of(timeline, layer), training=True),
    )


RULE = Rule(
    code="FRZ308",
    name="momentum-as-freeze",
    summary="`momentum = 0` as a freeze of BatchNorm, which still normalises by the batch",
    severity=Severity.WARNING,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="outputs of the layer for the same input differ between train and eval mode while it runs in train "
    "mode",
)
