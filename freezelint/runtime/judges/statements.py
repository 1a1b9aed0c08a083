"""Claims about what a statement does: nothing, raise, or the opposite of what its names say."""

from __future__ import annotations

from freezelint.core import claims
from freezelint.core.findings import Verdict
from freezelint.runtime.judges.base import Bound, Evidence, Judges, Run
from freezelint.runtime.wording import few, plural


def no_effect(run: Run, claim: claims.NoEffect, bound: Bound) -> Verdict:
    seen = bound.seen
    if not seen.count and seen.around:
        times = plural(seen.around, "time")
        return run.confirmed(
            f"the loop around line {bound.line} ran {times} and never reached it: it changed nothing",
            changes=0, runs=0, loops=seen.around,
        )  # fmt: skip
    if seen.raised:
        return run.confirmed(f"the statement raised `{seen.raised[0]}`", raised=seen.raised[0])
    if seen.grad_mode_changes:
        return run.refuted("the statement switched the recording of gradients", changes=seen.grad_mode_changes)
    if seen.changes:
        number = plural(seen.changes, "flag or mode", "flags and modes")
        return run.refuted(f"the statement changed {number}", changes=seen.changes)
    return _unchanged(run, claim, bound)


def _unchanged(run: Run, claim: claims.NoEffect, bound: Bound) -> Verdict:
    """What the flags were after a statement that changed none."""
    seen = bound.seen
    flags = list(seen.after.values()) or [run.models.flags[each] for each in bound.parameters]
    times = f" ({plural(seen.count, 'time')})" if seen.count > 1 else ""
    if not flags:
        return run.confirmed(
            f"the statement ran{times} and changed no flag, no mode and no gradient recording",
            changes=0, runs=seen.count,
        )  # fmt: skip
    open_ = sum(flags)
    still = f"{open_} of {plural(len(flags), 'parameter')} of `{claim.subject}` still require grad"
    if not open_:
        still = f"{plural(len(flags), 'parameter')} of `{claim.subject}` still frozen"
    return run.confirmed(
        f"{still} after line {bound.line}: the statement ran{times} and changed no flag",
        changes=0, parameters=len(flags), requiring_grad=open_, runs=seen.count,
    )  # fmt: skip


def raises(run: Run, claim: claims.Raises, bound: Bound) -> Verdict:
    seen = bound.seen
    if claim.later:
        return _raised_later(run, claim, bound)
    if claim.exception in seen.raised:
        return run.confirmed(f"the statement raised `{claim.exception}`", raised=claim.exception)
    if seen.raised:
        return run.confirmed(f"the statement raised `{seen.raised[0]}`", raised=seen.raised[0])
    if seen.count:
        return run.refuted(f"the statement ran {plural(seen.count, 'time')} and raised nothing", runs=seen.count)
    return _raised_in_training(run, claim, bound) or run.undecided("the statement was not seen to run")


def _raised_in_training(run: Run, claim: claims.Raises, bound: Bound) -> Verdict | None:
    """What the next forward or backward raised, for a finding whose own statement was not under watch."""
    for time, where, name in run.measures.raised:
        if time > bound.since and name == claim.exception:
            return run.confirmed(f"the next `{where}` raised `{name}`", raised=name)
    return None


def _raised_later(run: Run, claim: claims.Raises, bound: Bound) -> Verdict:
    """Whether a statement that a note points out raised."""
    seen = bound.seen
    if seen.later:
        raised = seen.later[0]
        return run.confirmed(f"`{claim.subject}` raised `{raised}` afterwards", raised=raised, runs=seen.later_runs)
    if seen.later_runs > 1:
        times = plural(seen.later_runs, "time")
        return run.refuted(f"`{claim.subject}` ran {times} afterwards and raised nothing", runs=seen.later_runs)
    told = None if seen.later_runs else _raised_in_training(run, claim, bound)
    return told or run.undecided(f"`{claim.subject}` was not seen to run afterwards", runs=seen.later_runs)


