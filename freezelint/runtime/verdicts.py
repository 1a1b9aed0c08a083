"""Verdicts: a finding's claim against what was measured of the objects that the finding is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from freezelint.core import claims
from freezelint.core.events import Event, GradSet, ModeSet, ModuleReplaced, OptimizerBuilt, Selection, Wrapped
from freezelint.core.findings import Finding, Verdict
from freezelint.core.objects import Kind
from freezelint.core.truth import Truth
from freezelint.runtime.bindings import Seen
from freezelint.runtime.recorder import Recorder, covers
from freezelint.runtime.wording import amount, few, plural

Evidence = dict[str, "float | int | str"]


class Bound(msgspec.Struct):
    """What a finding is about in a run, by heap numbers; `since` is when its statement was first reached."""

    line: int
    since: int
    parameters: list[int]
    modules: list[int]
    optimizers: list[int]
    seen: Seen


class Judge:
    """Gives verdicts from one recording."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.models = recorder.models
        self.measures = recorder.measures
        self.events = sorted(recorder.events, key=lambda event: event.time)

    def verdict(self, finding: Finding, seen: Seen, *, agrees: bool = False) -> Verdict:
        """The verdict on a finding. `agrees` where its rule finds the same in the recording."""
        bound = self._bound(finding, seen)
        if bound is None:
            return self._says("not-reached", "its line was not reached", {})
        claim = finding.claim
        if claim is None:
            return self._says("undecided", "the rule makes no claim that a run could measure", {})
        judge = _JUDGES.get(type(claim))
        if judge is None:
            return self._says("undecided", "nothing that a run measures decides this", {})
        found = judge(self, claim, bound)
        if found.outcome == "undecided" and agrees and self.measures.steps:
            return msgspec.structs.replace(
                found, outcome="confirmed", summary=f"the flags, modes and steps of the run show it: {finding.message}"
            )
        return found

    def _says(self, outcome: str, summary: str, evidence: Evidence) -> Verdict:
        return Verdict(outcome=outcome, summary=summary, evidence=evidence, steps=len(self.measures.steps))

    def confirmed(self, summary: str, **evidence: float | int | str) -> Verdict:
        return self._says("confirmed", summary, evidence)

    def refuted(self, summary: str, **evidence: float | int | str) -> Verdict:
        return self._says("refuted", summary, evidence)

    def undecided(self, summary: str, **evidence: float | int | str) -> Verdict:
        return self._says("undecided", summary, evidence)

    # --- what a finding is about --------------------------------------------------------------------------------------

    def _bound(self, finding: Finding, seen: Seen) -> Bound | None:
        """The objects of a finding: those of the events at its place, else those its statement was seen with."""
        events = self._events_of(finding)
        if not events and not seen.count:
            return None
        since = min([event.time for event in events] + ([seen.first] if seen.first is not None else []), default=0)
        numbers = dict.fromkeys(number for event in events for number in _subjects(event))
        if not any(self.models.heap[number].kind is not Kind.OPTIMIZER for number in numbers):
            numbers.update(seen.numbers)
        return self._sorted(finding.span.line, since, numbers, seen)

    def _events_of(self, finding: Finding) -> list[Event]:
        here = [event for event in self.events if _stands_at(event, finding)]
        calls = [note.span for note in finding.notes if note.message == "called here"]
        if calls:
            through = [e for e in here if all(any(covers(call, each) for each in (*e.stack, e.span)) for call in calls)]
            return through or here
        return here

    def _sorted(self, line: int, since: int, numbers: Iterable[int], seen: Seen) -> Bound:
        bound = Bound(line, since, [], [], [], seen)
        for number in numbers:
            match self.models.heap[number].kind:
                case Kind.PARAMETER:
                    bound.parameters.append(number)
                case Kind.OPTIMIZER:
                    bound.optimizers.append(number)
                case Kind.MODULE:
                    bound.modules.append(number)
                    bound.parameters.extend(self.models.held_below(number))
        bound.parameters = list(dict.fromkeys(bound.parameters))
        return bound

    # --- statements -----------------------------------------------------------------------------------------------

    def no_effect(self, claim: claims.NoEffect, bound: Bound) -> Verdict:
        seen = bound.seen
        if seen.exhausted:
            empty, uses = sum(seen.exhausted), plural(len(seen.exhausted), "use")
            if empty:
                summary = f"`{claim.subject}` was used up and gave 0 parameters ({empty} of {uses})"
                return self.confirmed(summary, uses=len(seen.exhausted), empty=empty)
            return self.refuted(f"`{claim.subject}` was not used up", uses=len(seen.exhausted))
        if seen.raised:
            return self.confirmed(f"the statement raised `{seen.raised[0]}`", raised=seen.raised[0])
        if seen.grad_mode_changes:
            return self.refuted("the statement switched the recording of gradients", changes=seen.grad_mode_changes)
        if seen.changes:
            number = plural(seen.changes, "flag or mode", "flags and modes")
            return self.refuted(f"the statement changed {number}", changes=seen.changes)
        return self._unchanged(claim, bound)

    def _unchanged(self, claim: claims.NoEffect, bound: Bound) -> Verdict:
        """What the flags were after a statement that changed none."""
        seen = bound.seen
        flags = list(seen.after.values()) or [self.models.flags[each] for each in bound.parameters]
        times = f" ({plural(seen.count, 'time')})" if seen.count > 1 else ""
        if not flags:
            return self.confirmed(
                f"the statement ran{times} and changed no flag, no mode and no gradient recording",
                changes=0, runs=seen.count,
            )  # fmt: skip
        open_ = sum(flags)
        still = f"{open_} of {plural(len(flags), 'parameter')} of `{claim.subject}` still require grad"
        if not open_:
            still = f"{plural(len(flags), 'parameter')} of `{claim.subject}` still frozen"
        return self.confirmed(
            f"{still} after line {bound.line}: the statement ran{times} and changed no flag",
            changes=0, parameters=len(flags), requiring_grad=open_, runs=seen.count,
        )  # fmt: skip

    def raises(self, claim: claims.Raises, bound: Bound) -> Verdict:
        seen = bound.seen
        if claim.exception in seen.raised:
            return self.confirmed(f"the statement raised `{claim.exception}`", raised=claim.exception)
        if seen.raised:
            return self.confirmed(f"the statement raised `{seen.raised[0]}`", raised=seen.raised[0])
        if seen.count:
            return self.refuted(f"the statement ran {plural(seen.count, 'time')} and raised nothing", runs=seen.count)
        return self.undecided("the statement was not seen to run")

    def misfires(self, claim: claims.ConditionMisfires, bound: Bound) -> Verdict:
        outcomes = bound.seen.outcomes
        wrong = sum(held is not asked for held, asked in outcomes)
        held = sum(held for held, _ in outcomes)
        evidence: Evidence = {"names": len(outcomes), "held": held, "wrong": wrong}
        if wrong:
            return self.confirmed(
                f"the condition held for {held} of {plural(len(outcomes), 'name')}, and wrongly decided {wrong}",
                **evidence,
            )
        if outcomes:
            return self.refuted(f"the condition was right for all {plural(len(outcomes), 'name')}", **evidence)
        return self.undecided("the condition was not evaluated")

    def inverted(self, claim: claims.FlagInverted, bound: Bound) -> Verdict:
        flags = bound.seen.flags
        same = sum((option is not claim.negated) is result for option, result in flags)
        if not flags:
            return self.undecided(f"the value of `{claim.flag}` could not be read")
        option, result = flags[-1]
        evidence: Evidence = {"writes": len(flags), "inverted": same}
        words = f"`{claim.flag}` was {option} and `requires_grad` of {plural(len(flags), 'parameter')} became {result}"
        return self.confirmed(words, **evidence) if same == len(flags) else self.refuted(words, **evidence)

    # --- parameters ---------------------------------------------------------------------------------------------------

    def never_updated(self, claim: claims.NeverUpdated, bound: Bound) -> Verdict:
        steps = self.measures.steps_after(bound.since)
        if not steps:
            return self.undecided("no optimizer stepped afterwards")
        lost, held, moved = [], 0, 0.0
        for number in bound.parameters:
            moves = self.measures.moves.get(number)
            if moves is None or not moves.open_steps or not self._alive(number):
                continue
            if moves.held:
                held += 1
                continue
            by = self.measures.moved(number, frozen=False)
            if by == 0.0:
                lost.append(number)
            moved = max(moved, by or 0.0)
        if lost:
            piled = sum(self.measures.moves[number].grad_steps > 0 for number in lost)
            return self.confirmed(
                f"{self._names(lost)} required grad, {'was' if len(lost) == 1 else 'were'} in no optimizer and moved 0 "
                f"in {plural(steps, 'step')}",
                parameters=len(lost), held=held, with_gradients=piled, moved=0,
            )  # fmt: skip
        if held:
            return self.refuted(f"an optimizer held {plural(held, 'parameter')} of `{claim.subject}`", held=held)
        if moved:
            return self.refuted(f"parameters of `{claim.subject}` moved by {amount(moved)}", moved=moved)
        return self.undecided(f"no parameter of `{claim.subject}` required grad at a step")

    def _alive(self, number: int) -> bool:
        """Whether a parameter is still part of some model, or of none that is known."""
        parents = self.models.heap[number].parents
        return not parents or any(not edge.ends for edge in parents)

    def held_frozen(self, claim: claims.HeldFrozen, bound: Bound) -> Verdict:
        """Both ways of binding: the optimizer at the place, or the frozen parameters at it."""
        frozen: dict[int, None] = {}
        for optimizer in bound.optimizers:
            frozen.update(
                (each, None) for each in self.recorder.held_by(optimizer) if self.models.flags.get(each) is False
            )
        if not bound.optimizers:
            frozen.update((e, None) for e in bound.parameters if self._held(e) and self.models.flags.get(e) is False)
        moved = [by for by in (self.measures.moved(each, frozen=True) for each in frozen) if by]
        evidence: Evidence = {"frozen": len(frozen), "moved": len(moved)}
        if frozen:
            tail = f"{len(moved)} of them moved" if moved else "none of them moved"
            return self.confirmed(f"the optimizer held {plural(len(frozen), 'frozen parameter')}; {tail}", **evidence)
        return self.refuted("the optimizer held no frozen parameter", **evidence)

    def _held(self, number: int) -> bool:
        return any(number in self.recorder.held_by(step.optimizer) for step in self.measures.steps)

    def moved_while_frozen(self, claim: claims.MovedWhileFrozen, bound: Bound) -> Verdict:
        numbers = bound.parameters or [each for o in bound.optimizers for each in self.recorder.held_by(o)]
        pushed = {each: self.measures.pushed[each] for each in numbers if each in self.measures.pushed}
        frozen = [each for each in numbers if each in self.measures.moves and self.measures.moves[each].frozen_steps]
        if pushed:
            most = max(pushed.values())
            return self.confirmed(
                f"{self._names(pushed)} moved by {amount(most)} in steps taken while frozen",
                parameters=len(pushed), moved=most,
            )  # fmt: skip
        if frozen:
            return self.refuted(f"no optimizer moved {plural(len(frozen), 'frozen parameter')}", parameters=len(frozen))
        return self.undecided("no optimizer stepped while they were frozen")

    def no_gradient(self, claim: claims.NoGradient, bound: Bound) -> Verdict:
        later = [step for step in self.measures.steps if step.time > bound.since]
        known = [self.measures.moves[each] for each in bound.parameters if each in self.measures.moves]
        known = [moves for moves in known if moves.open_steps]
        if known:
            with_grad = sum(moves.grad_steps > 0 for moves in known)
            evidence: Evidence = {"parameters": len(known), "with_gradient": with_grad}
            words = (
                f"{with_grad} of {plural(len(known), 'trainable parameter')} of `{claim.subject}` ever had a gradient"
            )
            return self.refuted(words, **evidence) if with_grad == len(known) else self.confirmed(words, **evidence)
        if not later:
            return self.undecided("no optimizer stepped afterwards")
        got = sum(step.with_grad for step in later)
        held = max(step.held for step in later)
        which, taken = "some" if got else "none", plural(len(later), "step")
        words = f"{which} of {plural(held, 'parameter')} in the optimizer had a gradient in {taken}"
        evidence = {"parameters": held, "with_gradient": got}
        return self.refuted(words, **evidence) if got else self.confirmed(words, **evidence)

    def nothing_trains(self, claim: claims.NothingTrains, bound: Bound) -> Verdict:
        steps = [step for step in self.measures.steps if step.time > bound.since and step.held]
        concerned = set(bound.parameters)
        holders = {
            step.optimizer for step in steps
            if step.optimizer in bound.optimizers or concerned & self.recorder.held_by(step.optimizer).keys()
        }  # fmt: skip
        by = [step for step in steps if step.optimizer in holders or (not concerned and not bound.optimizers)]
        idle = [step for step in by if not step.trainable]
        if idle and all(not step.trainable for step in by if step.time >= idle[0].time):
            return self.confirmed(
                f"0 of the {plural(idle[-1].held, 'parameter')} in the optimizer required grad in "
                f"{plural(len(idle), 'step')}",
                parameters=idle[-1].held, trainable=0, idle_steps=len(idle),
            )  # fmt: skip
        failed = self.measures.failed
        if failed is not None and failed[0] > bound.since:
            return self._failed_backward(bound, concerned)
        if by:
            return self.refuted(
                f"{by[-1].trainable} of {by[-1].held} parameters required grad", trainable=by[-1].trainable
            )
        return self.undecided("no optimizer stepped afterwards")

    def _failed_backward(self, bound: Bound, concerned: set[int]) -> Verdict:
        """Backward raised since nothing required a gradient: whether that is true of a whole optimizer."""
        for number in self.recorder.optimizers():
            held = self.recorder.held_by(number)
            open_ = sum(bool(self.models.flags.get(each)) for each in held)
            if held and not open_ and (number in bound.optimizers or concerned & held.keys()):
                return self.confirmed(
                    f"0 of the {plural(len(held), 'parameter')} in the optimizer required grad, and backward raised",
                    parameters=len(held), trainable=0, idle_steps=0,
                )  # fmt: skip
        return self.undecided("`backward()` raised before any step")

    # --- layers -------------------------------------------------------------------------------------------------------

    def drifts(self, claim: claims.StatisticsDrift, bound: Bound) -> Verdict:
        layers = self._guarded_layers(bound, lambda item: item.norm is not Truth.NO)
        if not self.measures.steps_after(bound.since):
            return self.undecided("no optimizer stepped afterwards")
        drifted = {layer: by for layer in layers if (by := _most(self.measures.drift(layer)))}
        if drifted:
            layer = max(drifted, key=lambda each: drifted[each][1])
            name, most = drifted[layer]
            return self.confirmed(
                f"{name} of `{self.models.name(layer)}` moved by {amount(most)} in "
                f"{plural(self.measures.steps_after(bound.since), 'step')} while its layer was frozen "
                f"({len(drifted)} of {plural(len(layers), 'such layer')} moved)",
                layers=len(layers), drifted=len(drifted), moved=most,
            )  # fmt: skip
        ran = [layer for layer in layers if layer in self.measures.drifts and self.measures.drifts[layer].runs]
        if ran:
            return self.refuted(f"the statistics of {plural(len(ran), 'frozen layer')} stood still", layers=len(ran))
        return self.undecided("no frozen layer with statistics ran")

    def random(self, claim: claims.RandomOutput, bound: Bound) -> Verdict:
        layers = self._guarded_layers(bound, lambda item: item.dropout is not Truth.NO)
        active = {
            layer: times for layer in layers
            if layer in self.measures.runs and (times := self.measures.runs[layer].after(bound.since, training=True))
        }  # fmt: skip
        active = {layer: times for layer, times in active.items() if self._is_frozen(layer)}
        if active and self.measures.steps_after(bound.since):
            layer = next(iter(active))
            return self.confirmed(
                f"`{self.models.name(layer)}` was active in {plural(active[layer], 'forward')} of a frozen part "
                f"({len(active)} of {plural(len(layers), 'such layer')})",
                layers=len(layers), active=len(active), forwards=active[layer],
            )  # fmt: skip
        ran = [layer for layer in layers if layer in self.measures.runs]
        if ran and self.measures.steps_after(bound.since):
            return self.refuted(f"{plural(len(ran), 'frozen layer')} ran in eval mode", layers=len(ran), active=0)
        return self.undecided("no frozen layer with dropout ran in training")

    def wrong_mode(self, claim: claims.WrongMode, bound: Bound) -> Verdict:
        if bound.seen.override or (bound.seen.raised and not bound.modules):
            return self._override(claim, bound.seen)
        below = dict.fromkeys(each for module in bound.modules for each in self.models.modules_below(module))
        heap = self.models.heap
        layers = [n for n in below if heap[n].norm is Truth.YES or heap[n].dropout is Truth.YES] or list(below)
        log = self.measures.runs if claim.training else self.measures.graph_runs
        if not self.measures.steps_after(bound.since):
            return self._mode_left(claim, layers)
        wrong = {n: t for n in layers if n in log and (t := log[n].after(bound.since, training=claim.training))}
        mode, other = ("train", "eval") if claim.training else ("eval", "train")
        if wrong:
            layer = next(iter(wrong))
            return self.confirmed(
                f"`{self.models.name(layer)}` ran {plural(wrong[layer], 'time')} in {mode} mode afterwards "
                f"({len(wrong)} of {plural(len(layers), 'layer')})",
                layers=len(layers), in_wrong_mode=len(wrong), forwards=wrong[layer],
            )  # fmt: skip
        if any(layer in log for layer in layers):
            return self.refuted(f"its layers ran in {other} mode only", layers=len(layers), in_wrong_mode=0)
        return self.undecided("it did not run in training")

    def _mode_left(self, claim: claims.WrongMode, layers: list[int]) -> Verdict:
        """Where nothing was trained afterwards, the modes in which the run left the layers."""
        wrong = [layer for layer in layers if self.models.modes.get(layer) is claim.training]
        if self.measures.steps or not layers or len(wrong) < len(layers):
            return self.undecided("no optimizer stepped afterwards")
        mode = "train" if claim.training else "eval"
        return self.confirmed(
            f"`{self.models.name(layers[0])}` was left in {mode} mode ({len(wrong)} of {plural(len(layers), 'layer')})",
            layers=len(layers), in_wrong_mode=len(wrong), forwards=0,
        )  # fmt: skip

    def _override(self, claim: claims.WrongMode, seen: Seen) -> Verdict:
        calls, none, wrong = (seen.override.get(key, 0) for key in ("calls", "none", "wrong"))
        evidence: Evidence = {"calls": seen.count, "none": none, "wrong_modes": wrong, "raised": len(seen.raised)}
        faults = [
            f"returned None in {none}" if none else "",
            f"left other modes than asked for in {wrong}" if wrong else "",
        ]
        faults += [f"raised `{seen.raised[0]}` in {len(seen.raised)}" if seen.raised else ""]
        told = [fault for fault in faults if fault]
        if told:
            return self.confirmed(
                f"`train` of `{claim.subject}` {' and '.join(told)} of {plural(seen.count, 'call')}", **evidence
            )
        return self.refuted(f"`train` of `{claim.subject}` did what was asked in {plural(calls, 'call')}", **evidence)

    def _guarded_layers(self, bound: Bound, wanted: Callable[[Any], bool]) -> list[int]:
        """The layers of a kind that belong to the parameters, or lie below the modules."""
        concerned = set(bound.parameters)
        found = []
        for item in [*self.models.heap]:
            number = item.id
            if item.kind is Kind.MODULE and wanted(item):
                guards = self.models.guards(number)
                if any(each in concerned for each in guards):
                    found.append(number)
        return found

    def _is_frozen(self, layer: int) -> bool:
        guards = self.models.guards(layer)
        moves = [self.measures.moves[each] for each in guards if each in self.measures.moves]
        return bool(guards) and all(each.frozen_steps > 0 for each in moves)

    def _names(self, numbers: Iterable[int]) -> str:
        return few([self.models.name(each) for each in numbers])


