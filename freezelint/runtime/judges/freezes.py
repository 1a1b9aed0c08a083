"""Claims about a freeze: what it was to reach trains on, or what was to train is frozen with it."""

from __future__ import annotations

from freezelint.core import claims
from freezelint.core.events import ModuleReplaced, Wrapped
from freezelint.core.findings import Verdict
from freezelint.runtime.judges.base import Bound, Evidence, Judges, Run
from freezelint.runtime.wording import amount, plural


def still_trains(run: Run, claim: claims.StillTrains, bound: Bound) -> Verdict:
    """What the statement is about, or what took its place, required a gradient and had one at a step."""
    steps = run.measures.steps_after(bound.since)
    if not steps:
        return run.undecided("no optimizer stepped afterwards")
    numbers = list(dict.fromkeys([*bound.parameters, *_successors(run, bound)]))
    trained = [each for each in numbers if run.trained_after(each, bound.since)]
    evidence: Evidence = {"parameters": len(numbers), "trained": len(trained)}
    if trained:
        most = max((run.measures.moved(each, frozen=False) or 0.0 for each in trained), default=0.0)
        return run.confirmed(
            f"{len(trained)} of {plural(len(numbers), 'parameter')} of `{claim.subject}` required grad and had "
            f"gradients afterwards; they moved by up to {amount(most)} in {plural(steps, 'step')}",
            **evidence, moved=most,
        )  # fmt: skip
    if bound.parameters and not _ran(run, bound):
        return run.confirmed(
            f"what `{claim.subject}` is here never ran in {plural(steps, 'step')}: another model was trained",
            **evidence,
        )
    last = run.measures.steps[-1].time
    if any(run.flag_at(each, last) for each in numbers):
        return run.undecided(f"parameters of `{claim.subject}` required grad, and no gradient came to them", **evidence)
    if any(each in run.measures.moves for each in numbers):
        return run.refuted(f"none of {plural(len(numbers), 'parameter')} of `{claim.subject}` trained", **evidence)
    return run.undecided(f"no parameter of `{claim.subject}` was seen at a step")


def _successors(run: Run, bound: Bound) -> list[int]:
    """The parameters of the modules that replaced what the statement is about."""
    concerned = set(bound.parameters)
    # A parameter that is gone was made anew by the module that held it: a normed weight, a parametrised one.
    gone = [each for each in bound.parameters if all(edge.ends for edge in run.models.heap[each].parents)]
    # One that was gone before any module was seen with it stood beside others of the statement.
    lost = any(not run.models.heap[each].parents for each in gone)
    owners = [owner for each in (bound.parameters if lost else gone) for owner in run.owners(each)]
    found = [new for owner in dict.fromkeys(owners) for new in run.models.held_below(owner)]
    for event in run.events:
        if not isinstance(event, ModuleReplaced) or event.time < bound.since:
            continue
        if concerned & set(run.models.held_below(event.old)):
            new = run.models.held_below(event.new)
            found += new
            concerned.update(new)
    return found


def _ran(run: Run, bound: Bound) -> bool:
    """Whether a module that the statement is about, or that holds its parameters, ran afterwards."""
    modules = dict.fromkeys([*bound.modules, *(o for each in bound.parameters for o in run.owners(each))])
    logs = [run.measures.runs[each] for each in modules if each in run.measures.runs]
    return any(log.after(bound.since, training=mode) for log in logs for mode in (True, False))


def never_runs(run: Run, claim: claims.NeverRuns, bound: Bound) -> Verdict:
    steps = run.measures.steps_after(bound.since)
    if not steps or not (bound.modules or bound.parameters):
        return run.undecided("no optimizer stepped afterwards")
    evidence: Evidence = {"parameters": len(bound.parameters), "forwards": 0}
    if not _ran(run, bound):
        number = plural(len(bound.parameters), "parameter")
        return run.confirmed(f"`{claim.subject}` ({number}) never ran in {plural(steps, 'step')}", **evidence)
    return run.refuted(f"`{claim.subject}` ran forward in training", parameters=len(bound.parameters))


def stays_frozen(run: Run, claim: claims.StaysFrozen, bound: Bound) -> Verdict:
    numbers = [each for each in bound.parameters if run.fits(each, claim.subject)] or bound.parameters
    failed = run.measures.failed
    if failed is not None and failed[0] > bound.since and not run.measures.steps_after(bound.since):
        frozen = [each for each in numbers if run.models.flags.get(each) is False]
        if frozen:
            words = f"{run.names(frozen)} of `{claim.subject}` {_were(frozen)} frozen when backward raised"
            return run.confirmed(words + _other_names(run, frozen), parameters=len(numbers), frozen=len(frozen))
    if not run.measures.steps_after(bound.since):
        return run.undecided("no optimizer stepped afterwards")
    frozen = [e for e in numbers if e in run.measures.moves and run.measures.moves[e].frozen_at > bound.since]
    evidence: Evidence = {"parameters": len(numbers), "frozen": len(frozen)}
    if frozen:
        return run.confirmed(
            f"{run.names(frozen)} of `{claim.subject}` {_were(frozen)} frozen in "
            f"{plural(run.measures.steps_after(bound.since), 'step')}{_other_names(run, frozen)}",
            **evidence,
        )
    return run.refuted(f"no parameter of `{claim.subject}` was frozen at a step", **evidence)


def _were(numbers: list[int]) -> str:
    return "was" if len(numbers) == 1 else "were"


def _other_names(run: Run, numbers: list[int]) -> str:
    """That a parameter has several names, where one has."""
    ways = next((ways for each in numbers if len(ways := run.ways(each)) > 1), [])
    told = " and ".join("`" + ".".join(way) + "`" for way in ways[:2])
    return f" ({told} are one parameter)" if ways else ""


def unsynchronised(run: Run, claim: claims.Unsynchronised, bound: Bound) -> Verdict:
    wraps = [event for event in run.events if isinstance(event, Wrapped) and event.kind == "ddp"]
    late = []
    for each in bound.parameters:
        before = [event for event in wraps if each in run.models.held_below(event.inner)]
        if before and not run.flag_at(each, before[-1].time) and run.trained_after(each, bound.since):
            late.append(each)
    evidence: Evidence = {"parameters": len(bound.parameters), "unsynchronised": len(late)}
    if late:
        words = (
            f"{run.names(late)} trained, and {'was' if len(late) == 1 else 'were'} frozen when the wrapper was built"
        )
        return run.confirmed(words, **evidence)
    if not run.measures.steps_after(bound.since):
        return run.undecided("no optimizer stepped afterwards")
    return run.refuted(f"the wrapper was built when `{claim.subject}` required grad", **evidence)


JUDGES: Judges = {
    claims.StillTrains: still_trains,
    claims.NeverRuns: never_runs,
    claims.StaysFrozen: stays_frozen,
    claims.Unsynchronised: unsynchronised,
}
