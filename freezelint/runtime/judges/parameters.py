"""Claims about parameters and optimizers: what is held, what moves, what has a gradient."""

from __future__ import annotations

from freezelint.core import claims
from freezelint.core.findings import Verdict
from freezelint.runtime.judges.base import Bound, Evidence, Judges, Run
from freezelint.runtime.wording import amount, plural


def never_updated(run: Run, claim: claims.NeverUpdated, bound: Bound) -> Verdict:
    steps = run.measures.steps_after(bound.since)
    if not steps:
        return run.undecided("no optimizer stepped afterwards")
    lost, held, moved = [], 0, 0.0
    for number in _concerned(run, bound) or _held_by_none(run):
        moves = run.measures.moves.get(number)
        if moves is None or not moves.open_steps or not _alive(run, number):
            continue
        if moves.held:
            held += 1
            continue
        by = run.measures.moved(number, frozen=False)
        if by == 0.0:
            lost.append(number)
        moved = max(moved, by or 0.0)
    if lost:
        piled = sum(run.measures.moves[number].grad_steps > 0 for number in lost)
        return run.confirmed(
            f"{run.names(lost)} required grad, {'was' if len(lost) == 1 else 'were'} in no optimizer and moved 0 "
            f"in {plural(steps, 'step')}",
            parameters=len(lost), held=held, with_gradients=piled, moved=0,
        )  # fmt: skip
    if held:
        return run.refuted(f"an optimizer held {plural(held, 'parameter')} of `{claim.subject}`", held=held)
    if moved:
        return run.refuted(f"parameters of `{claim.subject}` moved by {amount(moved)}", moved=moved)
    return run.undecided(f"no parameter of `{claim.subject}` required grad at a step")


def _concerned(run: Run, bound: Bound) -> list[int]:
    """The parameters at the place, and those that are given there; what an optimizer is given is no loss."""
    if bound.optimizers:
        return []
    given = [each for number in bound.seen.arguments for each in run.models.held_below(number)]
    return list(dict.fromkeys([*bound.parameters, *given]))


def _held_by_none(run: Run) -> list[int]:
    """The parameters that got gradients and that no optimizer holds: for a finding about a list, or a part, that is
    nowhere to be seen at its place."""
    return [each for each, moves in run.measures.moves.items() if moves.grad_steps and not moves.held]


def _alive(run: Run, number: int) -> bool:
    """Whether a parameter is still part of some model, or of none that is known."""
    parents = run.models.heap[number].parents
    return not parents or any(not edge.ends for edge in parents)


def held_frozen(run: Run, claim: claims.HeldFrozen, bound: Bound) -> Verdict:
    """Both ways of binding: the optimizer at the place, or the frozen parameters at it."""
    frozen: dict[int, None] = {}
    for optimizer in bound.optimizers:
        frozen.update((each, None) for each in run.recorder.held_by(optimizer) if run.models.flags.get(each) is False)
    if not bound.optimizers:
        frozen.update((e, None) for e in bound.parameters if _held(run, e) and run.models.flags.get(e) is False)
    moved = [by for by in (run.measures.moved(each, frozen=True) for each in frozen) if by]
    evidence: Evidence = {"frozen": len(frozen), "moved": len(moved)}
    if frozen:
        tail = f"{len(moved)} of them moved" if moved else "none of them moved"
        return run.confirmed(f"the optimizer held {plural(len(frozen), 'frozen parameter')}; {tail}", **evidence)
    return run.refuted("the optimizer held no frozen parameter", **evidence)


def _held(run: Run, number: int) -> bool:
    return any(number in run.recorder.held_by(step.optimizer) for step in run.measures.steps)


def moved_while_frozen(run: Run, claim: claims.MovedWhileFrozen, bound: Bound) -> Verdict:
    numbers = bound.parameters or [each for o in bound.optimizers for each in run.recorder.held_by(o)]
    pushed = {each: run.measures.pushed[each] for each in numbers if each in run.measures.pushed}
    frozen = [each for each in numbers if each in run.measures.moves and run.measures.moves[each].frozen_steps]
    if pushed:
        most = max(pushed.values())
        return run.confirmed(
            f"{run.names(pushed)} moved by {amount(most)} in steps taken while frozen",
            parameters=len(pushed), moved=most,
        )  # fmt: skip
    written = {each: by for each in frozen if (by := run.measures.moved(each, frozen=True))}
    if written:
        most = max(written.values())
        return run.confirmed(
            f"{run.names(written)} moved by {amount(most)} while frozen, and no optimizer moved "
            f"{'it' if len(written) == 1 else 'them'}",
            parameters=len(written), moved=most,
        )  # fmt: skip
    if frozen:
        return run.refuted(f"nothing moved {plural(len(frozen), 'frozen parameter')}", parameters=len(frozen))
    return run.undecided("no optimizer stepped while they were frozen")