def _stands_at(event: Event, finding: Finding) -> bool:
    if covers(event.span, finding.span):
        return True
    # A call that leads there: `freeze(model)` is about what `freeze` does.
    return bool(event.stack) and any(covers(span, finding.span) for span in event.stack)


def _subjects(event: Event) -> list[int]:
    match event:
        case GradSet():
            return [_root(selection) for selection in event.selections]
        case ModeSet():
            return [event.root] if event.root is not None else [_root(each) for each in event.selections]
        case ModuleReplaced():
            return [event.new]
        case Wrapped():
            return [event.inner]
        case OptimizerBuilt():
            return [event.optimizer]
        case _:
            return []


def _root(selection: Selection) -> int:
    return selection.root if isinstance(selection.root, int) else _root(selection.root)


def _most(moved: dict[str, float]) -> tuple[str, float] | None:
    """The statistic that moved most; a counter of batches tells less than the statistics it counts."""
    real = {name: by for name, by in moved.items() if by > 0}
    plain = {name: by for name, by in real.items() if name != "num_batches_tracked"} or real
    return max(plain.items(), key=lambda item: item[1]) if plain else None


_JUDGES: dict[type, Callable[[Judge, Any, Bound], Verdict]] = {
    claims.NoEffect: Judge.no_effect,
    claims.Raises: Judge.raises,
    claims.ConditionMisfires: Judge.misfires,
    claims.FlagInverted: Judge.inverted,
    claims.NeverUpdated: Judge.never_updated,
    claims.HeldFrozen: Judge.held_frozen,
    claims.MovedWhileFrozen: Judge.moved_while_frozen,
    claims.NoGradient: Judge.no_gradient,
    claims.NothingTrains: Judge.nothing_trains,
    claims.StatisticsDrift: Judge.drifts,
    claims.RandomOutput: Judge.random,
    claims.WrongMode: Judge.wrong_mode,
}
