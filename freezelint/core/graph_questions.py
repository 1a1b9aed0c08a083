"""Questions about gradients that several rules ask: which parameters a loss was cut off from, and which it reaches."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .events import (
    Backward,
    Checkpointed,
    Cut,
    Forward,
    GradSet,
    GraphEscaped,
    LossForced,
    OptimizerBuilt,
    StateLoaded,
    Stepped,
    TensorBackward,
    Use,
    WeightsWritten,
)
from .questions import below, covered, freezes, reaches, thaws
from .spans import Span
from .symbols import Path
from .timeline import ParameterAtom, Timeline
from .truth import Truth, some

GRAD_MODES = frozenset({"no_grad", "inference_mode", "set_grad_enabled", "decorator", "statement"})
"""How a cut was made where a grad mode made it."""


class CutOff(msgspec.Struct, frozen=True):
    """Parameters that an optimizer is to move and that no loss reaches, though a loss was computed from them."""

    cut: Cut
    backward: Backward
    path: Path
    atoms: tuple[ParameterAtom, ...]
    truth: Truth

    @property
    def by_mode(self) -> bool:
        """Whether the module itself ran without gradients, rather than that its output was cut off later."""
        return self.cut.own and self.cut.how in GRAD_MODES


def cut_off(timeline: Timeline) -> Iterator[tuple[CutOff, ...]]:
    """What is cut off from every loss, by the place of the cut; of modules within each other the outermost."""
    reached = _Reached(timeline)
    places: dict[object, list[CutOff]] = {}
    forced = _forced(timeline)
    for backward in timeline.of(Backward):
        told = backward.span in forced or loss_without_graph(timeline, backward)  # by FRZ407, FRZ404 or FRZ405
        for cut in backward.cuts if not told else ():
            found = [_cut_off(timeline, reached, backward, cut, path) for path in _worlds(timeline, backward, cut)]
            known = [each for each in found if each is not None]
            if known:
                places.setdefault(cut.span, []).append(max(known, key=lambda each: each.truth.value))
    for found_here in places.values():
        yield _outermost(timeline, found_here)


def _outermost(timeline: Timeline, found: list[CutOff]) -> tuple[CutOff, ...]:
    kept: dict[int, CutOff] = {}
    for each in sorted(found, key=lambda each: -each.truth.value):
        module, time = each.cut.use.module, each.backward.time
        inside = any(
            other.cut.use.module != module
            and timeline.holds_module(other.cut.use.module, module, time, each.path) is not Truth.NO
            for other in found
        )
        if not inside:
            kept.setdefault(module, each)
    return tuple(kept.values())


def _worlds(timeline: Timeline, backward: Backward, cut: Cut) -> Iterator[Path]:
    """The conditions to look under: those of the loss, and with them those under which a flag is set to True."""
    path = timeline.together(backward.path, cut.use.path)
    if path is None:
        return
    yield path
    for write in thaws(timeline):
        joined = timeline.together(path, write.path) if write.path and write.event.time < backward.time else None
        if (
            joined is not None
            and joined != path
            and reaches(timeline, write, used_atoms(timeline, cut.use, backward.time, joined), joined)
        ):
            yield joined


def _cut_off(timeline: Timeline, reached: _Reached, backward: Backward, cut: Cut, path: Path) -> CutOff | None:
    steps = _steps(timeline, backward, path)
    truths: dict[ParameterAtom, Truth] = {}
    for atom in used_atoms(timeline, cut.use, backward.time, path) if steps else ():
        truth = timeline.requires_grad(atom, backward.time, path).truth
        if truth is not Truth.NO:
            truth = truth & some(_moves(timeline, step, atom, path) for step in steps)
        if truth is not Truth.NO and not cared_for(timeline, atom, path):
            truth = truth & ~reached.by_a_loss(atom, backward, path)
            if truth is not Truth.NO:
                truths[atom] = truth
    if not truths:
        return None
    return CutOff(cut, backward, path, tuple(truths), some(truths.values()))


def pronoun(timeline: Timeline, found: CutOff) -> str:
    """What of a module that was cut off is to train, in words that go on from its name: "it", or "a part of it"."""
    used = used_atoms(timeline, found.cut.use, found.backward.time, found.path)
    return "it" if set(used) <= set(found.atoms) else "a part of it"


def used_atoms(timeline: Timeline, use: Use, time: int, path: Path) -> list[ParameterAtom]:
    """The parameters that take part in a use."""
    found = timeline.atoms(below(use.module, time), path)
    if use.parameter is not None:
        found = [atom for atom in found if atom.owner == use.module and atom.name in (use.parameter, "", None)]
    return [
        atom for atom in found
        if not any(timeline.holds_module(part, atom.owner, time, path) is not Truth.NO for part in use.skips)
    ]  # fmt: skip


def _steps(timeline: Timeline, backward: Backward, path: Path) -> list[Stepped]:
    """The first step of each optimizer after a backward."""
    found: dict[int | None, Stepped] = {}
    for step in timeline.of(Stepped):
        if step.time > backward.time and timeline.together(path, step.path) is not None:
            found.setdefault(step.optimizer, step)
    return list(found.values())


def _moves(timeline: Timeline, step: Stepped, atom: ParameterAtom, path: Path) -> Truth:
    if step.optimizer is None:
        return Truth.MAYBE
    return timeline.held(step.optimizer, atom, step.time, path).truth


def cared_for(timeline: Timeline, atom: ParameterAtom, path: Path) -> bool:
    """Whether the program writes the values of a parameter itself, as it does those of a moving average."""
    for event in timeline.of(WeightsWritten):
        if covered(timeline, event.selections, atom, path) is not Truth.NO:
            return True
    first = next((step.time for step in timeline.of(Stepped)), 0)
    return any(
        event.time > first and timeline.holds_module(event.module, atom.owner, event.time, path) is not Truth.NO
        for event in timeline.of(StateLoaded)
    )


class _Reached:
    """What the losses of a timeline reach, wherever in it."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        backwards = timeline.of(Backward)
        uses: dict[Use, None] = {}
        for backward in backwards:
            uses.update(dict.fromkeys(backward.reaches))
        for escaped in timeline.of(GraphEscaped):
            uses.update(dict.fromkeys(escaped.reaches))
        self.uses = list(uses)
        self.cut = list(dict.fromkeys(cut.use for event in backwards for cut in event.cuts))
        self.doubt = any(event.lost or not (event.reaches or event.cuts) for event in backwards)

    def by_a_loss(self, atom: ParameterAtom, backward: Backward, path: Path) -> Truth:
        """Whether some loss sends the parameter a gradient: MAYBE where it runs with gradients beside a loss that was
        not followed."""
        if any(self._reaches(use, atom, backward.time, path) for use in self.uses):
            return Truth.YES
        doubtful = self.doubt and runs_live(self.timeline, atom, path, self.cut)
        return Truth.MAYBE if doubtful else Truth.NO

    def _reaches(self, use: Use, atom: ParameterAtom, time: int, path: Path) -> bool:
        if use.parameter is not None:
            return atom.owner == use.module and (atom.name is None or use.parameter in (atom.name, ""))
        return _runs(self.timeline, use.module, use.skips, atom, time, path) and not (
            use.followed and _told_apart(self.timeline, use.module, self.cut, atom, time, path)
        )


