"""The world of one timeline while it is interpreted: heap, events, the current path, loops and call stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from freezelint.core.environment import Environment
from freezelint.core.events import Event, Forward, Given, IteratorConsumed, Loop, Selection, Selections, Tainted
from freezelint.core.objects import Heap, HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import (
    FALSE,
    TRUE,
    Const,
    Element,
    Expr,
    Literal,
    Path,
    Ref,
    Symbol,
    Value,
    conjoin,
    fold,
    literals,
    loops_of,
    substitute,
    truth_of,
)
from freezelint.core.timeline import Timeline
from freezelint.core.truth import Truth
from freezelint.libraries.names import tree_classes

from . import grad_modes
from .frames import Bindings
from .grad_modes import RECORDING, GradLog, GradMode
from .values import CORE, Choice, Collection, Copied, Library, Method

if TYPE_CHECKING:
    from .lazy import Waiting

EventT = TypeVar("EventT", bound=Event)


_PATIENCE = 4
"""The share of its steps that an entry point has to do anything that matters: code that only speaks of freezing, such
as that of a linter, shall not take as long as code that freezes."""
_LISTED = 16
_BYSTANDING = (Forward, Given, IteratorConsumed, Tainted)
TENSORS = (".Tensor", ".Parameter", ".FloatTensor", ".LongTensor")
"""How the names of classes end whose instances are tensors."""


class OutOfBudget(Exception):
    """The entry point took more steps than it may; what was seen so far stands."""


class World:
    """Mutable state of one interpretation. Time is a counter that every event and every change of the heap moves."""

    def __init__(self, entry: str, *, steps: int, environment: Environment | None = None) -> None:
        self.heap = Heap(tree_classes)
        self.events: list[Event] = []
        self.timeline = Timeline(entry, self.heap, self.events, open_end=True, environment=environment)
        self.path: Path = ()
        self.grad_log: GradLog = RECORDING
        self.stack: tuple[Span, ...] = ()
        self.functions: list[str] = [""]
        self.loops: tuple[Loop, ...] = ()
        self.passes: tuple[int, ...] = ()
        """When the passes began that stand for all later rounds of the loops around the code at hand."""
        self.attributes = Bindings()
        self.elements: dict[int, Selection] = {}
        """What the elements of a loop over parameters or modules are drawn from, by loop."""
        self.objects_of: dict[Value, int] = {}
        """Objects that stand for symbolic values which are used as objects."""
        self.made_from: dict[Value, tuple[int, ...]] = {}
        """Objects that were given to the unknown call which made a symbol."""
        self.values_of: dict[int, tuple[Any, ...]] = {}
        """The parameters from whose values a new parameter was made, by its number."""
        self.carried: dict[Value, tuple[Any, ...]] = {}
        """The parameters from whose values functions computed a tensor."""
        self.computed: dict[Value, Truth] = {}
        """Tensors that a call computed (True) rather than made from nothing."""
        self.born_under: dict[int, Path] = {}
        """The paths under which layers of libraries were made, by object."""
        self.counted: list[tuple[Any, Any]] = []
        """(bindings, key) of the names and attributes that were counted up, in order."""
        self.asked: list[tuple[Value, Span]] = []
        """The conditions of the `if` statements that the code at hand stands in, and where they are written."""
        self.contents: dict[int, Collection] = {}
        """What is in objects of classes that are dicts or lists themselves, by object."""
        self.ranges: dict[Value, tuple[Value, Value]] = {}
        """The bounds of ranges of which one is not known: the first number, and the first beyond."""
        self.defaults: dict[str, Const] = {}
        """What options of the command line are where they are not given, by name."""
        self.hooked = False
        """Whether the code at hand is a hook that runs at every backward."""
        self.repeating: list[int] = []
        """When the loops began that the code at hand stands in and that stand for any number of rounds."""
        self.waiting: list[Waiting] = []
        """Lazy iterators that were bound to a name."""
        self.steps = steps
        self._patience = steps - steps // _PATIENCE
        """Below so many steps left it ends: more are granted once something is seen that matters."""
        self._clock = 0
        self._ids = 0
        self._traces = 0
        self._opaque: dict[int, tuple[Any, Symbol]] = {}
        self._stands_for: dict[Symbol, Any] = {}

    # --- time and identity ----------------------------------------------------------------------------------------

    def tick(self) -> int:
        """The next moment."""
        self._clock += 1
        return self._clock

    @property
    def now(self) -> int:
        """A moment after everything that happened so far."""
        return self._clock + 1

    def fresh(self) -> int:
        """A number nothing else has."""
        self._ids += 1
        return self._ids

    @property
    def traces(self) -> tuple[int, int]:
        """A number for all that happened so far: the same before and after what changed nothing. New values that nobody
        keeps are no change."""
        return (self._clock, self._traces)

    def trace(self) -> None:
        """Something happened that is no event, and that others may see."""
        self._traces += 1

    def unknown(self, name: str) -> Symbol:
        """A value of which nothing is known, unlike any other."""
        return Symbol(name, self.fresh())

    def spend(self, steps: int = 1) -> None:
        """Count interpreter steps; raises OutOfBudget."""
        self.steps -= steps
        if self.steps < self._patience:
            raise OutOfBudget

    def grant(self, steps: int) -> None:
        """Give so many steps for what is still to be done."""
        self.steps, self._patience = steps, 0

    # --- grad mode ------------------------------------------------------------------------------------------------

    @property
    def grad_mode(self) -> GradMode:
        """The grad mode here."""
        return grad_modes.mode_at(self.grad_log, self.path)

    @property
    def grad(self) -> Truth:
        """Whether gradients are recorded here."""
        return self.grad_mode.enabled

    def set_grad(self, mode: GradMode, path: Path = ()) -> None:
        """Set the grad mode from here on, where `path` holds."""
        self.grad_log = grad_modes.set_mode(self.grad_log, mode, self.path + path)

    # --- paths ----------------------------------------------------------------------------------------------------

    @contextmanager
    def assuming(self, path: Path) -> Iterator[bool]:
        """Extend the current path; yields False where that is impossible."""
        before = self.path
        joined = conjoin(before, path)
        if joined is not None:
            self.path = joined
        try:
            yield joined is not None
        finally:
            self.path = before

    def event_path(self) -> Path:
        """The current path without tests of loop elements (those belong to selections)."""
        return tuple(literal for literal in self.path if not loops_of(literal.value))

    def emit(self, kind: type[EventT], span: Span, text: str = "", /, **fields: Any) -> EventT:
        """Record an event at this moment."""
        event = kind(
            time=self.tick(),
            span=span,
            path=self.event_path(),
            stack=self.stack,
            function=self.functions[-1],
            text=text,
            loops=self.loops,
            picked=next((place for test, place in reversed(self.asked) if loops_of(test)), None),
            **fields,
        )
        self.events.append(event)
        if kind not in _BYSTANDING:
            self._patience = 0
        self.spend(3)
        return event

    # --- values ---------------------------------------------------------------------------------------------------

    def scalar(self, value: Any) -> Value:
        """The value as a part of an expression: anything that is not scalar becomes a symbol of its own."""
        if isinstance(value, CORE):
            return value
        if isinstance(value, Choice):
            return self.choice_scalar(value)
        # Read as values, an option that is called like a method (`args.freeze`) and a name of a module that is not
        # found (`from config import FREEZE`) are the same each time.
        if isinstance(value, Method) and isinstance(value.receiver, (Symbol, Expr, Ref)):
            return Expr("attr", (value.receiver, Const(value.name)))
        if isinstance(value, Library):
            return Expr("library", (Const(value.name),))
        if isinstance(value, Collection):
            constants = constant_items(value)
            if constants is not None:
                return constants
        known = self._opaque.get(id(value))
        if known is None:
            known = self._opaque[id(value)] = (value, self.unknown(type(value).__name__))
            self._stands_for[known[1]] = value
        return known[1]

    def behind(self, value: Any) -> tuple[Any, ...]:
        """The parameters that a value is, copies, or is computed from by operators, as far as is known."""
        match value:
            case Copied(original=original):
                return self.behind(original)
            case Element(role="parameter") | Expr(op="parameter"):
                return (value,)
            case Ref(id=number):
                return (value,) if self.heap[number].kind is Kind.PARAMETER else ()
            case Symbol():
                known = self._stands_for.get(value)
                return self.behind(known) if known is not None else self.carried.get(value, ())
            case Expr(args=args):
                return tuple(dict.fromkeys(found for arg in args for found in self.behind(arg)))
            case Collection() if len(value.items) <= _LISTED:
                return tuple(dict.fromkeys(found for item in value.items for found in self.behind(item.value)))
            case _:
                return ()

    def carry(self, result: Symbol, inputs: Iterable[Any]) -> None:
        """A tensor was computed from the values of others."""
        found = tuple(dict.fromkeys(each for value in inputs for each in self.behind(value)))
        if found:
            self.carried[result] = found

    def number(self, value: Any) -> Value:
        """The value as a scalar; of an option of the command line with its default beside it."""
        scalar = self.scalar(value)
        match scalar:
            case Expr(op="attr", args=(Symbol(), Const(value=str() as name))) if name in self.defaults:
                return Expr("option", (scalar, self.defaults[name]))
            case _:
                return scalar

    def choice_scalar(self, choice: Choice) -> Value:
        """A choice as a condition: true where an option that is true is taken."""
        parts: list[Value] = []
        options = [(path, self.scalar(value)) for path, value in choice.options]
        truths = {truth_of(value) for _, value in options}
        if truths == {Truth.YES} and len({value for _, value in options}) == 1:
            return options[0][1]
        taken: Value = FALSE
        for path, value in options:
            condition = path_value(path)
            parts.append(fold("and", (fold("not", (taken,)), condition, value)))
            taken = fold("or", (taken, condition))
        return fold("or", tuple(parts))

    def selection_tests(self, loop: int) -> Path:
        """The tests of the current path on the element of `loop`, with the loop's number taken out."""
        tests = []
        for literal in self.path:
            if loop in loops_of(literal.value):
                tests.append(Literal(canonical(literal.value, loop), literal.polarity))
        return tuple(tests)

    def narrowed(self, loop: int, of: str, **changes: Any) -> Selection:
        """The selection of the elements of `loop` that the current path lets through."""
        base = self.elements[loop]
        selection = Selection(
            of=base.of,
            root=base.root,
            scope=base.scope,
            at=base.at,
            name=base.name,
            tests=base.tests + self.selection_tests(loop),
            truth=base.truth,
            but=base.but,
        )
        if base.of == of and not changes:
            return selection
        return Selection(of=of, root=selection, at=self.now, **changes)

    def loop_over(self, selection: Selection) -> int:
        """A new loop number whose element is drawn from `selection`."""
        number = self.fresh()
        self.elements[number] = selection
        return number

    # --- objects --------------------------------------------------------------------------------------------------

    def object_of(self, value: Any, *, module: bool = False) -> HeapObject | None:
        """The object that a value is or stands for, made if need be; None for what cannot be an object.

        With `module`, the use shows that it is a module.
        """
        if isinstance(value, Ref):
            found = self.heap[value.id]
        elif isinstance(value, (Symbol, Expr)) and self._may_be_object(value):
            found = self._stand_in(value)
        else:
            return None
        if module and found.is_module is Truth.MAYBE and found.kind in (Kind.OBJECT, Kind.MODULE):
            found.is_module = Truth.YES
            found.kind = Kind.MODULE
            self.heap.version += 1
        return found

    def _may_be_object(self, value: Symbol | Expr) -> bool:
        if isinstance(value, Symbol):
            return True
        return value.op in ("attr", "item", "call") and not loops_of(value)

    def _stand_in(self, value: Symbol | Expr) -> HeapObject:
        number = self.objects_of.get(value)
        if number is not None:
            return self.heap[number]
        parent: HeapObject | None = None
        name = ""
        if isinstance(value, Expr) and value.op in ("attr", "item"):
            parent = self.object_of(value.args[0])
            name = str(value.args[1].value) if isinstance(value.args[1], Const) else f"?{self.fresh()}"
        label = describe(value)
        made = self.heap.new(Kind.OBJECT, label, None, parent.born if parent is not None else 0)
        made.requires_grad = made.training = Truth.MAYBE
        made.norm = made.dropout = Truth.MAYBE
        self.objects_of[value] = made.id
        if parent is not None:
            made.requires_grad = parent.requires_grad if parent.kind is Kind.MODULE else Truth.MAYBE
            made.training = parent.training if parent.kind is Kind.MODULE else Truth.MAYBE
            if parent.copied_from is not None:
                origin = self.heap.child(self.heap[parent.copied_from[0]], name, parent.copied_from[1])
                if origin is not None:
                    made.copied_from = (origin.id, parent.copied_from[1])
            self.heap.attach(parent, name, made, parent.born - 1, ())
            self._inherit_parts(made, parent, name)
        for part in self.made_from.get(value, ()):
            self.heap.attach(made, f"?{part}", self.heap[part], self.now - 1, (), Truth.MAYBE)
        return made

    def _inherit_parts(self, made: HeapObject, parent: HeapObject, name: str) -> None:
        """An attribute of what may be a known module may be that module's attribute of the name, or a part of it: two
        question marks say that nothing else speaks for a module."""
        for edge in [each for each in parent.edges if each.name.startswith("?")]:
            known = self.heap[edge.child]
            own = self.heap.child(known, name, self.now)
            self.heap.attach(made, f"??{known.id}", own if own is not None else known, self.now - 1, (), Truth.MAYBE)

    def module_selection(self, item: HeapObject, but: tuple[int, ...] = ()) -> Selections:
        """All modules at and below an object, now."""
        return (Selection(of="modules", root=item.id, scope="all", at=self.now, but=but),)