def moves_at_zero(run: Run, claim: claims.MovesAtZero, bound: Bound) -> Verdict:
    """At gradients of zero a step itself is measured; after a rate of 0, the whole way since."""
    if claim.what == "rate":
        return _moves_at_zero_rate(run, claim, bound)
    by = run.measures.zero_gradients.moved
    seen = [each for each in bound.parameters if each in by]
    moved = {each: by[each] for each in seen if by[each]}
    if moved:
        most = max(moved.values())
        words = f"{run.names(moved)} moved by {amount(most)} in a step at which the gradient was zero"
        return run.confirmed(words, parameters=len(moved), moved=most)
    if seen:
        return run.refuted(f"nothing of `{claim.subject}` moved at gradients of zero", parameters=len(seen))
    return run.undecided("no step was taken at gradients of zero")


def _moves_at_zero_rate(run: Run, claim: claims.MovesAtZero, bound: Bound) -> Verdict:
    measured = run.measures.zero_rates.measure()
    seen = [each for each in bound.parameters if each in measured] or list(measured)
    moved = {each: by for each in seen if (by := measured[each])}
    if not run.measures.steps_after(bound.since):
        return run.undecided("no optimizer stepped afterwards")
    if moved:
        most = max(moved.values())
        words = f"{run.names(moved)} moved by {amount(most)} after the learning rate of their group was set to 0"
        return run.confirmed(words, parameters=len(moved), moved=most)
    if seen:
        return run.refuted(f"no parameter of a group with a rate of 0 moved ({len(seen)})", parameters=len(seen))
    return run.undecided("no group with a learning rate of 0 was seen")


def no_gradient(run: Run, claim: claims.NoGradient, bound: Bound) -> Verdict:
    later = [step for step in run.measures.steps if step.time > bound.since]
    known = [run.measures.moves[each] for each in bound.parameters if each in run.measures.moves]
    known = [moves for moves in known if moves.open_steps]
    if known:
        with_grad = sum(moves.grad_steps > 0 for moves in known)
        evidence: Evidence = {"parameters": len(known), "with_gradient": with_grad}
        words = f"{with_grad} of {plural(len(known), 'trainable parameter')} of `{claim.subject}` ever had a gradient"
        return run.refuted(words, **evidence) if with_grad == len(known) else run.confirmed(words, **evidence)
    if not later:
        return run.undecided("no optimizer stepped afterwards")
    stepped = {each for step in later for each in run.recorder.held_by(step.optimizer)}
    open_ = [each for each in stepped if each in run.measures.moves and run.measures.moves[each].open_steps]
    lost = [each for each in open_ if not run.measures.moves[each].grad_steps]
    evidence = {"parameters": len(open_), "with_gradient": len(open_) - len(lost)}
    taken = plural(len(later), "step")
    if lost:
        return run.confirmed(f"{run.names(lost)} of the optimizer had no gradient in {taken}", **evidence)
    if not any(step.with_grad for step in later):
        held = plural(max(step.held for step in later), "parameter")
        return run.confirmed(f"none of {held} in the optimizer had a gradient in {taken}", **evidence)
    return run.refuted(f"all of {plural(len(open_), 'parameter')} had gradients in {taken}", **evidence)


def nothing_trains(run: Run, claim: claims.NothingTrains, bound: Bound) -> Verdict:
    steps = [step for step in run.measures.steps if step.time > bound.since and step.held]
    concerned = set(bound.parameters)
    holders = {
        step.optimizer for step in steps
        if step.optimizer in bound.optimizers or concerned & run.recorder.held_by(step.optimizer).keys()
    }  # fmt: skip
    by = [step for step in steps if step.optimizer in holders or (not concerned and not bound.optimizers)]
    for optimizer in dict.fromkeys(step.optimizer for step in by):
        own = [step for step in by if step.optimizer == optimizer]
        idle = [step for step in own if not step.trainable]
        if not idle or any(step.trainable for step in own if step.time >= idle[0].time):
            continue
        return run.confirmed(
            f"0 of the {plural(idle[-1].held, 'parameter')} in the optimizer required grad in "
            f"{plural(len(idle), 'step')}",
            parameters=idle[-1].held, trainable=0, idle_steps=len(idle),
        )  # fmt: skip
    failed = run.measures.failed
    if failed is not None and failed[0] > bound.since:
        return _failed_backward(run, bound, concerned)
    if by:
        return run.refuted(f"{by[-1].trainable} of {by[-1].held} parameters required grad", trainable=by[-1].trainable)
    return run.undecided("no optimizer stepped afterwards")


def _failed_backward(run: Run, bound: Bound, concerned: set[int]) -> Verdict:
    """Backward raised since nothing required a gradient: whether that is true of a whole optimizer."""
    for number in run.recorder.optimizers():
        held = run.recorder.held_by(number)
        open_ = sum(bool(run.models.flags.get(each)) for each in held)
        if held and not open_ and (number in bound.optimizers or concerned & held.keys()):
            return run.confirmed(
                f"0 of the {plural(len(held), 'parameter')} in the optimizer required grad, and backward raised",
                parameters=len(held), trainable=0, idle_steps=0,
            )  # fmt: skip
    return run.undecided("`backward()` raised before any step")


JUDGES: Judges = {
    claims.NeverUpdated: never_updated,
    claims.HeldFrozen: held_frozen,
    claims.MovedWhileFrozen: moved_while_frozen,
    claims.MovesAtZero: moves_at_zero,
    claims.NoGradient: no_gradient,
    claims.NothingTrains: nothing_trains,
}
