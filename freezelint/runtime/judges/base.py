"""What a run showed, as judges of claims read it: the objects that a finding is about, and questions about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import msgspec

from freezelint.core.events import Event, GradSet, ModeSet, ModuleReplaced, OptimizerBuilt, Selection, Wrapped
from freezelint.core.findings import Finding, Verdict
from freezelint.core.objects import Kind
from freezelint.core.symbols import TRUE
from freezelint.core.truth import Truth
from freezelint.runtime.bindings import Seen
from freezelint.runtime.recorder import Recorder
from freezelint.runtime.sites import covers
from freezelint.runtime.wording import few

Evidence: TypeAlias = dict[str, "float | int | str"]


class Bound(msgspec.Struct):
    """What a finding is about in a run, by heap numbers; `since` is when its statement was first reached, `mode` the
    mode that it asks for, where it asks for one."""

    line: int
    since: int
    parameters: list[int]
    modules: list[int]
    optimizers: list[int]
    seen: Seen
    mode: bool | None = None


class Run:
    """One recording."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.models = recorder.models
        self.measures = recorder.measures
        self.events = sorted(recorder.events, key=lambda event: event.time)

    def says(self, outcome: str, summary: str, evidence: Evidence) -> Verdict:
        """A verdict."""
        return Verdict(outcome=outcome, summary=summary, evidence=evidence, steps=len(self.measures.steps))

    def confirmed(self, summary: str, **evidence: float | int | str) -> Verdict:
        """The run shows what the claim says."""
        return self.says("confirmed", summary, evidence)

    def refuted(self, summary: str, **evidence: float | int | str) -> Verdict:
        """The run shows that it is not so."""
        return self.says("refuted", summary, evidence)

    def undecided(self, summary: str, **evidence: float | int | str) -> Verdict:
        """The statement ran, and too little was seen of it."""
        return self.says("undecided", summary, evidence)

    # --- what a finding is about --------------------------------------------------------------------------------------

    def bound(self, finding: Finding, seen: Seen | None) -> Bound | None:
        """The objects of a finding: those of the events at its place, else those its statement was seen with. None
        where it was not reached; a finding of the run itself, for which nothing was bound, always was."""
        events = self._events_of(finding)
        if not events and seen is not None and not seen.count and not seen.around:
            return None
        seen = seen if seen is not None else Seen()
        moments = [*(event.time for event in events), seen.first, seen.reached]
        since = min((moment for moment in moments if moment is not None), default=0)
        numbers = dict.fromkeys(number for event in events for number in _subjects(event))
        if not any(self.models.heap[number].kind is not Kind.OPTIMIZER for number in numbers):
            numbers.update(seen.numbers or seen.arguments)
        if not numbers and finding.claim is not None:
            numbers.update((each, None) for each in self.called(finding.claim.subject))
        bound = self._sorted(finding.span.line, since, numbers, seen)
        bound.mode = next((event.value == TRUE for event in events if isinstance(event, ModeSet)), None)
        return bound

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

    # --- questions ----------------------------------------------------------------------------------------------------

    def names(self, numbers: Iterable[int]) -> str:
        """Objects as the user would write them, the first few of them."""
        return few([self.models.name(each) for each in numbers])

    def ways(self, number: int) -> list[tuple[str, ...]]:
        """The names by which an object is reached from its roots: several where it is tied."""
        found: list[tuple[str, ...]] = []
        stack: list[tuple[int, tuple[str, ...]]] = [(number, ())]
        while stack and len(found) < 20:
            current, way = stack.pop()
            edges = [edge for edge in self.models.heap[current].parents if not edge.ends]
            if not edges or len(way) > 60:
                found.append(way)
            stack += [(edge.parent, (edge.name, *way)) for edge in edges]
        return found

    def fits(self, number: int, subject: str) -> bool:
        """Whether an object, or what holds it, is called so below its root."""
        parts = _parts(subject)
        return bool(parts) and any(
            way[at : at + len(parts)] == parts for way in self.ways(number) for at in range(len(way))
        )

    def called(self, subject: str) -> list[int]:
        """The modules and parameters that are called so below their roots."""
        parts = _parts(subject)
        return [
            item.id for item in self.models.heap
            if parts and item.kind is not Kind.OPTIMIZER and any(way == parts for way in self.ways(item.id))
        ]  # fmt: skip

    def owners(self, number: int) -> list[int]:
        """The modules that hold a parameter or module directly."""
        return [edge.parent for edge in self.models.heap[number].parents]

    def roots(self, number: int) -> list[int]:
        """The outermost modules above an object."""
        found: dict[int, None] = {}
        stack, seen = [number], set()
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            above = self.owners(current)
            stack += above
            if not above:
                found[current] = None
        return list(found)

    def trained_after(self, number: int, time: int) -> bool:
        """Whether a parameter required a gradient and had one at a step after a moment."""
        moves = self.measures.moves.get(number)
        return moves is not None and moves.trained_at > time

    def flag_at(self, number: int, time: int) -> bool:
        """What `requires_grad` of a parameter was at a moment."""
        flag = self.models.heap[number].requires_grad is not Truth.NO
        for event in self.events:
            if event.time >= time:
                break
            if isinstance(event, GradSet) and any(number in self._within(each) for each in event.selections):
                flag = event.value == TRUE
        return flag

    def _within(self, selection: Selection) -> list[int]:
        return self.models.held_below(_root(selection))


def _parts(subject: str) -> tuple[str, ...]:
    """The names in `model.layers[0].fc` below the root."""
    return tuple(each for each in re.split(r"[.\[\]]+", subject) if each)[1:]


Judges: TypeAlias = dict[type, Callable[[Run, Any, Bound], Verdict]]


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
