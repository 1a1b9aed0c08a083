"""Questions about filters by name: which names a condition is about, and for which of them it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .events import GradSet, NameTest, Selection, Tainted, WriteByName
from .findings import Note
from .spans import Span
from .symbols import Const, Element, Expr, Literal, Path, Value, leaves, relation, substitute, truth_of
from .timeline import Timeline
from .truth import Truth

_NEAR = 20
"""How many lines may lie between the head of a loop over names and a condition on them."""


class NameFilter(msgspec.Struct, frozen=True):
    """A condition on names that decides which flags a write sets, and all the names there are.

    of: what the names are of, "parameters" or "modules". span: where the condition stands, as far as is known.
    """

    write: GradSet | WriteByName
    literal: Literal
    tests: Path
    """All conditions of the write on the same elements."""
    root: int
    of: str
    names: tuple[str, ...]
    span: Span
    given: Truth
    """Whether a text of the condition is handed over by a caller."""
    listed: Span | None = None
    """Where the texts are written, where that is a list elsewhere."""

    def notes(self) -> tuple[Note, ...]:
        """The flag that it decides on, and the list, where they stand elsewhere."""
        listed = (Note(self.listed, "listed here"),) if self.listed is not None else ()
        write = (Note(self.write.span, "it decides on this flag"),) if self.write.span != self.span else ()
        return (*listed, *write)

    def holds(self, value: Value) -> frozenset[str] | None:
        """The names for which a condition holds, or None where that is not known of one."""
        found: set[str] = set()
        for name in self.names:
            truth = truth_of(_with_name(value, name), self.write.path)
            if truth is Truth.MAYBE:
                return None
            if truth is Truth.YES:
                found.add(name)
        return frozenset(found)


def name_filters(timeline: Timeline) -> Iterator[NameFilter]:
    """The filters by name of all writes of the flag below modules all of whose names are known."""
    writes: list[GradSet | WriteByName] = [*timeline.of(GradSet), *timeline.of(WriteByName)]
    for write in writes:
        for outer in write.selections:
            selection: int | Selection = outer
            while isinstance(selection, Selection):
                yield from _of_selection(timeline, write, selection)
                selection = selection.root


def _of_selection(timeline: Timeline, write: GradSet | WriteByName, selection: Selection) -> Iterator[NameFilter]:
    tests = [test for test in selection.tests if _about_names(test.value)]
    if not tests or not isinstance(selection.root, int):
        return
    known = _names(timeline, selection, write.path)
    for test in _joined(tests):
        place = _place(timeline, write, test.value)
        names = known or _gone_over(timeline, selection.of, place.span if place else write.span)
        if not names:
            continue
        yield NameFilter(
            write, test, selection.tests, selection.root, selection.of, names, place.span if place else write.span,
            place.given if place else Truth.NO, place.listed if place else None,
        )  # fmt: skip


def _joined(tests: list[Literal]) -> Iterator[Literal]:
    """The tests that must hold, and what must not hold as one: `"a" not in n and "b" not in n` leaves both out."""
    excluded: list[Value] = []
    for test in tests:
        if test.polarity:
            yield test
        else:
            parts = test.value.args if isinstance(test.value, Expr) and test.value.op == "or" else (test.value,)
            excluded.extend(part for part in parts if part not in excluded)
    if excluded:
        yield Literal(excluded[0] if len(excluded) == 1 else Expr("or", tuple(excluded)), False)


def _about_names(value: Value) -> bool:
    """Whether a condition depends on the name of the element and on nothing else of it."""
    roles = {leaf.role for leaf in leaves(value) if isinstance(leaf, Element)}
    return roles == {"name"}


def _names(timeline: Timeline, selection: Selection, path: Path) -> tuple[str, ...] | None:
    root = selection.root
    assert isinstance(root, int)
    if selection.scope not in ("all", "children") or _changed(timeline, root, selection.at, path):
        return None
    if selection.of == "parameters":
        return timeline.parameter_names(root, selection.at, path) if selection.scope == "all" else None
    if timeline.parameter_names(root, selection.at, path) is None:
        return None
    found = tuple(name for _, name, _ in timeline.modules(root, selection.at, path) if name)
    return found if selection.scope == "all" else tuple(name for name in found if "." not in name)


def _gone_over(timeline: Timeline, of: str, place: Span) -> tuple[str, ...]:
    """The names that a run went over at a place: those that were asked for last before it in the same file. None where
    they were others at each time."""
    before = [
        each for each in timeline.environment.gone_over
        if each.of == of and (each.span.path, each.span.cell) == (place.path, place.cell)
        and 0 <= place.line - each.span.line <= _NEAR
    ]  # fmt: skip
    nearest = max((each.span.line for each in before), default=0)
    found = {each.names for each in before if each.span.line == nearest}
    return found.pop() if len(found) == 1 else ()


def _changed(timeline: Timeline, root: int, time: int, path: Path) -> bool:
    """Whether code that is not known may have put something else below a module."""
    return any(
        event.time < time
        and relation(event.path, path) is not Truth.NO
        and any(
            timeline.holds_module(each, root, event.time, path) is not Truth.NO
            or timeline.holds_module(root, each, event.time, path) is not Truth.NO
            for each in event.objects
        )
        for event in timeline.of(Tainted)
    )


def _place(timeline: Timeline, write: GradSet | WriteByName, value: Value) -> NameTest | None:
    """Where the condition of a write stands in the source."""
    parts = value.args if isinstance(value, Expr) and value.op == "or" else (value,)
    for event in reversed(timeline.of(NameTest)):
        near = event.time < write.time and event.stack == write.stack
        if near and any(_contains(event.condition, part) for part in parts):
            return event
    return None


def _contains(whole: Value, part: Value) -> bool:
    return whole == part or (isinstance(whole, Expr) and any(_contains(arg, part) for arg in whole.args))


def _with_name(value: Value, name: str) -> Value:
    def replace(part: Value) -> Value | None:
        return Const(name) if isinstance(part, Element) and part.role == "name" else None

    return substitute(value, replace)


_GENERAL = re.compile(
    r"(?i)\.?(?:bn|ln|gn|norm|batch_?norm|layer_?norm|bias|weight|lora\w*|adapter\w*|prompt\w*|gamma|beta)\d*\.?"
)
_KIND = re.compile(
    r"(?i)(?:bn|ln|gn|\w*norm|bias|weight|embed\w*|pos\w*|lora\w*|adapter\w*|attn|attention|mlp|ffn|proj|drop\w*|act"
    r"|relu|pool|downsample|shortcut)\d*|conv|linear|layers?|blocks?"
)


def is_general(text: str) -> bool:
    """Whether a text speaks of norms, biases or adapters, of which a model may well have none."""
    return _GENERAL.fullmatch(text) is not None


def is_kind(text: str) -> bool:
    """Whether a text names a kind of layer wherever it stands, and no particular one: `norm`, `bn1`, `conv`."""
    return _KIND.fullmatch(text) is not None


def stands_in(text: str, name: str) -> bool:
    """Whether a text stands in a name and, where it ends in a digit, the number ends there as well."""
    end = r"(?!\d)" if text[-1:].isdigit() else ""
    return re.search(re.escape(text) + end, name) is not None


class Pattern(msgspec.Struct, frozen=True):
    """One text that names are compared with; `how` is "in" (anywhere), "start", "end" or "equal"."""

    text: str
    how: str
    value: Value


def patterns(value: Value) -> tuple[Pattern, ...]:
    """The alternatives of a condition: it holds where one of them does. Empty where it has another form."""
    match value:
        case Expr(op="or", args=args):
            found = [patterns(arg) for arg in args]
            return tuple(each for part in found for each in part) if all(found) else ()
        case Expr(op="in", args=(Element(), Const(value=tuple() as texts))):
            return tuple(_equal(text, Element("name")) for text in texts if isinstance(text, str))
        case Expr(op="in", args=(Const(value=str() as text), Element())):
            return (Pattern(text, "in", value),)
        case Expr(op="==", args=(Const(value=str() as text), Element()) | (Element(), Const(value=str() as text))):
            return (Pattern(text, "equal", value),)
        case Expr(op=".startswith" | ".endswith" as op, args=(Element(), Const(value=texts))):
            how = "start" if op == ".startswith" else "end"
            several = texts if isinstance(texts, tuple) else (texts,)
            return tuple(
                Pattern(text, how, Expr(op, (Element("name"), Const(text))))
                for text in several
                if isinstance(text, str)
            )
        case Expr(op="<", args=(Expr(op=".find" | ".count", args=(Element(), Const(value=str() as text))), _)):
            return (Pattern(text, "in", Expr("in", (Const(text), Element("name")))),)
        case _:
            return ()


def _equal(text: str, name: Value) -> Pattern:
    return Pattern(text, "equal", Expr("==", (Const(text), name)))