def canonical(value: Value, loop: int) -> Value:
    """The value with elements of `loop` numbered 0."""

    def replace(part: Value) -> Value | None:
        if isinstance(part, Element) and part.loop == loop:
            return Element(part.role)
        return None

    return substitute(value, replace)


def path_value(path: Path) -> Value:
    """A path as one condition."""
    parts: list[Value] = [lit.value if lit.polarity else fold("not", (lit.value,)) for lit in path]
    return fold("and", tuple(parts)) if parts else TRUE


def condition(value: Value, *, polarity: bool) -> Path:
    """The path on which a scalar counts as true (or false)."""
    return literals(value, polarity)


def constant_items(collection: Collection) -> Const | None:
    """The items as a constant tuple (of a dict: its keys), where all are plain constants."""
    if not collection.complete or collection.kind == "iterator":
        return None
    values = []
    for item in collection.items:
        value = item.key if collection.kind == "dict" else item.value
        if item.path or item.each:
            return None
        if isinstance(value, Collection):
            value = constant_items(value)
        if not isinstance(value, Const):
            return None
        values.append(value.value)
    try:
        hash(tuple(values))
    except TypeError:
        return None
    return Const(tuple(values))


def describe(value: Value) -> str:
    """A readable name of a symbolic value."""
    match value:
        case Symbol(name=name):
            return name
        case Const(value=constant):
            return repr(constant)
        case Expr(op="attr", args=(owner, Const(value=name))):
            return f"{describe(owner)}.{name}"
        case Expr(op="item", args=(owner, index)):
            return f"{describe(owner)}[{describe(index)}]"
        case Expr(op="call", args=(callee, *_)):
            return f"{describe(callee)}()"
        case _:
            return "it"
