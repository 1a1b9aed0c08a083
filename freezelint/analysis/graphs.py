"""Autograd graphs of tensors: which uses of modules a gradient gets back to, and which were cut off on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import Cut, GraphEscaped, Selection, Use
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Element, Expr, Ref, Symbol, leaves
from freezelint.core.truth import Truth

from .invocation import Invocation
from .values import Bound, Choice, Collection, Copied, Function, Partial

if TYPE_CHECKING:
    from .world import World

_NO_TENSOR = frozenset({
    "shape", "ndim", "device", "dtype", "is_cuda", "requires_grad", "grad", "grad_fn", "is_leaf", "layout", "names",
    "itemsize", "size", "dim", "numel", "stride", "element_size", "get_device", "data_ptr", "is_contiguous",
})  # fmt: skip
"""Attributes and methods of a tensor that give no tensor of its graph."""
_NO_GRAPH = frozenset({"==", "<", "<=", "in", "is", "not", "and", "or", "requires_grad", "training", "len"})
"""Operations whose result never carries a gradient."""
_LOSS = re.compile(r"(?i)(loss|criterion|cross_entropy|kl_div)\w*$")
_TARGETS = frozenset({"target", "targets", "label", "labels", "y_true", "y"})
_MANY_OPTIONS = 6
_DEEP = 4


class Graph(msgspec.Struct, frozen=True):
    """What hangs on a tensor, by the numbers of uses and cuts.

    `open` where something not known is mixed in (data, arguments: it may require a gradient), `lost` where a part of
    what it was made of was not followed.
    """

    reaches: frozenset[int] = frozenset()
    cuts: frozenset[int] = frozenset()
    open: bool = False
    lost: bool = False

    def __or__(self, other: Graph) -> Graph:
        if other is self or other is NOTHING:
            return self
        if self is NOTHING:
            return other
        return Graph(
            self.reaches | other.reaches, self.cuts | other.cuts, self.open or other.open, self.lost or other.lost
        )


NOTHING = Graph()
UNKNOWN = Graph(open=True)
LOST = Graph(open=True, lost=True)


class Graphs:
    """The graphs of the tensors of one interpretation."""

    def __init__(self, world: World, plain: set[Any]) -> None:
        """`plain` are tensors that no graph leads to."""
        self.world = world
        self._plain = plain
        self._graphs: dict[Any, Graph] = {}
        self._uses: dict[Use, int] = {}
        self._cuts: dict[tuple[int, Span, str, bool], int] = {}
        self._use_list: list[Use] = []
        self._cut_list: list[tuple[int, Span, str, bool]] = []
        self._escaped: set[int] = set()
        self.forced: set[Any] = set()
        """Tensors on which `requires_grad` was set."""
        self.hooked: set[int] = set()
        """Modules with a hook, which may change or keep what they return."""

    # --- what hangs on a value ------------------------------------------------------------------------------------

    def of(self, value: Any, depth: int = 0) -> Graph:
        """The graph of a value, or of all tensors in a collection."""
        known = self._graphs.get(value) if isinstance(value, (Symbol, Expr, Ref)) else None
        if known is not None:
            return known
        match value:
            case Symbol():
                return self._of_symbol(value)
            case Expr():
                return self._of_expression(value, depth)
            case Ref(id=number):
                return self._of_object(self.world.heap[number], depth)
            case Element(role="parameter" | "module", loop=loop):
                return self._of_element(loop)
            case Collection() if depth < _DEEP:
                return self._of_collection(value, depth)
            case Choice(options=options):
                result = self.union((option for _, option in options), depth)
                return result | LOST if len(options) >= _MANY_OPTIONS else result
            case Copied(original=original, how=how):
                return self.of(original, depth + 1) if "clone" in how else NOTHING
            case Const() | Element():
                return NOTHING
            case Function() | Bound() | Partial():
                return UNKNOWN
            case _:
                return NOTHING if not isinstance(value, Collection) else LOST

    def union(self, values: Iterable[Any], depth: int = 0) -> Graph:
        """The graphs of several values together."""
        result = NOTHING
        for value in values:
            result = result | self.of(value, depth + 1)
        return result

    def _of_symbol(self, value: Symbol) -> Graph:
        if value in self._plain:
            return NOTHING
        return LOST if value.name == "one of many" else UNKNOWN

    def _of_expression(self, value: Expr, depth: int) -> Graph:
        if value in self._plain:
            return NOTHING
        match value:
            case Expr(op=op) if op in _NO_GRAPH:
                return NOTHING
            case Expr(op="parameter", args=(Ref(id=owner), Const(value=str() as name))):
                return self._own(owner, name)
            case Expr(op="attr", args=(Ref(id=owner), Const(value=str() as name))) if self._is_module(owner):
                return self._own(owner, name) | UNKNOWN
            case Expr(op="attr", args=(owner, Const(value=str() as name))):
                return NOTHING if name in _NO_TENSOR else self.of(owner, depth + 1)
            case Expr(op="call", args=(Expr(op="attr", args=(_, Const(value=str() as name))), *_)) if (
                name in _NO_TENSOR
            ):
                return NOTHING
            case Expr(op="item", args=(owner, *_)):
                return self.of(owner, depth + 1)
            case _:
                return self.union(value.args, depth) if depth < 40 else LOST

    def _is_module(self, number: int) -> bool:
        return self.world.heap[number].kind is Kind.MODULE

    def _of_object(self, item: HeapObject, depth: int) -> Graph:
        """A parameter by itself; of another object of the program, what its attributes hold."""
        if item.kind in (Kind.PARAMETER, Kind.TENSOR):
            return self._own(item.id, "")
        if item.kind is not Kind.OBJECT or depth >= _DEEP or "torch.utils.data.DataLoader" in item.classes:
            return NOTHING
        keys = [key for key in self.world.attributes.written() if isinstance(key, tuple) and key[0] == item.id]
        return self.union((self.world.attributes.read(key, self.world.path) for key in keys), depth)

    def _of_element(self, loop: int) -> Graph:
        selection: Selection | int = self.world.elements[loop]
        while isinstance(selection, Selection):
            selection = selection.root
        return self._of_use(Use(module=selection, span=_NOWHERE, text=self.world.heap[selection].label))

    def _of_collection(self, value: Collection, depth: int) -> Graph:
        result = self.union((item.value for item in value.items), depth)
        return result if value.complete and value.pending is None else result | LOST

    def _own(self, owner: int, name: str) -> Graph:
        return self._of_use(Use(module=owner, span=_NOWHERE, text=self.world.heap[owner].label, parameter=name))

    def _of_use(self, use: Use) -> Graph:
        return Graph(frozenset({self._number(use)}))

    def _number(self, use: Use) -> int:
        number = self._uses.get(use)
        if number is None:
            number = self._uses[use] = len(self._use_list)
            self._use_list.append(use)
        return number

    # --- how graphs grow and are cut ------------------------------------------------------------------------------

    def flows(self, result: Any, inputs: Iterable[Any]) -> None:
        """`result` was computed of `inputs`."""
        self.grow(result, self.union(inputs))

    def grow(self, result: Any, graph: Graph, *, own: bool = False) -> None:
        """`graph` hangs on a result, as far as the grad mode lets it; `own` where it is what runs right here."""
        if not isinstance(result, (Symbol, Expr, Ref)):
            return
        mode = self.world.grad_mode
        if mode.enabled is Truth.NO and mode.span is not None:
            graph = self._severed(graph, mode.span, mode.how, own=own)
        known = self._graphs.get(result)
        self._graphs[result] = graph if known is None else known | graph

    def cut(self, result: Any, inputs: Iterable[Any], span: Span, how: str) -> None:
        """`result` has the values of `inputs` and none of their graph."""
        graph = self._severed(self.union(inputs), span, how)
        self._graphs[result] = msgspec.structs.replace(graph, open=False)

    def _severed(self, graph: Graph, span: Span, how: str, *, own: bool = False) -> Graph:
        if not graph.reaches:
            return graph
        cuts = frozenset(self._cut(use, span, how, own=own) for use in graph.reaches)
        return Graph(frozenset(), graph.cuts | cuts, graph.open, graph.lost)

    def _cut(self, use: int, span: Span, how: str, *, own: bool) -> int:
        key = (use, span, how, own)
        number = self._cuts.get(key)
        if number is None:
            number = self._cuts[key] = len(self._cut_list)
            self._cut_list.append(key)
        return number

    def used(self, result: Any, item: HeapObject, call: Invocation, *, followed: bool, skips: tuple[int, ...]) -> None:
        """A call used the parameters of a module to compute `result` (or the tensors in it)."""
        text = call.text.partition("(")[0]
        use = Use(
            module=item.id, span=call.span, path=self.world.event_path(), text=text, followed=followed, skips=skips
        )
        graph = self._of_use(use)
        if item.id in self.hooked:
            graph = graph | LOST
        for value in _tensors_in(result):
            if not any(value is given or value == given for given in _tensors_in(call.all_arguments())):
                self.grow(value, graph, own=True)

    def lose(self, result: Any) -> None:
        """Something not known may have taken the place of a result."""
        for value in _tensors_in(result):
            self._graphs[value] = self.of(value) | LOST

    def force(self, tensor: Any) -> None:
        """`requires_grad` was set on a tensor: from here on gradients flow to it, whatever it was made of."""
        self.forced.add(tensor)
        if tensor in self._graphs:
            self._graphs[tensor] = self._graphs[tensor] | LOST

    def written(self, target: Any, values: Iterable[Any]) -> None:
        """Tensors were written into one in place."""
        graph = self.union(values)
        if isinstance(target, (Symbol, Expr)) and (graph.reaches or graph.cuts):
            self._graphs.setdefault(target, self.of(target))
            self.grow(target, graph)

    def loss_of(self, name: str, call: Invocation) -> list[Any]:
        """The arguments of a call that a gradient is wanted through: of a loss all but the target."""
        if _LOSS.search(name.partition("(")[0]) is None:
            return call.all_arguments()
        kept = [value for key, value in call.keywords.items() if key not in _TARGETS]
        target = 1 if len(call.args) > 1 and not _TARGETS & set(call.keywords) else None
        return [value for number, value in enumerate(call.args) if number != target] + kept

    def loss(self, result: Any, name: str, call: Invocation) -> None:
        """The result of a call; what was cut from the target of a loss was meant to be."""
        wanted = self.loss_of(name, call)
        graph = self.union(wanted)
        if len(wanted) < len(call.all_arguments()):
            graph = graph | msgspec.structs.replace(self.union(call.all_arguments()), cuts=frozenset())
        self.grow(result, graph)

    @staticmethod
    def parts(values: list[Any]) -> list[Any]:
        """The single values in a list of arguments, and what those are made of."""
        return [part for value in _tensors_in(values) for part in (value, *leaves(value))]

    # --- for events -----------------------------------------------------------------------------------------------

    def escape(self, values: Iterable[Any], span: Span, text: str) -> None:
        """Code that is not known got hold of live tensors: it may keep them, or run backward."""
        fresh = self.union(values).reaches - self._escaped
        if fresh:
            self._escaped |= fresh
            self.world.emit(GraphEscaped, span, text, reaches=self.uses(fresh))

    def uses(self, numbers: Iterable[int]) -> tuple[Use, ...]:
        """The uses with these numbers, in order."""
        return tuple(self._use_list[number] for number in sorted(numbers))

    def traced(self, loss: Any) -> dict[str, Any]:
        """What `Backward` says of its loss."""
        graph = self.of(loss)
        cuts = tuple(
            Cut(use=self._use_list[use], span=span, how=how, own=own)
            for use, span, how, own in (self._cut_list[number] for number in sorted(graph.cuts))
        )
        return {"reaches": self.uses(graph.reaches), "cuts": cuts, "lost": graph.lost}


_NOWHERE = Span("", 0, 0, 0, 0)
"""Where a use stands that no call makes: a parameter by itself."""


def _tensors_in(value: Any, depth: int = 0) -> list[Any]:
    """The single values in a result."""
    match value:
        case Symbol() | Expr():
            return [value]
        case Collection() if depth < _DEEP:
            return [each for item in value.items for each in _tensors_in(item.value, depth + 1)]
        case Choice(options=options) if depth < _DEEP:
            return [each for _, option in options for each in _tensors_in(option, depth + 1)]
        case list() as values:
            return [each for one in values for each in _tensors_in(one, depth)]
        case _:
            return []