def _runs(timeline: Timeline, module: int, skips: tuple[int, ...], atom: ParameterAtom, time: int, path: Path) -> bool:
    """Whether a use of a module may be one of the parameter."""
    if timeline.holds_module(module, atom.owner, time, path) is Truth.NO:
        return False
    return not any(timeline.holds_module(part, atom.owner, time, path) is Truth.YES for part in skips)


def _told_apart(timeline: Timeline, module: int, cut: list[Use], atom: ParameterAtom, time: int, path: Path) -> bool:
    """Whether a part of a module whose forward was followed holds the parameter, and its own use there was cut."""
    return any(
        use.module != module
        and timeline.holds_module(use.module, atom.owner, time, path) is not Truth.NO
        and timeline.holds_module(module, use.module, time, path) is not Truth.NO
        for use in cut
    )


def runs_live(timeline: Timeline, atom: ParameterAtom, path: Path, cut: list[Use]) -> bool:
    """Whether a forward may run with the parameter and record gradients."""
    for forward in timeline.of(Forward):
        if forward.grad is Truth.NO or not _runs(timeline, forward.module, forward.skips, atom, forward.time, path):
            continue
        if not (forward.followed and _told_apart(timeline, forward.module, cut, atom, forward.time, path)):
            return True
    return False


def always_off(timeline: Timeline, found: CutOff) -> bool:
    """Whether all that runs what was cut off runs without gradients."""
    cut = list(dict.fromkeys(each.use for event in timeline.of(Backward) for each in event.cuts))
    return not any(runs_live(timeline, atom, found.path, cut) for atom in found.atoms)


