"""Claims about layers that behave differently in train mode: statistics, dropout, modes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from freezelint.core import claims
from freezelint.core.findings import Verdict
from freezelint.core.objects import Kind
from freezelint.core.truth import Truth
from freezelint.runtime.bindings import Seen
from freezelint.runtime.judges.base import Bound, Evidence, Judges, Run
from freezelint.runtime.wording import amount, plural


def drifts(run: Run, claim: claims.StatisticsDrift, bound: Bound) -> Verdict:
    layers = _guarded_layers(run, bound, lambda item: item.norm is not Truth.NO) or [
        layer for layer in run.measures.drifts if run.measures.zero_rates.hold(run.models.guards(layer))
    ]
    if not run.measures.steps_after(bound.since) and not _ran_in_train_mode(run, layers, bound.since):
        return run.undecided("no optimizer stepped afterwards")
    drifted = {layer: by for layer in layers if (by := _most(run.measures.drift(layer)))}
    if drifted:
        layer = max(drifted, key=lambda each: drifted[each][1])
        name, most = drifted[layer]
        return run.confirmed(
            f"{name} of `{run.models.name(layer)}` moved by {amount(most)} in "
            f"{plural(run.measures.steps_after(bound.since), 'step')} while its layer was frozen "
            f"({len(drifted)} of {plural(len(layers), 'such layer')} moved)",
            layers=len(layers), drifted=len(drifted), moved=most,
        )  # fmt: skip
    ran = [layer for layer in layers if layer in run.measures.drifts and run.measures.drifts[layer].runs]
    if ran:
        return run.refuted(f"the statistics of {plural(len(ran), 'frozen layer')} stood still", layers=len(ran))
    return run.undecided("no frozen layer with statistics ran")


def _ran_in_train_mode(run: Run, layers: list[int], time: int) -> bool:
    """Whether layers ran in train mode afterwards, though nothing was trained any more: `update_bn` does that."""
    log = run.measures.runs
    return bool(run.measures.steps) and any(n in log and log[n].after(time, training=True) for n in layers)


def random(run: Run, claim: claims.RandomOutput, bound: Bound) -> Verdict:
    layers = _guarded_layers(run, bound, lambda item: item.dropout is not Truth.NO)
    active = {
        layer: times for layer in layers
        if layer in run.measures.runs and (times := run.measures.runs[layer].after(bound.since, training=True))
    }  # fmt: skip
    active = {layer: times for layer, times in active.items() if _is_frozen(run, layer)}
    if active and run.measures.steps_after(bound.since):
        differ = run.measures.twice.differences
        layer = max(active, key=lambda each: differ.get(each, 0.0))
        evidence: Evidence = {"layers": len(layers), "active": len(active), "forwards": active[layer]}
        words = (
            f"`{run.models.name(layer)}` was active in {plural(active[layer], 'forward')} of a frozen part "
            f"({len(active)} of {plural(len(layers), 'such layer')})"
        )
        if differ.get(layer):
            words += f": two forwards of the same input differ by {differ[layer]:.0%} of its output"
            evidence["difference"] = differ[layer]
        return run.confirmed(words, **evidence)
    ran = [layer for layer in layers if layer in run.measures.runs]
    if any(run.measures.runs[layer].after(bound.since, training=True) for layer in ran):
        return run.undecided("dropout was active, but not while its part was frozen", layers=len(ran), active=0)
    if ran and run.measures.steps_after(bound.since):
        return run.refuted(f"{plural(len(ran), 'frozen layer')} ran in eval mode", layers=len(ran), active=0)
    return run.undecided("no frozen layer with dropout ran in training")


def wrong_mode(run: Run, claim: claims.WrongMode, bound: Bound) -> Verdict:
    if bound.seen.override or (bound.seen.raised and not bound.modules):
        return _override(run, claim, bound.seen)
    below = dict.fromkeys(each for module in bound.modules for each in run.models.modules_below(module))
    heap = run.models.heap
    layers = [n for n in below if heap[n].norm is Truth.YES or heap[n].dropout is Truth.YES] or list(below)
    log = run.measures.runs if claim.training else run.measures.graph_runs
    if not run.measures.steps_after(bound.since):
        return _mode_left(run, claim, layers)
    wrong = {n: t for n in layers if n in log and (t := log[n].after(bound.since, training=claim.training))}
    if bound.mode is False and not claim.training:
        # What is never in train mode was not taken out of it by this `eval()`.
        wrong = {n: t for n, t in wrong.items() if log[n].after(0, training=True)}
    mode, other = ("train", "eval") if claim.training else ("eval", "train")
    if wrong:
        layer = next(iter(wrong))
        return run.confirmed(
            f"`{run.models.name(layer)}` ran {plural(wrong[layer], 'time')} in {mode} mode afterwards "
            f"({len(wrong)} of {plural(len(layers), 'layer')})",
            layers=len(layers), in_wrong_mode=len(wrong), forwards=wrong[layer],
        )  # fmt: skip
    if any(layer in log for layer in layers):
        return run.refuted(f"its layers ran in {other} mode only", layers=len(layers), in_wrong_mode=0)
    return run.undecided("it did not run in training")


def _mode_left(run: Run, claim: claims.WrongMode, layers: list[int]) -> Verdict:
    """Where nothing was trained afterwards, the modes in which the run left the layers."""
    wrong = [layer for layer in layers if run.models.modes.get(layer) is claim.training]
    if run.measures.steps or not layers or len(wrong) < len(layers):
        return run.undecided("no optimizer stepped afterwards")
    mode = "train" if claim.training else "eval"
    return run.confirmed(
        f"`{run.models.name(layers[0])}` was left in {mode} mode ({len(wrong)} of {plural(len(layers), 'layer')})",
        layers=len(layers), in_wrong_mode=len(wrong), forwards=0,
    )  # fmt: skip


def _override(run: Run, claim: claims.WrongMode, seen: Seen) -> Verdict:
    calls, none, wrong = (seen.override.get(key, 0) for key in ("calls", "none", "wrong"))
    evidence: Evidence = {"calls": seen.count, "none": none, "wrong_modes": wrong, "raised": len(seen.raised)}
    faults = [
        f"returned None in {none}" if none else "",
        f"left other modes than asked for in {wrong}" if wrong else "",
    ]
    faults += [f"raised `{seen.raised[0]}` in {len(seen.raised)}" if seen.raised else ""]
    told = [fault for fault in faults if fault]
    if told:
        return run.confirmed(
            f"`train` of `{claim.subject}` {' and '.join(told)} of {plural(seen.count, 'call')}", **evidence
        )
    return run.refuted(f"`train` of `{claim.subject}` did what was asked in {plural(calls, 'call')}", **evidence)


def _guarded_layers(run: Run, bound: Bound, wanted: Callable[[Any], bool]) -> list[int]:
    """The layers of a kind that belong to the parameters, or lie below the modules."""
    concerned = set(bound.parameters)
    found = []
    for item in [*run.models.heap]:
        number = item.id
        if item.kind is Kind.MODULE and wanted(item):
            guards = run.models.guards(number)
            if any(each in concerned for each in guards):
                found.append(number)
    return found


def _is_frozen(run: Run, layer: int) -> bool:
    guards = run.models.guards(layer)
    moves = [run.measures.moves[each] for each in guards if each in run.measures.moves]
    return bool(guards) and all(each.frozen_steps > 0 for each in moves)


def left_out(run: Run, claim: claims.LeftOut, bound: Bound) -> Verdict:
    """The normalisation layers beside those of the statement that run in train mode, and their own parameters that
    the statement leaves out and that train."""
    norms = [item.id for item in run.models.heap if item.kind is Kind.MODULE and item.norm is Truth.YES]
    about = [*bound.modules, *bound.parameters]
    concerned = {n for n in norms if n in bound.modules or set(run.models.held_below(n)) & set(bound.parameters)}
    roots = {root for each in about for root in run.roots(each)}
    beside = [n for n in norms if n not in concerned and (not about or roots & set(run.roots(n)))]
    if not run.measures.steps_after(bound.since):
        return run.undecided("no optimizer stepped afterwards")
    log = run.measures.runs
    active = [n for n in beside if n in log and log[n].after(bound.since, training=True)]
    own = [p for n in concerned for p in run.models.held_below(n) if p not in bound.parameters]
    trained = [p for p in own if bound.parameters and run.trained_after(p, bound.since)]
    evidence: Evidence = {"layers": len(concerned), "left_out": len(active), "parameters": len(trained)}
    told = [
        f"{run.names(active)} ran in train mode" if active else "",
        f"{run.names(trained)} went on training" if trained else "",
    ]
    if active or trained:
        return run.confirmed(
            f"{' and '.join(each for each in told if each)} beside {plural(len(concerned), 'layer')} that the "
            "statement is about",
            **evidence,
        )  # fmt: skip
    return run.refuted(f"no other normalisation layer of `{claim.subject}` ran in train mode", **evidence)


def _most(moved: dict[str, float]) -> tuple[str, float] | None:
    """The statistic that moved most; a counter of batches tells less than the statistics it counts."""
    real = {name: by for name, by in moved.items() if by > 0}
    plain = {name: by for name, by in real.items() if name != "num_batches_tracked"} or real
    return max(plain.items(), key=lambda item: item[1]) if plain else None


JUDGES: Judges = {
    claims.StatisticsDrift: drifts,
    claims.RandomOutput: random,
    claims.WrongMode: wrong_mode,
    claims.LeftOut: left_out,
}
