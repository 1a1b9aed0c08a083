"""Forwards: the event, and the body of `forward` where the class is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from freezelint.core.events import Forward
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import Expr, Ref, Symbol
from freezelint.core.truth import Truth

from . import classes
from .invocation import Invocation
from .values import ClassValue, Collection, Function

if TYPE_CHECKING:
    from .interpreter import Interpreter

_DYNAMIC = re.compile(r"getattr\(|children\(|modules\(|_modules|super\(|\*\*kwargs|in self\b")
_ACTS = re.compile(
    r"no_grad|inference_mode|set_grad_enabled|\.eval\(\)|\.train\(|requires_grad|detach|freez|frozen|\.data\b|checkpoint"
)
_MOST = 6


class Forwards:
    """The forwards of one interpretation."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self._counts: dict[tuple[int, int], int] = {}
        self._known: dict[int, bool] = {}
        self._depth = 0

    @property
    def inside(self) -> bool:
        """Whether the code at hand runs as part of another module's forward."""
        return self._depth > 0

    def run(self, item: HeapObject, call: Invocation) -> Any:
        """`module(x)`: an event, and the body of `forward` where it is known."""
        world = self.interp.world
        kind = self.interp.calls.class_of.get(item.id)
        given = call.all_arguments()
        result: Any = None
        if isinstance(kind, ClassValue):
            body = classes.member(kind, "forward")
            key = (item.id, len(world.loops))
            count = self._counts.get(key, 0)
            if isinstance(body, Function) and count < _MOST and self._acts(kind):
                self._counts[key] = count + 1
                self._depth += 1
                try:
                    result = self.interp.calls.inline(body, call, receiver=Ref(item.id), kind=kind)
                finally:
                    self._depth -= 1
        # After the body: what it does to modes first (`if self.training: self.eval()`) holds for its layers.
        world.emit(
            Forward, call.span, call.text.partition("(")[0], module=item.id, grad=self._records(kind),
            within=self.inside, skips=self._skipped(item, kind),
        )  # fmt: skip
        computed = isinstance(result, (Symbol, Expr)) and self.interp.tensors.is_computed(result) is not Truth.NO
        if not computed and not isinstance(result, Collection):
            result = world.unknown("output")
        if isinstance(result, (Symbol, Expr)):
            world.computed.setdefault(result, Truth.YES)
        self.interp.tensors.flows(result, given)
        return result

    def _records(self, kind: Any) -> Truth:
        """Whether a forward records gradients: one that is decorated with `no_grad` never does, whoever calls it."""
        body = classes.member(kind, "forward") if isinstance(kind, ClassValue) else None
        own = body.grad if isinstance(body, Function) else None
        return self.interp.world.grad if own is None else own

    def _skipped(self, item: HeapObject, kind: Any) -> tuple[int, ...]:
        """Sub-modules that the forward of a class of the project surely does not run: it never names them."""
        if not isinstance(kind, ClassValue) or not classes.fully_known(kind):
            return ()
        text = classes.forward_text(kind)
        if text is None or _DYNAMIC.search(text) is not None:
            return ()
        return tuple(
            edge.child for edge in item.edges
            if self.interp.world.heap[edge.child].kind is Kind.MODULE and not edge.name.startswith("?")
            and re.search(rf"\b{re.escape(edge.name)}\b", text) is None
        )  # fmt: skip

    def _acts(self, kind: ClassValue) -> bool:
        """Whether the class does more in its forward than compute: a forward event tells all that matters else."""
        known = self._known.get(id(kind))
        if known is None:
            own = (each for each in classes.lineage(kind) if isinstance(each, ClassValue))
            known = self._known[id(kind)] = any(_ACTS.search(each.module.text_of(each.node.name)) for each in own)
        return known