def on_purpose(timeline: Timeline, found: CutOff) -> Truth:
    """Whether the program itself says that the parameters are to train: it sets their flag to True, or hands an
    optimizer just them. Where one condition sets the flags of some and clears those of the others, it is a freeze that
    leaves some out."""
    time = found.backward.time
    for write in thaws(timeline):
        path = timeline.together(found.path, write.path)
        if write.event.time > time or path is None or _leaves_out(timeline, write.event):
            continue
        if any(timeline.requires_grad(atom, time, path).event is write.event for atom in found.atoms):
            return Truth.YES
    module = found.cut.use.module
    for built in timeline.of(OptimizerBuilt):
        for group in built.groups:
            for selection in group or ():
                root = selection.root
                if isinstance(root, int) and (
                    timeline.holds_module(module, root, built.time, found.path) is Truth.YES and not selection.tests
                ):
                    return Truth.YES
    return Truth.NO


def _leaves_out(timeline: Timeline, thaw: GradSet) -> bool:
    """Whether a write is the one side of a test whose other side freezes."""
    for write in freezes(timeline):
        other = write.event
        one_test = other.span == thaw.span or (thaw.picked is not None and other.picked == thaw.picked)
        if one_test and other.time != thaw.time and other.stack == thaw.stack:
            return True
    return False


def beside_frozen(timeline: Timeline, found: CutOff) -> bool:
    """Whether what was cut off stands at its place together with parameters that were frozen by their flag: then those
    that were left trainable were left so on purpose."""
    for cut in found.backward.cuts:
        if cut.span != found.cut.span or not cut.own:
            continue
        for atom in used_atoms(timeline, cut.use, found.backward.time, found.path):
            answer = timeline.requires_grad(atom, found.backward.time, found.path)
            if answer.truth is Truth.NO and answer.event is not None:
                return True
    return False


def loss_without_graph(timeline: Timeline, backward: Backward) -> bool:
    """Whether a loss was computed while gradients were off, from nothing that requires one: backward raises."""
    if backward.lost or not backward.cuts or any(cut.how not in GRAD_MODES for cut in backward.cuts):
        return False
    return not any(carries(timeline, use, backward.time, backward.path) for use in backward.reaches)


def carries(timeline: Timeline, use: Use, time: int, path: Path) -> bool:
    """Whether a use may lend parameters of its own to a graph: a loss or an activation function has none."""
    atoms = used_atoms(timeline, use, time, path)
    return any(not use.followed or atom.owner == use.module for atom in atoms)


def losses_without_graph(timeline: Timeline) -> Iterator[Backward]:
    """The backwards of losses that were computed while gradients were off, and on which none is forced."""
    excused = _forced(timeline)
    for backward in timeline.of(Backward):
        if loss_without_graph(timeline, backward) and backward.span not in excused:
            yield backward


def _forced(timeline: Timeline) -> set[Span]:
    """Where backward runs on a loss whose flag is forced."""
    tensors = {event.tensor for event in timeline.of(LossForced)}
    return {event.span for event in timeline.of(TensorBackward) if event.tensor in tensors}


def forced_backward(timeline: Timeline, event: LossForced) -> TensorBackward | None:
    """The backward on a tensor whose flag was forced."""
    same = [each for each in timeline.of(TensorBackward) if each.time > event.time and each.tensor == event.tensor]
    return next((each for each in same if timeline.together(event.path, each.path) is not None), None)


def in_vain(timeline: Timeline, event: LossForced) -> Truth:
    """Whether a loss whose flag was forced has no gradients of its own: else the statement is needless and harmless."""
    if event.how not in ("assign", "method"):
        return Truth.YES  # a new tensor made from the value: it has no history
    found: list[Truth] = []
    for forward in timeline.of(Forward):
        path = timeline.together(event.path, forward.path)
        if forward.time < event.time and path is not None:
            atoms = timeline.atoms(below(forward.module, forward.time), path)
            found.extend(forward.grad & timeline.requires_grad(atom, forward.time, path).truth for atom in atoms)
    # Even so the loss may have been cut off (detached, made from numbers): it is not known to be harmless.
    return ~(event.connected & some(found) & Truth.MAYBE)


def input_requires_grad(timeline: Timeline, event: Checkpointed) -> Truth:
    """Whether an input of a checkpoint requires a gradient."""
    result = event.open
    for use in event.inputs:
        for atom in used_atoms(timeline, use, event.time, event.path):
            if use.followed and atom.owner != use.module:
                continue  # the uses of its parts are told on their own
            result = result | timeline.requires_grad(atom, event.time, event.path).truth
    return result
