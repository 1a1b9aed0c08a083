"""Forwards: the event, and the body of `forward` where the class is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from freezelint.core.events import Forward
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import NONE, Expr, Path, Ref, Symbol
from freezelint.core.truth import Truth
from freezelint.core.wording import name_of

from . import classes
from .collections import plain
from .grad_modes import GradMode
from .invocation import Invocation
from .tensors import Origin
from .values import Bound, Choice, ClassValue, Collection, Function, Partial

if TYPE_CHECKING:
    from .interpreter import Interpreter

_DYNAMIC = re.compile(r"getattr\(|children\(|modules\(|_modules|super\(|\*\*kwargs|in self\b(?!\.)")
_ACTS = re.compile(
    r"no_grad|inference_mode|set_grad_enabled|\.eval\(\)|\.train\(|requires_grad|detach|freez|frozen|\.data\b|checkpoint|\.numpy\(|\.item\(|\.tensor\(|argmax"
)
_CUTS = re.compile(
    r"detach|no_grad|inference_mode|\.data\b|argmax|\.item\(|\.(?:long|int|bool|round|sign|topk|max|min|sort)\(|numpy|[<>]"
)
_MOST = 6
_DEEPEST = 5


class Forwards:
    """The forwards of one interpretation."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self._counts: dict[tuple[int, int], int] = {}
        self._depth = 0
        self._hooks: dict[int, list[tuple[Path, Any]]] = {}
        """What is to be called with the output of a module, and under which conditions it was registered, by object."""

    @property
    def inside(self) -> bool:
        """Whether the code at hand runs as part of another module's forward."""
        return self._depth > 0

    def hook(self, item: HeapObject, function: Any) -> bool:
        """Register a forward hook; False where its code is not known."""
        if not isinstance(function, (Function, Bound, Partial)):
            return False
        self._hooks.setdefault(item.id, []).append((self.interp.world.event_path(), function))
        return True

    def _call_hooks(self, item: HeapObject, result: Any, call: Invocation) -> None:
        """Call the hooks of a module with its output; one that returns something puts that in its place."""
        world = self.interp.world
        inputs = plain(world, "tuple", call.args)
        for path, function in self._hooks.get(item.id, ()):
            with world.assuming(path) as possible:
                if possible:
                    given = call.with_arguments([Ref(item.id), inputs, result])
                    if self.interp.calls.invoke(function, given) != NONE:
                        self.interp.tensors.graphs.lose(result)

    def _call_hooks_below(self, item: HeapObject, call: Invocation) -> None:
        """Call the hooks of the parts of a module whose own forward is not followed."""
        world = self.interp.world
        for number in [each for each in self._hooks if each != item.id]:
            if world.timeline.holds_module(item.id, number, world.now, world.event_path()) is Truth.YES:
                output = world.unknown("output")
                world.computed.setdefault(output, Truth.YES)
                inner = call.with_arguments(call.args)
                inner.text = name_of(world.timeline, number)
                self.interp.tensors.graphs.used(output, world.heap[number], inner, followed=False, skips=())
                self._call_hooks(world.heap[number], output, inner)

    def run(self, item: HeapObject, call: Invocation) -> Any:
        """`module(x)`: an event, and the body of `forward` where it is known."""
        world = self.interp.world
        kind = self.interp.calls.class_of.get(item.id)
        given = call.all_arguments()
        before = world.grad_log
        through = self._through(item, call)
        result: Any = through
        if isinstance(kind, ClassValue):
            own = world.attributes.read((item.id, "forward"), world.path)  # `net.forward = function`
            body = own if isinstance(own, Function) else classes.member(kind, "forward")
            key = (item.id, len(world.loops))
            count = self._counts.get(key, 0)
            if isinstance(body, Function) and count < _MOST and (body is own or self._acts(item)):
                self._counts[key] = count + 1
                self._depth += 1
                try:
                    receiver = None if body is own else Ref(item.id)
                    result = self.interp.calls.inline(body, call, receiver=receiver, kind=kind)
                finally:
                    self._depth -= 1
            if isinstance(body, Function) and body.grad is not None:
                world.set_grad(GradMode(body.grad, body.grad_at, "decorator"))
        followed = isinstance(result, (Symbol, Expr)) and self._is_tensor(result)
        followed = followed or isinstance(result, (Collection, Choice))
        skips = self._skipped(item, kind)
        # After the body: what it does to modes first (`if self.training: self.eval()`) holds for its layers.
        world.emit(Forward, call.span, call.text.partition("(")[0], module=item.id, grad=world.grad,
                   within=self.inside, skips=skips, followed=followed)  # fmt: skip
        if not followed:
            result = world.unknown("output")
            self.interp.tensors.origins[result] = Origin(item.id, world.now, world.grad & self._smooth(kind))
        if isinstance(result, (Symbol, Expr)):
            world.computed.setdefault(result, Truth.YES)
        self.interp.tensors.mark(result, given)
        graphs = self.interp.tensors.graphs
        if not followed:
            graphs.loss(result, item.cls, call)
        graphs.used(result, item, call, followed=followed, skips=skips)
        if self._hooks:
            if not followed:
                self._call_hooks_below(item, call)
            self._call_hooks(item, result, call)
        world.grad_log = before
        return result

    def _is_tensor(self, value: Any) -> bool:
        tensors = self.interp.tensors
        return tensors.is_tensor(value) or bool(tensors.graphs.of(value).cuts)

    def _through(self, item: HeapObject, call: Invocation) -> Any:
        """The result of modules that pass their input on to others: wrappers, and a Sequential with a part whose
        forward is followed."""
        heap = self.interp.world.heap
        if call.args and self._returns_its_input(item):
            return call.args[0]  # even where no gradients are recorded, it is the tensor that it was
        inner = self.interp.calls.wrapped.get(item.id)
        if inner is not None:
            return self._part(heap[inner], call) if self._acts(heap[inner]) else None
        if not {"torch.nn.Sequential", "torch.nn.modules.container.Sequential"} & set(item.classes[:1]):
            return None
        if item.open or not call.args or not self._acts(item):
            return None
        world = self.interp.world
        value: Any = call.args[0]
        for edge in item.attributes:
            if edge.alive(world.now, world.path) is Truth.YES and heap[edge.child].is_module is Truth.YES:
                value = self._part(heap[edge.child], call.with_arguments([value]))
        return value

    def _returns_its_input(self, item: HeapObject) -> bool:
        world = self.interp.world
        if "torch.nn.modules.dropout._DropoutNd" in item.classes or "torch.nn._DropoutNd" in item.classes:
            return world.timeline.training(item.id, world.now, world.event_path()).truth is Truth.NO
        return "torch.nn.Identity" in item.classes[:1]

    def _part(self, item: HeapObject, call: Invocation) -> Any:
        self._depth += 1
        try:
            return self.run(item, call)
        finally:
            self._depth -= 1

    def _smooth(self, kind: Any) -> Truth:
        """Whether what a module computes surely requires a gradient where its parameters do."""
        if not isinstance(kind, ClassValue):
            return Truth.YES
        text = classes.forward_text(kind)
        return Truth.MAYBE if text is None or _CUTS.search(text) is not None else Truth.YES

    def _skipped(self, item: HeapObject, kind: Any) -> tuple[int, ...]:
        """Sub-modules that the forward of a class of the project surely does not run: it never names them."""
        if not isinstance(kind, ClassValue) or not classes.fully_known(kind):
            return ()
        text = classes.forward_text(kind)
        if text is None or _DYNAMIC.search(text) is not None:
            return ()
        modules = [edge for edge in item.edges if self.interp.world.heap[edge.child].kind is Kind.MODULE]
        named = {edge.child for edge in modules if edge.name.startswith("?") or _names(edge.name, text)}
        return tuple(dict.fromkeys(edge.child for edge in modules if edge.child not in named))

    def _acts(self, item: HeapObject, depth: int = 0) -> bool:
        """Whether a module or a part of it does more in its forward than compute: a forward event tells all that
        matters else."""
        kind = self.interp.calls.class_of.get(item.id)
        if isinstance(kind, ClassValue) and self._class_acts(kind):
            return True
        return depth < _DEEPEST and any(
            self._acts(self.interp.world.heap[edge.child], depth + 1) for edge in item.edges
        )

    def _class_acts(self, kind: ClassValue) -> bool:
        own = [each for each in classes.lineage(kind) if isinstance(each, ClassValue)]
        return any(self._text_acts(each) for each in own)

    def _text_acts(self, kind: ClassValue) -> bool:
        acting = self.interp.definitions.acting
        known = acting.get(id(kind.node))
        if known is None:
            known = acting[id(kind.node)] = _ACTS.search(kind.module.text_of(kind.node.name)) is not None
        return known


def _names(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None