def misfires(run: Run, claim: claims.ConditionMisfires, bound: Bound) -> Verdict:
    outcomes = bound.seen.outcomes
    wrong = sum(held is not asked for held, asked in outcomes)
    held = sum(held for held, _ in outcomes)
    evidence: Evidence = {"names": len(outcomes), "held": held, "wrong": wrong}
    if wrong:
        return run.confirmed(
            f"the condition held for {held} of {plural(len(outcomes), 'name')}, and wrongly decided {wrong}",
            **evidence,
        )
    if outcomes:
        return run.refuted(f"the condition was right for all {plural(len(outcomes), 'name')}", **evidence)
    return run.undecided("the condition was not evaluated")


def inverted(run: Run, claim: claims.FlagInverted, bound: Bound) -> Verdict:
    flags = bound.seen.flags
    same = sum((option is not claim.negated) is result for option, result in flags)
    if not flags:
        return run.undecided(f"the value of `{claim.flag}` could not be read")
    option, result = flags[-1]
    evidence: Evidence = {"writes": len(flags), "inverted": same}
    words = f"`{claim.flag}` was {option} and `requires_grad` of {plural(len(flags), 'parameter')} became {result}"
    return run.confirmed(words, **evidence) if same == len(flags) else run.refuted(words, **evidence)


def used_up(run: Run, claim: claims.UsedUp, bound: Bound) -> Verdict:
    seen = bound.seen
    empty, uses = sum(seen.exhausted), plural(len(seen.exhausted), "use")
    if empty:
        summary = f"`{claim.subject}` was used up and gave 0 parameters ({empty} of {uses})"
        return run.confirmed(summary, uses=len(seen.exhausted), empty=empty)
    if seen.raised:
        return run.confirmed(f"the statement raised `{seen.raised[0]}`", raised=seen.raised[0])
    if seen.exhausted:
        return run.refuted(f"`{claim.subject}` was not used up", uses=len(seen.exhausted))
    if seen.changes:
        return run.refuted("the statement got parameters", changes=seen.changes)
    return run.undecided(f"`{claim.subject}` could not be looked at")


def matches_others(run: Run, claim: claims.MatchesOthers, bound: Bound) -> Verdict:
    seen = bound.seen.names
    meant = {seen[name] for name in claim.meant if name in seen} or {True}
    matched = [name for name in claim.names if name in seen and seen[name] in meant]
    if not seen:
        # The place is no condition that was evaluated: what was written there tells as well.
        written = {way for each in bound.parameters for way in run.ways(each)}
        matched = [name for name in claim.names if any(_ends(way, name) for way in written)]
    evidence: Evidence = {"names": len(claim.names), "matched": len(matched)}
    if matched:
        words = f"the condition was the same for {few(matched)} of `{claim.subject}` as for what it is meant for"
        return run.confirmed(words, **evidence)
    if seen or bound.parameters:
        return run.refuted("the condition told them from the names that it is meant for", **evidence)
    return run.undecided("the condition was not evaluated")


def matches_nothing(run: Run, claim: claims.MatchesNothing, bound: Bound) -> Verdict:
    conditions = bound.seen.conditions
    outcomes = conditions.get(True) or conditions.get(False) or []
    flags = list(bound.seen.after.values())
    if not outcomes and flags and bound.seen.count:
        # The condition is what the flag becomes.
        outcomes = flags
    if not outcomes:
        return no_effect(run, claims.NoEffect(claim.subject), bound)
    evidence: Evidence = {"names": len(outcomes), "held": sum(outcomes)}
    number = plural(len(outcomes), "name")
    if len(set(outcomes)) == 1:
        return run.confirmed(f"the condition was {outcomes[0]} for all of {number}", **evidence)
    return run.refuted(f"the condition held for {sum(outcomes)} of {number}", **evidence)


def _ends(way: tuple[str, ...], name: str) -> bool:
    parts = tuple(name.split("."))
    return way[-len(parts) :] == parts


JUDGES: Judges = {
    claims.NoEffect: no_effect,
    claims.Raises: raises,
    claims.UsedUp: used_up,
    claims.ConditionMisfires: misfires,
    claims.MatchesOthers: matches_others,
    claims.MatchesNothing: matches_nothing,
    claims.FlagInverted: inverted,
}
