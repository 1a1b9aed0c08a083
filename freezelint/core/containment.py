"""Containment at a moment: what lies below a module, under which names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .events import Event
from .objects import Heap, HeapObject, Kind
from .symbols import Path
from .truth import MAYBE, NO, YES, Truth

_DEEP = 24
_MOST = 5000


class Memo:
    """Answers by question, forgotten as soon as the log or the heap has grown."""

    def __init__(self, heap: Heap, events: Sequence[Event]) -> None:
        self._heap = heap
        self._events = events
        self._answers: dict[object, object] = {}
        self._version = (-1, -1)

    def fresh(self) -> dict[object, object]:
        """The answers that still hold."""
        version = (len(self._events), self._heap.version)
        if version != self._version:
            self._version = version
            self._answers.clear()
        return self._answers


class Containment:
    """Which objects stand below which, at any time and under any condition."""

    def __init__(self, heap: Heap, memo: Memo) -> None:
        self.heap = heap
        self._memo = memo

    def below(self, root: int, item: int, time: int, path: Path) -> tuple[tuple[str, Truth], ...]:
        """Every way from `root` down to `item` at `time`: the dotted name and whether it stands. ("", YES) for
        the root itself."""
        cache = self._memo.fresh()
        if root != item and root not in self._ever_above(item, cache):
            return ()
        key = ("below", root, item, time, path)
        found = cache.get(key)
        if found is None:
            found = cache[key] = tuple(self._ways(root, item, time, path, 0, frozenset()))
        return found  # type: ignore[return-value]

    def _ever_above(self, item: int, cache: dict[object, object]) -> set[int]:
        """All that the object stood below at any time."""
        key = ("above", item)
        found = cache.get(key)
        if found is None:
            above: set[int] = set()
            stack = [item]
            while stack:
                for edge in self.heap[stack.pop()].parents:
                    if edge.parent not in above:
                        above.add(edge.parent)
                        stack.append(edge.parent)
            found = cache[key] = above
        return found  # type: ignore[return-value]

    def _ways(
        self, root: int, item: int, time: int, path: Path, depth: int, seen: frozenset[int]
    ) -> Iterator[tuple[str, Truth]]:
        if item == root:
            yield "", YES
            return
        if depth > _DEEP or item in seen:
            return
        seen = seen | {item}
        for edge in self.heap[item].parents:
            alive = edge.alive(time, path)
            if alive is NO:
                continue
            for name, truth in self._ways(root, edge.parent, time, path, depth + 1, seen):
                yield (f"{name}.{edge.name}" if name else edge.name), truth & alive

    def holds_module(self, root: int, item: int, time: int, path: Path) -> Truth:
        """Whether `item` lies below `root` (or is it)."""
        result = NO
        for _, truth in self.below(root, item, time, path):
            result = result | truth
        return result

    def modules(self, root: int, time: int, path: Path) -> list[tuple[HeapObject, str, Truth]]:
        """The module objects at and below `root`, in order, with their dotted names."""
        cache = self._memo.fresh()
        key = ("modules", root, time, path)
        found = cache.get(key)
        if found is None:
            result: list[tuple[HeapObject, str, Truth]] = []
            self._collect(self.heap[root], "", YES, time, path, result, set())
            found = cache[key] = result
        return found  # type: ignore[return-value]

    def _collect(
        self,
        item: HeapObject,
        name: str,
        truth: Truth,
        time: int,
        path: Path,
        into: list[tuple[HeapObject, str, Truth]],
        seen: set[int],
    ) -> None:
        if item.id in seen or len(into) > _MOST:
            return
        seen.add(item.id)
        into.append((item, name, truth))
        for edge in item.attributes:
            child = self.heap[edge.child]
            if child.kind is not Kind.MODULE and child.is_module is not YES:
                continue
            alive = edge.alive(time, path)
            if alive is not NO:
                dotted = f"{name}.{edge.name}" if name else edge.name
                self._collect(child, dotted, truth & alive, time, path, into, seen)

    def position(self, root: int, name: str, time: int, path: Path) -> tuple[tuple[bool, int], ...]:
        """Where a dotted name stands among those below `root`, for comparing: own parameters before modules."""
        found: list[tuple[bool, int]] = []
        for part in name.split(".") if name else ():
            edges = [e for e in self.heap[root].edges if e.name == part and e.alive(time, path) is not NO]
            if not edges:
                break
            root = edges[-1].child
            found.append((self.heap[root].kind is not Kind.PARAMETER, edges[-1].slot))
        return tuple(found)

    def parameter_names(self, root: int, time: int, path: Path) -> tuple[str, ...] | None:
        """All parameter names below `root` in order, or None where not all are known."""
        cache = self._memo.fresh()
        key = ("names", root, time, path)
        if key in cache:
            return cache[key]  # type: ignore[return-value]
        names = self._parameter_names(root, time, path)
        cache[key] = names
        return names

    def _parameter_names(self, root: int, time: int, path: Path) -> tuple[str, ...] | None:
        names: list[str] = []
        listed: set[tuple[int, str]] = set()
        for item, name, truth in self.modules(root, time, path):
            if item.open or item.hidden or not item.expanded or truth is not YES:
                return None
            own = self._own_names(item, listed, time, path)
            if own is None:
                return None
            names.extend(f"{name}.{each}" if name else each for each in own)
        return tuple(names)

    def _own_names(self, item: HeapObject, listed: set[tuple[int, str]], time: int, path: Path) -> list[str] | None:
        """The names of a module's own parameters in order, without those that are `listed` already under another name;
        None where they are not known. A new parameter keeps the place of the one that it takes the place of."""
        who: dict[str, tuple[int, str]] = {}
        for each in item.parameters:
            first = self._first_name(item.id, each, time, path)
            if first is None:
                return None
            who[each] = first
        for edge in item.attributes:
            child, alive = self.heap[edge.child], edge.alive(time, path)
            if alive is NO:
                continue
            if child.kind is Kind.OBJECT and child.is_module is MAYBE:
                return None
            if child.kind is Kind.PARAMETER:
                if alive is not YES and edge.name not in who:
                    return None
                if alive is YES:
                    who[edge.name] = child.id, ""
        own = [each for each, identity in who.items() if identity not in listed]
        listed.update(who.values())
        return own

    def _first_name(self, owner: int, name: str, time: int, path: Path) -> tuple[int, str] | None:
        """The name that a parameter had first where it is tied: it is listed once. None where that is not known."""
        for tie in self.heap.ties:
            truth = tie.holds((owner, name), path, time) if tie.time <= time else Truth.NO
            if truth is not Truth.NO:
                return tie.members[0] if truth is Truth.YES else None
        return owner, name

    def replaced(self, owner: int, name: str, time: int, path: Path) -> Truth:
        """Whether one of a layer's own parameters has given place to another one under its name."""
        result = NO
        for edge in self.heap[owner].edges:
            if edge.name == name and self.heap[edge.child].kind is Kind.PARAMETER:
                result = result | edge.alive(time, path)
        return result

    def ancestors(self, item: int, time: int, path: Path) -> list[int]:
        """The object and all that it may lie below."""
        found, stack = [], [item]
        while stack:
            current = stack.pop()
            if current in found:
                continue
            found.append(current)
            stack.extend(edge.parent for edge in self.heap[current].parents if edge.alive(time, path) is not NO)
        return found
