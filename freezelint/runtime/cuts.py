"""Modules that run without gradients in a run: where, and so what the losses were cut off from."""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterator
from functools import lru_cache
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from freezelint.core.events import Backward, Cut, Event, Forward, Use
from freezelint.core.spans import Span
from freezelint.runtime.log import Log
from freezelint.runtime.measures import Measures
from freezelint.runtime.models import Models
from freezelint.runtime.sites import Sites

if TYPE_CHECKING:
    from torch import nn

_MODES = ("no_grad", "inference_mode", "set_grad_enabled")


class Place(msgspec.Struct, frozen=True):
    """Where a module runs without gradients: `call` is what calls it, `off` what turned them off, by `how`."""

    call: Span
    off: Span
    how: str


class Cuts:
    """Follows what runs without gradients, and tells of it in the events of backwards and forwards."""

    def __init__(self, log: Log, models: Models, measures: Measures) -> None:
        self._log = log
        self._models = models
        self._measures = measures
        self._places: dict[int, Place | None] = {}

    def without_gradients(self, module: nn.Module) -> None:
        """A module is about to run without gradients, for the first time or not."""
        number = self._models.number(module)
        if number is None or number in self._places:
            return
        frame = sys._getframe(1)
        call = self._log.sites.here(frame).span
        self._places[number] = _place(self._log.sites, call, frame) if call.path else None

    def told(self, events: list[Event]) -> list[Event]:
        """The events, with what their losses reach and what they were cut off from, as far as it was seen.

        What runs with gradients at any time is cut off from nothing here: its gradients may get lost later on, which
        is not seen.
        """
        cuts = tuple(self._cuts())
        if not cuts:
            return events
        moves = self._measures.moves
        reaches = tuple(Use(module=number, span=cuts[0].span) for number, each in moves.items() if each.grad_steps)
        return [self._filled(event, cuts, reaches) for event in events]

    def _filled(self, event: Event, cuts: tuple[Cut, ...], reaches: tuple[Use, ...]) -> Event:
        match event:
            case Backward():
                return msgspec.structs.replace(event, cuts=cuts, reaches=reaches, lost=False)
            case Forward():
                return msgspec.structs.replace(event, followed=True)
        return event

    def _cuts(self) -> Iterator[Cut]:
        """Those that only ever run without gradients, the outermost of them."""
        live = self._measures.live
        off = {number: place for number, place in self._places.items() if place is not None and number not in live}
        for number, place in off.items():
            above = (edge.parent for edge in self._models.heap[number].parents if not edge.ends)
            if not any(each in off for each in above):
                use = Use(module=number, span=place.call, text=self._models.name(number))
                yield Cut(use=use, span=place.off, how=place.how, own=True)


def _place(sites: Sites, call: Span, frame: FrameType) -> Place:
    """Where gradients were turned off, in the source of the user's frames: a `with`, or a decorator."""
    for each in sites.frames(frame):
        found = _turned_off(each.f_code.co_filename, each.f_lineno)
        if found is not None:
            return Place(call, sites.node(each.f_code.co_filename, found[0]), found[1])
    return Place(call, call, "no_grad")


@lru_cache(maxsize=64)
def _tree(filename: str) -> ast.Module | None:
    try:
        return ast.parse("".join(linecache.getlines(filename)))
    except (SyntaxError, ValueError):
        return None


def _turned_off(filename: str, line: int) -> tuple[ast.expr, str] | None:
    """What turns gradients off at a line of a file: the innermost `with` around it, or a decorator of its function."""
    best: tuple[ast.expr, str] | None = None
    tree = _tree(filename)
    for node in ast.walk(tree) if tree is not None else ():  # outer ones come first
        if not isinstance(node, (ast.With, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if not node.lineno <= line <= (node.end_lineno or node.lineno):
            continue
        if isinstance(node, ast.With):
            found = _mode_in([item.context_expr for item in node.items])
            best = found or best
        else:
            found = _mode_in(node.decorator_list)
            best = None if found is None else (found[0], "decorator")
    return best


def _mode_in(nodes: list[ast.expr]) -> tuple[ast.expr, str] | None:
    for node in nodes:
        names = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
        names |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        how = next((each for each in _MODES if each in names), None)
        if how is not None:
            return node, how
    return None
