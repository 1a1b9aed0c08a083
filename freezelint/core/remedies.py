"""Recipes that several rules give, made from what a timeline knows."""

from __future__ import annotations

from collections.abc import Iterable

from .events import Backward, Event, Forward, GradSet, ModeSet, Selection, Stepped, TensorBackward
from .objects import Kind
from .questions import below, frozen, layers
from .recipes import Enclose, Insert, IterableAround, ReceiverOf, Recipe, Source
from .symbols import Path
from .timeline import Timeline
from .truth import YES, Truth, some

FROZEN_NORMS = """\
for $new_module in $model.modules():
    if isinstance($new_module, $nn.modules.batchnorm._NormBase) and $new_module.affine:
        if not $new_module.weight.requires_grad:
            $new_module.eval()"""
"""Puts the normalisation layers with frozen weights in eval mode, whatever model it is."""


ALL_NORMS = """\
for $new_module in $model.modules():
    if isinstance($new_module, $nn.modules.batchnorm._NormBase):
        $new_module.eval()"""
"""Puts all normalisation layers in eval mode."""


def eval_of_frozen_part(
    timeline: Timeline, write: GradSet, mode: ModeSet | None, forward: Forward
) -> tuple[Recipe, ...]:
    """`eval()` of what a write freezes: after the `train()` call that put it in train mode, or after the freeze where
    none did. No recipe where parts of it are trained."""
    part = whole(timeline, write)
    if part is None:
        return ()
    if frozen(timeline, timeline.atoms(below(part, forward.time), write.path), forward.time, write.path) is not YES:
        return ()
    if mode is not None:
        return eval_again(timeline, mode, part, write.path)
    return (after_flag(write, "$part.eval()"),)


def eval_of_frozen_norms(
    timeline: Timeline, write: GradSet, mode: ModeSet | None, forward: Forward
) -> tuple[Recipe, ...]:
    """The same, else a loop after `train()` that puts only its frozen normalisation layers in eval mode."""
    found = eval_of_frozen_part(timeline, write, mode, forward)
    if found or mode is None or mode.framework or mode.how != "train":
        return found
    return (Insert(mode.span, FROZEN_NORMS, (("model", ReceiverOf(mode.span)),), imports=(("nn", "torch.nn"),)),)


def norms_eval_again(timeline: Timeline, event: ModeSet, undoing: ModeSet, time: int, path: Path) -> tuple[Recipe, ...]:
    """A loop after `undoing` that repeats what `event` did: put all normalisation layers below it in eval mode."""
    if undoing.framework or undoing.how != "train" or undoing.root is None:
        return ()
    found = layers(timeline, undoing.root, time, path, "norm")
    if not found or any(_in(timeline, event, item.id, path) is not YES for item, _ in found):
        return ()
    return (Insert(undoing.span, ALL_NORMS, (("model", ReceiverOf(undoing.span)),), imports=(("nn", "torch.nn"),)),)


def _in(timeline: Timeline, event: ModeSet, module: int, path: Path) -> Truth:
    return some(timeline.covers_module(selection, module, path) for selection in event.selections)


def eval_again(timeline: Timeline, mode: ModeSet, part: int | None, path: Path) -> tuple[Recipe, ...]:
    """`model.part.eval()` after `model.train()`, where the part has one plain name below what `train()` was called on
    in every call of this place, and is not the whole of it; no recipe otherwise, nor where a framework makes the call.
    """
    if mode.framework or mode.how != "train" or mode.root is None or part is None or part == mode.root:
        return ()
    way = _way(timeline, mode.root, part, mode.time, path)
    same = [each for each in timeline.of(ModeSet) if each.span == mode.span and each.root != mode.root]
    if not way or any(each.root is None or way not in _ways(timeline, each.root, each.time, path) for each in same):
        return ()
    return (Insert(mode.span, f"$model{way}.eval()", given=(("model", ReceiverOf(mode.span)),)),)


def after_flag(write: GradSet, template: str, *given: tuple[str, Source], once: bool = False) -> Recipe:
    """Statements after `part.requires_grad_(...)` or after `for p in part.parameters(): ...`; `$part` is the module."""
    places = (write.span, *write.stack) if once else ()
    if write.how == "method" and not _in_parameter_loop(write):
        return Insert(write.span, template, (("part", ReceiverOf(write.span)), *given), once=places)
    around: tuple[tuple[str, Source], ...] = (("part", IterableAround(write.span)), *given)
    return Insert(write.span, template, around, once=places, after_loop=True)


def after_each_flag(write: GradSet, template: str, *given: tuple[str, Source]) -> Recipe:
    """Statements after `p.requires_grad = ...`; `$part` is the parameter. Only where that happens once for each."""
    names: tuple[tuple[str, Source], ...] = (("part", ReceiverOf(write.span)), *given)
    return Insert(write.span, template, names, once=(write.span, *write.stack), each=True)


def _in_parameter_loop(write: GradSet) -> bool:
    """Whether the method is one of parameters in a loop, not of a module."""
    return any(isinstance(selection.root, Selection) or selection.tests for selection in write.selections) or bool(
        write.loops and not write.selections
    )


def whole(timeline: Timeline, write: GradSet) -> int | None:
    """The module of which a write concerns all parameters, where it is one."""
    match write.selections:
        case (Selection(root=int() as root, scope="all", tests=(), but=()),) if timeline.heap[root].kind is Kind.MODULE:
            return root
        case _:
            return None


def _way(timeline: Timeline, root: int, part: int, time: int, path: Path) -> str:
    """How the part is written below the root: `.backbone`, `.layers[0].norm`."""
    names = [name for name, stands in timeline.below(root, part, time, path) if stands is Truth.YES]
    return as_code(names[0]) if len(names) == 1 else ""


def _ways(timeline: Timeline, root: int, time: int, path: Path) -> Iterable[str]:
    return {as_code(name) for _, name, stands in timeline.modules(root, time, path) if stands is Truth.YES}


def as_code(name: str) -> str:
    """A dotted name as code that follows a module; nothing where it cannot be written."""
    parts = name.split(".") if name else []
    if not all(part.isdigit() or part.isidentifier() for part in parts):
        return ""
    return "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in parts)


def enclosed(timeline: Timeline, event: Event) -> tuple[Recipe, ...]:
    """`with` around what follows a bare context manager, up to where something is trained, and without the forwards
    that the next backward needs."""
    backward = [*timeline.of(Backward), *timeline.of(TensorBackward)]
    later = [each for each in (*backward, *timeline.of(Stepped)) if each.time > event.time]
    following = min((each.time for each in backward if each.time > event.time), default=None)
    if following is None:
        return (Enclose(event.span),)
    needed = tuple(
        (*each.stack, each.span)
        for each in timeline.of(Forward)
        if event.time < each.time < following and each.span not in event.stack and _may_train(timeline, each)
    )
    until = dict.fromkeys(span for each in later for span in (*each.stack, each.span))
    # Where no forward is seen that the backward could be of, what follows here may be the one.
    return (Enclose(event.span, tuple(until), needed),) if needed else ()


def _may_train(timeline: Timeline, forward: Forward) -> bool:
    atoms = timeline.atoms(below(forward.module, forward.time), forward.path)
    return not atoms or frozen(timeline, atoms, forward.time, forward.path) is not YES
