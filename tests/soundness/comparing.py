"""Compares the two witnesses: at each look, the state of the real objects must lie inside the abstract one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from freezelint.analysis import timelines
from freezelint.core.events import Given
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.selecting import ParameterAtom
from freezelint.core.spans import Span
from freezelint.core.symbols import Path
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.source.files import SourceFile
from tests.soundness.running import SHOWN, Look, Run, Seen, run
from tests.soundness.syntax import Program


class Tally(msgspec.Struct):
    """How much the analysis knew: answers that were right, and those that were open."""

    known: int = 0
    open: int = 0


def script(text: str) -> Timeline:
    """The timeline of a program's module level."""
    return next(each for each in timelines([SourceFile(SHOWN, text)]) if each.entry == SHOWN)


def outside(timeline: Timeline, ran: Run, tally: Tally) -> Iterator[str]:
    """What the run shows and the analysis rules out, a line each."""
    looks = ran.looks
    told: dict[tuple[Span, tuple[Span, ...]], list[Given]] = {}
    for event in timeline.of(Given):
        told.setdefault((event.span, event.stack), []).append(event)
    known = _known(timeline, told, looks)
    passes: dict[tuple[Span, tuple[Span, ...]], int] = {}
    total: dict[tuple[Span, tuple[Span, ...]], int] = {}
    for look in looks:
        total[look.span, look.stack] = total.get((look.span, look.stack), 0) + 1
    for look in looks:
        place = look.span, look.stack
        number = passes[place] = passes.get(place, -1) + 1
        events = told.get(place, [])
        best: list[str] | None = None
        for event in _candidates(events, number, total[place]):
            path = timeline.together(event.path, known)
            wrong = ["its conditions exclude each other"] if path is None else list(
                _Comparison(timeline, event.time, path, tally).of(event, look)
            )  # fmt: skip
            best = wrong if best is None or len(wrong) < len(best) else best
            if not wrong:
                break
        if best is None:
            best = ["the statement is never reached"]
        for each in best:
            # An attribute that is read is taken to have been there always; where it was not, the program ends.
            if not (ran.ended.startswith(("AttributeError", "TypeError")) and "is not below" in each):
                yield f"line {look.span.line}, pass {number}: {each}"


def _candidates(events: Sequence[Given], number: int, total: int) -> Sequence[Given]:
    """The events that may stand for a pass: one by one where there are as many without conditions, else the first
    pass for the first, the later ones for the others."""
    if len(events) == total and not any(event.path for event in events):
        return events[number : number + 1]
    conditional = any(event.path for event in events)
    first = [event for event in events if not any(loop.again for loop in event.loops)]
    later = [event for event in events if any(loop.again for loop in event.loops)]
    if number == 0:
        return [*first, *later] if conditional else first or later
    return later or [event for event in events if event.path]


def _known(timeline: Timeline, told: dict[tuple[Span, tuple[Span, ...]], list[Given]], looks: Sequence[Look]) -> Path:
    """What is known of the conditions since statements under them were reached. Those of loops differ by pass."""
    known: Path = ()
    for look in looks:
        for event in told.get((look.span, look.stack), ()):
            if not event.loops and len(told[look.span, look.stack]) == 1:
                known = timeline.together(known, event.path) or known
    return known


