"""Telling the parameters of known library models apart where the program does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from freezelint.core.events import Selection, Selections
from freezelint.core.symbols import Element, leaves

if TYPE_CHECKING:
    from .world import World

_MOST = 4000


def split_trees(world: World, selections: Selections) -> None:
    """Expand the trees below every selection that tells elements apart by name, type or index."""
    for selection in selections:
        current: int | Selection = selection
        apart = False
        while isinstance(current, Selection):
            apart = (
                apart
                or current.scope not in ("all", "self", "named")
                or any(
                    isinstance(leaf, Element) and leaf.role in ("name", "module", "index")
                    for test in current.tests
                    for leaf in leaves(test.value)
                )
            )
            apart = apart or (current.scope == "named" and isinstance(current.root, Selection))
            current = current.root
        if apart:
            world.heap.expand_below(world.heap[current], _MOST)
