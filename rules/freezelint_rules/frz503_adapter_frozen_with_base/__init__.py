"""FRZ503: a blanket freeze of the base after adapters were put into it freezes the adapters too."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    NO,
    Element,
    Fix,
    GradSet,
    Mistake,
    Note,
    OptimizerBuilt,
    ParameterAtom,
    ParameterGroupAdded,
    Path,
    Rule,
    Safety,
    Selection,
    Severity,
    StaysFrozen,
    Stepped,
    Timeline,
    Truth,
    Wrapped,
    leaves,
    questions,
    recipes,
    remedies,
    some,
)

_OF_PEFT = "peft.tuners.BaseTunerLayer"
_WORDS = ("lora", "adapter", "ia3")


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    for write in questions.freezes(timeline):
        met = questions.first_step(timeline, write.event.time, write.path)
        if met is None or _is_peft(timeline, write):
            continue
        for selection in write.event.selections:
            root = _root(selection)
            if root is not None:
                yield from _frozen_adapters(timeline, write, selection, root, met[0], met[1])


def _is_peft(timeline: Timeline, write: questions.Write) -> bool:
    """Whether it is the freeze of `get_peft_model` itself, which comes before its adapters."""
    return any(wrapped.span == write.event.span for wrapped in timeline.of(Wrapped))


def _root(selection: Selection) -> int | None:
    """The module that is frozen as a whole; None where the selection picks by name."""
    current: int | Selection = selection
    while isinstance(current, Selection):
        if any(
            isinstance(leaf, Element) and leaf.role == "name" for test in current.tests for leaf in leaves(test.value)
        ):
            return None
        current = current.root
    return current


def _frozen_adapters(
    timeline: Timeline, write: questions.Write, selection: Selection, root: int, step: Stepped, path: Path
) -> Iterator[Mistake]:
    atoms = timeline.atoms((selection,), path)
    adapters = [atom for atom in atoms if _is_adapter(timeline, atom, root, write.event.time, path)]
    base = [atom for atom in atoms if atom not in adapters]
    if not adapters or not base or questions.thawed_later(timeline, adapters, write.event.time, path) is not None:
        return
    truth = write.truth & some(timeline.covers(selection, atom, path) for atom in base)
    truth = truth & some(_lost(timeline, write, selection, atom, step, path) for atom in adapters)
    if truth is not NO and not _trained_before(timeline, write, adapters, path):
        mended = _recipes(timeline, write.event, adapters, base, root)
        yield _report(timeline, write, adapters[0], root, truth, mended)


def _is_adapter(timeline: Timeline, atom: ParameterAtom, root: int, time: int, path: Path) -> bool:
    if _OF_PEFT in timeline.heap[atom.owner].classes:
        return True
    for way, _ in timeline.below(root, atom.owner, time, path):
        name = f"{way}.{atom.name or ''}".lower()
        if any(part.startswith(_WORDS) for part in name.split(".")):
            return True
    return False


def _lost(
    timeline: Timeline, write: questions.Write, selection: Selection, atom: ParameterAtom, step: Stepped, path: Path
) -> Truth:
    """Whether an adapter was to train: it required a gradient, an optimizer is built over what holds it, and now it
    is frozen when that steps."""
    before = timeline.requires_grad(atom, write.event.time, path).truth
    after = ~timeline.requires_grad(atom, step.time, path).truth
    return before & after & timeline.covers(selection, atom, path) & _meant(timeline, atom, step.time, path)


def _meant(timeline: Timeline, atom: ParameterAtom, time: int, path: Path) -> Truth:
    """Whether an optimizer is built from what holds the parameter, its flag left aside."""
    sources: list[OptimizerBuilt | ParameterGroupAdded] = [*timeline.of(OptimizerBuilt)]
    sources.extend(timeline.of(ParameterGroupAdded))
    groups = [group for each in sources if each.time < time for group in each.groups if group is not None]
    return some(timeline.covers(questions.without_tests(each), atom, path) for group in groups for each in group)


def _trained_before(timeline: Timeline, write: questions.Write, adapters: list[ParameterAtom], path: Path) -> bool:
    """Whether the adapters were trained already: then what follows is another stage."""
    born = min(timeline.heap[atom.owner].born for atom in adapters)
    return any(born < step.time < write.event.time for step in timeline.of(Stepped))


def _recipes(
    timeline: Timeline, write: GradSet, adapters: list[ParameterAtom], base: list[ParameterAtom], root: int
) -> tuple[recipes.Recipe, ...]:
    """peft freezes the base itself, so a freeze of the whole goes; else the adapters are unfrozen again by name. None
    where the same line freezes something else too."""
    if {each.root for event in timeline.of(GradSet) if event.span == write.span for each in event.selections} != {root}:
        return ()
    wrapped = [each for each in timeline.of(Wrapped) if each.kind == "peft" and each.time < write.time]
    if any(root in (each.outer, each.inner) for each in wrapped) and remedies.whole(timeline, write) is not None:
        return (recipes.Delete(write.span, loop=write.on == "parameter"),)
    return remedies.thaw_by_name(timeline, write, adapters, base, (*(f"{word}_" for word in _WORDS), *_WORDS))


def _report(
    timeline: Timeline,
    write: questions.Write,
    adapter: ParameterAtom,
    root: int,
    truth: Truth,
    mended: tuple[recipes.Recipe, ...],
) -> Mistake:
    owner = timeline.heap[adapter.owner]
    notes = (Note(owner.span, "adapters put in here"),) if owner.span is not None else ()
    return Mistake(
        span=write.event.span,
        message=f"`{questions.name_of(timeline, root)}` is frozen as a whole after adapters were put into it: "
        "they are frozen with it, and do not train",
        truth=truth,
        notes=notes,
        fix=Fix(
            title="freeze the base before the adapters are put in, or leave them out by name",
            safety=Safety.UNSAFE,
            recipes=mended,
        ),
        stack=write.event.stack,
        claim=StaysFrozen(subject=questions.name_of(timeline, adapter.owner)),
    )


RULE = Rule(
    code="FRZ503",
    name="adapter-frozen-with-base",
    summary="a blanket freeze after adapters (LoRA) were put in, which freezes them too",
    severity=Severity.ERROR,
    check=check,
    fix=Safety.UNSAFE,
    confirmed_by="no parameter of the adapter requires a gradient at the first step",
)