class _Comparison:
    """One look against one event."""

    def __init__(self, timeline: Timeline, time: int, path: Path, tally: Tally) -> None:
        self._timeline = timeline
        self._heap = timeline.heap
        self._time = time
        self._path = path
        self._tally = tally

    def of(self, event: Given, look: Look) -> Iterator[str]:
        """What is ruled out and yet so."""
        objects = [self._heap[number] for number in event.objects]
        kinds = [Kind.MODULE if isinstance(each, Seen) else Kind.OPTIMIZER for each in look.objects]
        if len(objects) != len(look.objects):
            # One of them may be this or that: the first is the model, whatever else there is.
            objects, kinds, look = objects[:1], kinds[:1], msgspec.structs.replace(look, objects=look.objects[:1])
        for item, kind in zip(objects, kinds, strict=True):
            if (item.kind is Kind.OPTIMIZER) is not (kind is Kind.OPTIMIZER):
                yield f"{item.label} is taken for {item.kind.value}"
                return
        optimizers = [
            (item.id, held) for item, held in zip(objects, look.objects, strict=True) if isinstance(held, frozenset)
        ]
        for item, seen in zip(objects, look.objects, strict=True):
            if isinstance(seen, Seen):
                yield from self._module(item, seen, optimizers)

    def _module(self, root: HeapObject, seen: Seen, optimizers: list[tuple[int, frozenset[int]]]) -> Iterator[str]:
        places: dict[str, list[tuple[HeapObject, Truth]]] = {"": [(root, Truth.YES)]}
        for name, mode in seen.modes.items():
            if name:
                above, _, last = name.rpartition(".")
                places[name] = [found for owner, truth in places[above] for found in self._children(owner, last, truth)]
            here = places[name]
            if not here and not self._open(places, name):
                yield f"{name!r} is not known to be there"
            if here:
                yield from self._says(
                    [self._timeline.training(item.id, self._time, self._path).truth for item, _ in here], mode,
                    f"training of {name!r}",
                )  # fmt: skip
                yield from self._kind(name, here, seen)
        for name, flag in seen.flags.items():
            owner, _, last = name.rpartition(".")
            atoms = [atom for item, _ in places[owner] for atom in self._parameters(item, last)]
            if any(self._is_another(atom) for atom in atoms):
                continue
            if not atoms:
                if places[owner] and not any(item.open or item.hidden for item, _ in places[owner]):
                    yield f"parameter {name!r} is not known to be there"
                continue
            yield from self._says(
                [self._timeline.requires_grad(atom, self._time, self._path).truth for atom in atoms], flag,
                f"requires_grad of {name!r}",
            )  # fmt: skip
            for number, held in optimizers:
                yield from self._says(
                    [self._timeline.held(number, atom, self._time, self._path).truth for atom in atoms],
                    seen.identities[name] in held, f"membership of {name!r}",
                )  # fmt: skip
        names = self._timeline.parameter_names(root.id, self._time, self._path)
        if names is not None and names != seen.order:
            yield f"the parameters are {seen.order}, not {names}"

    def _open(self, places: dict[str, list[tuple[HeapObject, Truth]]], name: str) -> bool:
        while name:
            name = name.rpartition(".")[0]
            if any(item.open or item.hidden for item, _ in places[name]):
                return True
        return False

    def _children(self, owner: HeapObject, name: str, truth: Truth) -> Iterator[tuple[HeapObject, Truth]]:
        self._heap.expand(owner)
        for edge in owner.edges:
            alive = edge.alive(self._time, self._path)
            if edge.name == name and alive is not Truth.NO and self._heap[edge.child].kind is not Kind.PARAMETER:
                yield self._heap[edge.child], truth & alive

    def _parameters(self, owner: HeapObject, name: str) -> Iterator[ParameterAtom]:
        sure = False
        for edge in owner.edges:
            alive = edge.alive(self._time, self._path)
            if edge.name == name and alive is not Truth.NO and self._heap[edge.child].kind is Kind.PARAMETER:
                yield ParameterAtom(edge.child, "")
                sure = sure or alive is Truth.YES
        if name in owner.parameters and not sure:
            yield ParameterAtom(owner.id, name)

    def _is_another(self, atom: ParameterAtom) -> bool:
        """Whether it is tied to another one later: the name stands for that one, at any time."""
        member = (atom.owner, atom.name or "")
        return any(
            tie.time >= self._time and member in tie.members[1:] and tie.holds(member, self._path) is not Truth.NO
            for tie in self._heap.ties
        )

    def _kind(self, name: str, here: list[tuple[HeapObject, Truth]], seen: Seen) -> Iterator[str]:
        cls = seen.classes[name]
        if not any(not item.cls or item.cls == cls for item, _ in here):
            yield f"{name!r} is a {cls}, not a {here[0][0].cls}"
        sure = {
            edge.name for item, truth in here if len(here) == 1 and truth is Truth.YES
            for edge in item.edges
            if self._heap[edge.child].kind is Kind.MODULE and edge.alive(self._time, self._path) is Truth.YES
        }  # fmt: skip
        for extra in sorted(sure - set(seen.children[name])):
            yield f"{extra!r} is not below {name!r}"

    def _says(self, truths: Sequence[Truth], real: bool, what: str) -> Iterator[str]:
        """Whether one of the candidates admits what is real."""
        if any(truth is Truth.of(real) for truth in truths):
            self._tally.known += 1
        elif Truth.MAYBE in truths:
            self._tally.open += 1
        else:
            yield f"{what} is {real}, not {truths[0].name}"


def disagreements(program: Program, text: str, tally: Tally | None = None) -> list[str]:
    """What is wrong in what the analysis, or the recorder, says of a program whose text looks at its objects."""
    ran = run(program, text)
    wrong = list(outside(script(text), ran, Tally() if tally is None else tally))
    return [*wrong, *(f"recorded: {each}" for each in ran.misrecorded), *ran.result.problems]
