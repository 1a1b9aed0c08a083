"""Tied weights: one parameter under several names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from freezelint.core.events import ParametersTied
from freezelint.core.objects import HeapObject, Kind, Tie
from freezelint.core.spans import Span
from freezelint.core.symbols import Const, Expr, Ref
from freezelint.core.truth import Truth
from freezelint.libraries.trees import TreeNode
from freezelint.source import ir

from .frames import Frame
from .invocation import Invocation
from .text import render

if TYPE_CHECKING:
    from .interpreter import Interpreter


def stored(interp: Interpreter, owner: HeapObject, name: str, value: Any, target: ir.Expression, frame: Frame) -> bool:
    """`decoder.weight = encoder.weight` ties the two, which is True; any other value cuts the tie."""
    world = interp.world
    member = (owner.id, name)
    match value:
        case Expr(op="parameter", args=(Ref(id=number), Const(value=str() as other))) if _are_one(
            interp, member, (number, other)
        ):
            return True
    for tie in world.heap.ties:
        if member in tie.members and not world.event_path():
            tie.cut[member] = world.now
            world.heap.version += 1
    match value:
        case Expr(op="parameter", args=(Ref(id=number), Const(value=str() as other))) if (
            owner.kind is Kind.MODULE and name in owner.parameters and (number, other) != member
        ):
            world.heap.detach(owner, name, world.tick(), world.event_path())
            _tie(interp, ((number, other), member), Truth.YES, interp.span(target.at, frame), render(target))
            return True
        case _:
            return False


def _are_one(interp: Interpreter, member: tuple[int, str], other: tuple[int, str]) -> bool:
    """Whether two names of layers' own parameters surely are one parameter by now."""
    heap, path, now = interp.world.heap, interp.world.event_path(), interp.world.now
    replaced = any(
        edge.name == name and edge.alive(now, path) is not Truth.NO
        for number, name in (member, other) for edge in heap[number].edges
    )  # fmt: skip
    return not replaced and heap.first_name(member, path, now) == heap.first_name(other, path, now)


def of_tree(interp: Interpreter, made: HeapObject, tree: TreeNode, truth: Truth, call: Invocation) -> None:
    """The weights that the constructor of a library's model ties."""
    for group in tree.tied:
        members = [_member(interp, made, name) for name in group]
        known = tuple(member for member in members if member is not None)
        if truth is not Truth.NO and len(known) > 1:
            _tie(interp, known, truth, call.span, made.label)


def copied(interp: Interpreter, copies: Mapping[int, HeapObject], moment: int) -> None:
    """The copies of tied parameters, by the numbers of their owners, are tied as well."""
    heap, path = interp.world.heap, interp.world.event_path()
    for tie in tuple(heap.ties):
        members = tuple(
            (copies[owner].id, name) for owner, name in tie.members
            if owner in copies and tie.time < moment and tie.holds((owner, name), path, moment) is not Truth.NO
        )  # fmt: skip
        if len(members) > 1:
            heap.ties.append(Tie(members, interp.world.tick(), tie.path, tie.truth))
            heap.version += 1


def _member(interp: Interpreter, made: HeapObject, dotted: str) -> tuple[int, str] | None:
    """The owner and the name of a parameter below a model."""
    world = interp.world
    owner: HeapObject | None = made
    *way, name = dotted.split(".")
    for part in way:
        if owner is None:
            return None
        owner = world.heap.child(owner, part, world.now)
    return (owner.id, name) if owner is not None and name in owner.parameters else None


def _tie(interp: Interpreter, members: tuple[tuple[int, str], ...], truth: Truth, span: Span, text: str) -> None:
    world = interp.world
    joined = next((tie for tie in world.heap.ties if members[0] in tie.members and not tie.cut), None)
    if joined is not None and joined.path == world.event_path():
        members = (*joined.members, *(each for each in members if each not in joined.members))
    world.heap.ties.append(Tie(members, world.tick(), world.event_path(), truth))
    world.heap.version += 1
    world.emit(ParametersTied, span, text, members=members, truth=truth)
