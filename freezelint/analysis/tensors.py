"""Where tensors come from: which a forward computed, and which were cut off from any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.symbols import Const, Expr, Symbol, leaves
from freezelint.core.truth import Truth

from .graphs import Graphs
from .values import Collection

if TYPE_CHECKING:
    from .world import World


class Origin(msgspec.Struct, frozen=True):
    """A forward: the module, when, and whether gradients were recorded."""

    module: int
    time: int
    grad: Truth


class Tensors:
    """What is known of the tensors of one interpretation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.leaves: set[Any] = set()
        """Tensors that no graph leads to: made from nothing, or detached."""
        self.zeros: set[Any] = set()
        """Tensors that are all zeros."""
        self.partly_zero: set[Any] = set()
        """Tensors of which a part was set to zero."""
        self.origins: dict[Any, Origin] = {}
        """Which forward a tensor is the result of, as it came or reshaped."""
        self._numbers: dict[Any, int] = {}
        self.graphs = Graphs(world, self.leaves)

    def flows(self, result: Any, inputs: Any) -> None:
        """Mark a result as computed where an input is; the graphs of the inputs hang on it."""
        inputs = list(inputs)
        self.mark(result, inputs)
        self.graphs.flows(result, inputs)

    def mark(self, result: Any, inputs: list[Any]) -> None:
        """Mark a result as computed where an input is."""
        if not isinstance(result, (Symbol, Expr)):
            return
        truth = Truth.NO
        for value in inputs:
            truth = truth | self.carries(value)
        if truth is not Truth.NO:
            self.world.computed.setdefault(result, truth)

    def carries(self, value: Any, depth: int = 0) -> Truth:
        """Whether a value is computed, or a collection that holds something computed."""
        if isinstance(value, (Symbol, Expr)):
            return self.is_computed(value)
        if isinstance(value, Collection) and depth < 3:
            for item in value.items:
                if self.carries(item.value, depth + 1) is not Truth.NO:
                    return Truth.YES
        return Truth.NO

    def is_computed(self, value: Any) -> Truth:
        """Whether a value is a tensor that a forward or an operation on one computed."""
        known = self.world.computed.get(value)
        if known is not None:
            return known
        if isinstance(value, Expr) and value.op not in ("requires_grad", "training"):
            for leaf in leaves(value):
                found = self.world.computed.get(leaf)
                if found is not None and found is not Truth.NO:
                    return found
        return Truth.NO

    def is_tensor(self, value: Any) -> bool:
        """Whether a value is known to be a tensor."""
        return value in self.leaves or value in self.world.carried or self.is_computed(value) is not Truth.NO

    def is_zero(self, value: Any) -> bool:
        """Whether a value is 0 or a tensor of zeros."""
        if isinstance(value, Const):
            return isinstance(value.value, (int, float)) and not isinstance(value.value, bool) and value.value == 0
        if isinstance(value, Expr) and value.op == "*":
            return any(self.is_zero(arg) for arg in value.args)
        return isinstance(value, (Symbol, Expr)) and value in self.zeros

    def connected(self, value: Any) -> Truth:
        """Whether a forward's graph leads to a tensor: NO where all that it is made of was cut off from any."""
        if self.is_computed(value) is not Truth.NO:
            return self.is_computed(value)
        symbols = [leaf for leaf in leaves(value) if not isinstance(leaf, Const)]
        cut = value in self.leaves or (symbols and all(leaf in self.leaves for leaf in symbols))
        return Truth.NO if cut else Truth.MAYBE

    def number(self, value: Any) -> int:
        """A number for a tensor value, the same at each call."""
        return self._numbers.setdefault(value, self.world.fresh())
