"""A timeline written by hand: real objects and events, no source."""

from __future__ import annotations

from typing import Any

from freezelint.core.events import (
    Event,
    GradSet,
    ModeSet,
    OptimizerBuilt,
    Selection,
    Selections,
    Tainted,
)
from freezelint.core.objects import Heap, HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Element, Expr, Literal, Path, Symbol, Value
from freezelint.core.timeline import Answer, ParameterAtom, Timeline
from freezelint.core.truth import YES, Truth

FLAG, OTHER = Symbol("freeze", 1), Symbol("other", 2)
IF, UNLESS = (Literal(FLAG, True),), (Literal(FLAG, False),)


def named(op: str, text: str, *, polarity: bool = True) -> Literal:
    """A test of the element's name: `text in name`, `name.startswith(text)` ..."""
    name, wanted = Element("name"), Const(text)
    return Literal(Expr(op, (wanted, name) if op == "in" else (name, wanted)), polarity)


class Log:
    """`net` with the children `body` (a part of which is `bn`) and `head`; the clock moves with everything."""

    def __init__(self) -> None:
        self.heap = Heap()
        self.events: list[Event] = []
        self.timeline = Timeline("", self.heap, self.events, open_end=False)
        self.clock = 0
        self.net = self.module("net")
        self.body = self.module("body", self.net, "weight", "bias")
        self.norm = self.module("bn", self.body, "weight", "bias")
        self.head = self.module("head", self.net, "weight", "bias")

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def module(
        self, name: str, parent: HeapObject | None = None, *parameters: str, path: Path = (), is_open: bool = False
    ) -> HeapObject:
        """A module, and where `parent` is given, its child from now on."""
        made = self.heap.new(Kind.MODULE, name, None, self.tick())
        made.is_module, made.open, made.parameters = YES, is_open, list(parameters)
        if parent is not None:
            self.heap.attach(parent, name, made, self.tick(), path)
        return made

    def of(self, item: HeapObject, *tests: Literal, kind: str = "parameters", **fields: Any) -> Selections:
        return (
            Selection(
                of=kind, root=item.id, scope=fields.pop("scope", "all"), at=self.clock + 1, tests=tests, **fields
            ),
        )

    def write(self, event_type: type[Event], path: Path, **fields: Any) -> Event:
        line = len(self.events) + 1
        event = event_type(time=self.tick(), span=Span("x.py", line, 1, line, 9), path=path, **fields)
        self.events.append(event)
        return event

    def flag(self, item: HeapObject, value: Value, *tests: Literal, path: Path = (), **fields: Any) -> Event:
        return self.write(GradSet, path, selections=self.of(item, *tests, **fields), value=value)

    def mode(self, item: HeapObject, value: Value, *tests: Literal, path: Path = (), **fields: Any) -> Event:
        selections = self.of(item, *tests, kind="modules", **fields)
        return self.write(ModeSet, path, selections=selections, value=value, how="train")

    def taint(self, item: HeapObject, path: Path = ()) -> Event:
        return self.write(Tainted, path, objects=(item.id,))

    def optimizer(self, *groups: Selections | None, path: Path = ()) -> int:
        made = self.heap.new(Kind.OPTIMIZER, "optimizer", None, self.tick())
        self.write(OptimizerBuilt, path, optimizer=made.id, groups=groups)
        return made.id

    def asked(self, item: HeapObject, name: str | None = "weight", *, time: int = 0, path: Path = ()) -> Answer:
        """Whether a parameter requires a gradient, now or just before `time`."""
        return self.timeline.requires_grad(ParameterAtom(item.id, name), time or self.clock + 1, path)

    def grad(self, item: HeapObject, name: str | None = "weight", *, time: int = 0, path: Path = ()) -> Truth:
        return self.asked(item, name, time=time, path=path).truth

    def training(self, item: HeapObject, *, path: Path = ()) -> Truth:
        return self.timeline.training(item.id, self.clock + 1, path).truth

    def held(self, optimizer: int, item: HeapObject, name: str | None = "weight", *, path: Path = ()) -> Truth:
        return self.timeline.held(optimizer, ParameterAtom(item.id, name), self.clock + 1, path).truth
