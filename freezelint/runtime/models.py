"""The real modules, parameters and optimizers of a run as objects of a heap, found again by identity.

Nothing is kept alive: objects are referred to weakly, and what has gone keeps its number. An object that is seen for
the first time was there before, so it is taken to have been born at the beginning, in the state it is found in.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.objects import Heap, HeapObject, Kind
from freezelint.core.truth import Truth

if TYPE_CHECKING:
    from torch import nn


class Replacement(msgspec.Struct, frozen=True):
    """`parent.name` was `old` and is `new`."""

    parent: int
    name: str
    old: int
    new: int


class Models:
    """What is known of the live objects. `flags` and `modes` are the last known state, by number."""

    def __init__(self) -> None:
        from torch import nn

        self._nn = nn
        self.heap = Heap()
        self.flags: dict[int, bool] = {}
        self.modes: dict[int, bool] = {}
        self.attached: list[int] = []
        """What was put into modules that were known already, as the last look at a module showed."""
        self._numbers: dict[int, int] = {}
        self._refs: dict[int, weakref.ref[Any]] = {}
        self._attributes: dict[int, dict[str, int]] = {}
        self._answers: dict[object, list[int]] = {}
        self._version = -1

    def number(self, item: object) -> int | None:
        """The number of an object that is known."""
        return self._numbers.get(id(item))

    def live(self, number: int) -> Any:
        """The object of a number, or None where it is gone."""
        ref = self._refs.get(number)
        return None if ref is None else ref()

    def known(self, kind: Kind) -> Iterator[tuple[int, Any]]:
        """The objects of a kind that are still there."""
        for number in [*self._refs]:
            if self.heap[number].kind is kind:
                item = self.live(number)
                if item is not None:
                    yield number, item

    def _enter(self, item: object, kind: Kind, label: str) -> HeapObject:
        made = self.heap.new(kind, label, None, 0)
        made.open = False
        key = id(item)
        self._numbers[key] = made.id
        # The number outlives the object; its identity may be given to another one.
        self._refs[made.id] = weakref.ref(item, lambda _: self._forget(key, made.id))
        return made

    def _forget(self, key: int, number: int) -> None:
        if self._numbers.get(key) == number:
            del self._numbers[key]

    def parameter(self, item: Any, flag: bool | None = None) -> int:
        """The number of a parameter; `flag` is what its `requires_grad` was until now."""
        found = self.number(item)
        if found is not None:
            return found
        made = self._enter(item, Kind.PARAMETER, "a parameter")
        made.is_module = Truth.NO
        state = bool(item.requires_grad) if flag is None else flag
        made.requires_grad = Truth.of(state)
        self.flags[made.id] = state
        return made.id

    def optimizer(self, item: object) -> int:
        """The number of an optimizer."""
        found = self.number(item)
        if found is not None:
            return found
        made = self._enter(item, Kind.OPTIMIZER, "optimizer")
        made.is_module = Truth.NO
        made.classes = (type(item).__name__,)
        return made.id

    def module(self, item: nn.Module, time: int) -> tuple[int, list[Replacement]]:
        """The number of a module, with all below it brought up to date: what changed since it was last seen."""
        replaced: list[Replacement] = []
        self.attached = []
        return self._module(item, time, replaced, {}), replaced

    def _module(self, item: nn.Module, time: int, replaced: list[Replacement], seen: dict[int, int]) -> int:
        if id(item) in seen:
            return seen[id(item)]
        number = self.number(item)
        since = time
        if number is None:
            number, since = self._new_module(item), 0
        seen[id(item)] = number
        known = self._attributes.setdefault(number, {})
        now: dict[str, int] = {}
        for name, child in item._modules.items():
            if child is not None:
                now[name] = self._module(child, time, replaced, seen)
        for name, parameter in item._parameters.items():
            if parameter is not None:
                now[name] = self.parameter(parameter)
        if now != known:
            self._update(number, known, now, since, replaced)
        return number

    def _update(
        self, number: int, known: dict[str, int], now: dict[str, int], time: int, replaced: list[Replacement]
    ) -> None:
        owner = self.heap[number]
        for name in [name for name in known if name not in now]:
            self.heap.detach(owner, name, time, ())
            del known[name]
        for name, child in now.items():
            old = known.get(name)
            if old == child:
                continue
            self.heap.attach(owner, name, self.heap[child], time, ())
            known[name] = child
            if time:
                self.attached.append(child)
            if old is not None and self.heap[child].kind is Kind.MODULE:
                replaced.append(Replacement(number, name, old, child))

    def _new_module(self, item: nn.Module) -> int:
        made = self._enter(item, Kind.MODULE, type(item).__name__)
        made.is_module = Truth.YES
        made.classes = tuple(_name_of(cls) for cls in type(item).__mro__ if cls is not object)
        made.norm = Truth.of(self.is_norm(item))
        made.dropout = Truth.of(self.is_random(item))
        made.affine = Truth.of("weight" in item._parameters and item._parameters["weight"] is not None)
        mode = mode_of(item)
        made.training = Truth.of(mode)
        self.modes[made.id] = mode
        return made.id

    def is_norm(self, item: Any) -> bool:
        """Whether the layer has running statistics that a forward in train mode changes."""
        layer = isinstance(item, self._nn.modules.batchnorm._NormBase)
        return layer and item._buffers.get("running_mean") is not None

    def is_random(self, item: Any) -> bool:
        """Whether the layer's output is random in train mode."""
        nn = self._nn
        if isinstance(item, nn.modules.dropout._DropoutNd):
            return bool(item.p > 0)
        if isinstance(item, nn.RNNBase):
            return bool(item.dropout > 0 and item.num_layers > 1)
        if isinstance(item, nn.MultiheadAttention):
            return bool(item.dropout > 0)
        return isinstance(item, nn.RReLU)

    def held_below(self, number: int) -> list[int]:
        """The numbers of all parameters below a module as last seen, or the parameter itself."""
        return self._below(number, Kind.PARAMETER)

    def whole_at(self, number: int, time: int) -> bool:
        """Whether all that lies below a module as last seen was already known to lie there at a moment."""
        below = self.modules_below(number)
        return all(
            edge.time < time for each in (*below, *self.held_below(number))
            for edge in self.heap[each].parents if edge.parent in below
        )  # fmt: skip

    def norms_below(self, number: int) -> list[int]:
        """The numbers of the layers below a module that have running statistics, or may have."""
        return self._layers("norms", number, lambda item: item.norm is not Truth.NO)

    def random_below(self, number: int) -> list[int]:
        """The numbers of the layers below a module that are random in train mode."""
        return self._layers("random", number, lambda item: item.dropout is Truth.YES)

    def _layers(self, kind: str, number: int, wanted: Callable[[HeapObject], bool]) -> list[int]:
        answers = self._fresh()
        if (kind, number) not in answers:
            answers[kind, number] = [each for each in self.modules_below(number) if wanted(self.heap[each])]
        return answers[kind, number]

    def modules_below(self, number: int) -> list[int]:
        """The numbers of the module and all below it as last seen."""
        return self._below(number, Kind.MODULE)

    def _below(self, number: int, kind: Kind) -> list[int]:
        answers = self._fresh()
        known = answers.get((number, kind))
        if known is None:
            known = answers[number, kind] = self._found_below(number, kind)
        return known

    def _fresh(self) -> dict[object, list[int]]:
        """Answers about the tree, forgotten when it changes."""
        if self.heap.version != self._version:
            self._version = self.heap.version
            self._answers.clear()
        return self._answers

    def _found_below(self, number: int, kind: Kind) -> list[int]:
        found: dict[int, None] = {}
        stack = [number]
        seen: set[int] = set()
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            if self.heap[current].kind is kind:
                found[current] = None
            stack.extend(reversed(self._attributes.get(current, {}).values()))
        return list(found)

    def guards(self, number: int) -> list[int]:
        """The parameters whose flags tell whether a layer is part of what is frozen: its own, or those of the nearest
        module above it that has some."""
        answers = self._fresh()
        if ("guards", number) not in answers:
            answers["guards", number] = self._guards(number)
        return answers["guards", number]

    def _guards(self, number: int) -> list[int]:
        level = [number]
        for _ in range(8):
            found = [parameter for each in level for parameter in self.held_below(each)]
            if found:
                return found
            level = [edge.parent for each in level for edge in self.heap[each].parents if not edge.ends]
        return []

    def name(self, number: int) -> str:
        """An object as the user would write it, as far as the way up to its root is known."""
        way, seen = "", set()
        while number not in seen:
            seen.add(number)
            edges = [edge for edge in self.heap[number].parents if not edge.ends] or self.heap[number].parents
            if not edges:
                break
            edge = edges[-1]
            way = (f"[{edge.name}]" if edge.name.isdigit() else f".{edge.name}") + way
            number = edge.parent
        return self.heap[number].label + way


def _name_of(cls: type) -> str:
    if cls.__module__.startswith("torch.nn.modules."):
        return f"torch.nn.{cls.__name__}"
    return f"{cls.__module__}.{cls.__qualname__}"


def mode_of(module: Any) -> bool:
    """The mode of a module. One that is just being made may have none yet, and wrappers that pass on what they lack
    must not be asked then; scripted ones keep theirs elsewhere."""
    own = module.__dict__.get("training")
    if own is None and hasattr(type(module), "training"):
        own = module.training
    return bool(own)


def compiled(ran: list[tuple[Any, bool, bool]]) -> list[tuple[Any, bool, bool]]:
    """The modules below compiled and scripted ones, whose own calls are not seen."""
    found = []
    for module, _, grad in ran:
        whole = type(module).__name__ in ("OptimizedModule", "RecursiveScriptModule", "TopLevelTracedModule")
        if whole or getattr(module, "_compiled_call_impl", None) is not None:
            found += [(each, mode_of(each), grad) for each in module.modules()]
    return found
