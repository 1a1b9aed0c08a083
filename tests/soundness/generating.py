"""Strategies for programs: every program that they give can be run until it makes a mistake of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from hypothesis import strategies as st

from tests.soundness import syntax as s

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

_LAYERS = (
    "Linear", "BatchNorm1d", "Dropout", "LayerNorm", "ReLU", "Bare", "InstanceNorm1d", "Plain", "GroupNorm", "PReLU",
    "Identity", "Transformer",
)  # fmt: skip
_EMPTY = ("Dropout", "ReLU", "Plain", "Identity")
"""Layers without parameters."""
_SQUARE = ("Linear", "Bare")
"""Layers with a weight of 4 by 4, which may be tied or made anew."""
_CHECKED = (
    "Linear", "BatchNorm1d", "Dropout", "LayerNorm", "nn.Linear, nn.LayerNorm", "nn.modules.batchnorm._BatchNorm",
)  # fmt: skip
_FIELDS = ("body", "neck", "head", "side")
_TEXTS = ("weight", "bias", "head", "body", "0", "1", "norm", "part0", "body.0", "neck.", ".weight", "in_proj")


class Known(msgspec.Struct, frozen=True):
    """What an act may refer to: a part, with ways from it, the options, the optimizers built, the loop around it."""

    classes: tuple[s.Class, ...]
    part: s.Part
    options: int
    optimizers: tuple[int, ...] = ()
    looping: bool = False
    top: bool = False
    free: tuple[str, ...] = ()

    def ways(self) -> list[s.Way]:
        """All ways to parts."""
        return [way for way, _ in s.ways(self.classes, self.part)]

    def holders(self) -> list[s.Way]:
        """The ways to parts that surely hold a parameter."""
        layers = self.leaves(*(each for each in _LAYERS if each not in _EMPTY))
        return [way for way in self.ways() if any(each[: len(way)] == way for each in layers)]

    def leaves(self, *classes: str) -> list[s.Way]:
        """The ways to layers of torch, or to those of some classes."""
        return [
            way for way, part in s.ways(self.classes, self.part)
            if way and isinstance(part, s.Leaf) and (not classes or part.cls in classes)
        ]  # fmt: skip


@st.composite
def programs(draw: Draw[object]) -> s.Program:
    """Whole programs."""
    pick = _Picker(draw)
    classes = pick.classes()
    options = tuple(pick.flag() for _ in range(pick.number(0, 2)))
    known = Known(classes, s.Own(len(classes) - 1), len(options), top=True, free=("copy", "wrap"))
    acts: list[s.Act] = pick.acts(known, 1, 3)
    acts.append(pick.build(known, 0))
    known = msgspec.structs.replace(known, optimizers=(0,))
    if pick.number(0, 3) == 3:
        acts += [*pick.acts(known, 0, 1), pick.build(known, 1)]
        known = msgspec.structs.replace(known, optimizers=(0, 1))
    acts += pick.acts(known, 0, 2)
    for _ in range(pick.number(1, 2)):
        acts.append(pick.epochs(known))
        acts += pick.acts(known, 0, 2)
    style = pick.one(("argparse", "json", "environ")) if options else "argparse"
    return s.Program(classes, _one_of_a_kind(acts), options, style, pick.flag())


def _one_of_a_kind(acts: Sequence[s.Act]) -> tuple[s.Act, ...]:
    """At most one copy and one wrapper: their names are fixed."""
    kept: list[s.Act] = []
    for act in acts:
        if not isinstance(act, (s.Copy, s.Wrap)) or not any(isinstance(each, type(act)) for each in kept):
            kept.append(act)
    return tuple(kept)


class _Picker:
    def __init__(self, draw: Draw[object]) -> None:
        self._draw: Callable[..., object] = draw

    def one(self, choices: Sequence[T]) -> T:
        """One of them; the first is the simplest."""
        return self._draw(st.sampled_from(choices))  # type: ignore[return-value]

    def number(self, low: int, high: int) -> int:
        """A number, both bounds included."""
        return self._draw(st.integers(low, high))  # type: ignore[return-value]

    def flag(self) -> bool:
        """A boolean."""
        return self._draw(st.booleans())  # type: ignore[return-value]

    # --- models -------------------------------------------------------------------------------------------------------

    def classes(self) -> tuple[s.Class, ...]:
        """The classes of the program, that of the model last."""
        found: list[s.Class] = []
        for number in range(self.number(0, 2)):
            found.append(self._class(f"Block{number}", tuple(found), 1, 3))
        found.append(self._class("Net", tuple(found), 2, 4))
        return tuple(found)

    def _class(self, name: str, classes: tuple[s.Class, ...], least: int, most: int) -> s.Class:
        fields: list[s.Field] = []
        for field in _FIELDS[: self.number(least, most)]:
            used = self.one(("", "", "", "", "", "no_grad", "detach", "skipped"))
            fields.append(s.Field(field, self._part(classes, fields), used))
        # A graph that is cut off at its end ends the program at once.
        fields[-1] = msgspec.structs.replace(fields[-1], use="")
        names = [field.name for field in fields]
        frozen = tuple(name for name in names if self.number(0, 9) == 9)
        resting = tuple(name for name in names if self.number(0, 9) == 9)
        return s.Class(name, tuple(fields), frozen, resting)

    def _part(self, classes: tuple[s.Class, ...], fields: Sequence[s.Field]) -> s.Part:
        kinds = ["leaf", "row", "row"] + ["own"] * bool(classes) + ["same"] * bool(fields)
        match self.one(kinds):
            case "leaf":
                return s.Leaf(self.one(_LAYERS))
            case "own":
                return s.Own(self.number(0, len(classes) - 1))
            case "same":
                return s.Same(self.one([field.name for field in fields if not isinstance(field.part, s.Same)]))
            case _:
                parts = tuple(self._inner(classes) for _ in range(self.number(1, 3)))
                return s.Row(self.one(("Sequential", "Sequential", "ModuleList", "Named", "ModuleDict")), parts)

    def _inner(self, classes: tuple[s.Class, ...]) -> s.Part:
        match self.number(0, 9):
            case 9 if classes:
                return s.Own(self.number(0, len(classes) - 1))
            case 8:
                return s.Row("Sequential", tuple(s.Leaf(self.one(_LAYERS)) for _ in range(self.number(1, 2))))
            case _:
                return s.Leaf(self.one(_LAYERS))

    # --- acts ---------------------------------------------------------------------------------------------------------

    def acts(self, known: Known, least: int, most: int, depth: int = 2) -> list[s.Act]:
        """Some acts."""
        return [self.act(known, depth) for _ in range(self.number(least, most))]

    def act(self, known: Known, depth: int) -> s.Act:
        """One act."""
        kinds: list[str] = ["flags"] * 4 + ["whole"] * 2 + ["one", "mode", "mode", "each"]
        kinds += ["replace", "rewrap", "tie", "load", "append"]
        kinds += ["branch", "branch", "within", "within"] * (depth > 0)
        kinds += ["train", "train", "group"] * bool(known.optimizers) + ["evaluate", *known.free] * known.top
        return getattr(self, f"_{self.one(kinds)}")(known, depth)  # type: ignore[no-any-return]

    def _way(self, known: Known) -> s.Way:
        # Seldom the root: programs in which everything is frozen end at their first backward.
        return self.one(known.ways() if self.number(0, 3) == 0 else [way for way in known.ways() if way] or [()])

    def names(self, known: Known) -> s.Names:
        """A condition on names."""
        own = [key for way in known.ways() for key in way]
        texts = tuple(dict.fromkeys((*_TEXTS, *own)))
        how = self.one(("in", "startswith", "endswith", "==", "any", "re", "among", "not in"))
        count = 2 if how in ("any", "among") else 1
        if how == "==":
            texts = (*texts, *(".".join((*way, "weight")) for way in known.ways()))
        return s.Names(how, tuple(self.one(texts) for _ in range(count)))

    def _flags(self, known: Known, depth: int) -> s.Act:
        how = self.one(s.SELECTS)
        named = how in ("named", "continue", "named_children", "dict", "named_modules")
        start, stop = None, None
        if how in ("slice", "children", "enumerate"):
            start, stop = (
                (None, self.number(-2, 4)) if self.flag() or how == "enumerate" else (self.number(-3, 3), None)
            )
        own = tuple(cls.name for cls in known.classes)
        select = s.Select(
            how, self.names(known) if named else None,
            self.one((*_CHECKED, *own)) if how in ("class", "apply", "recursive") else "", start, stop,
        )  # fmt: skip
        values = ["False", "True", "not"] + ["option"] * bool(known.options) + ["test"] * (how == "named")
        value = self.one(values)
        option = self.number(0, known.options - 1) if value == "option" else 0
        return s.Flags(self._way(known), select, value, self.one(("assign", "method", "setattr")), option)

    def _whole(self, known: Known, depth: int) -> s.Act:
        how = self.one(("method", "method", "method", "map", "list", "plain", "lazy"))
        value = self.flag() or self.flag()
        holders = known.holders()
        if how in ("plain", "lazy") and holders:  # they are no mistakes where there is nothing to freeze
            return s.Whole(self.one(holders), value, how)
        return s.Whole(self._way(known), value, "method" if how in ("plain", "lazy") else how)

    def _one(self, known: Known, depth: int) -> s.Act:
        ways = known.leaves("Linear", "BatchNorm1d", "LayerNorm", "GroupNorm", "InstanceNorm1d")
        return s.One(self.one(ways), self.one(("weight", "bias")), self.flag()) if ways else self._whole(known, depth)

    def _mode(self, known: Known, depth: int) -> s.Act:
        how = self.one(("call", "call", "argument", "flag", "apply", "loop"))
        own = tuple(cls.name for cls in known.classes)
        cls = self.one((*_CHECKED, *own)) if how in ("apply", "loop") else ""
        return s.Mode(self._way(known), self.flag(), how, cls)

    def _each(self, known: Known, depth: int) -> s.Act:
        ways = self._apart(known, 3)
        if not ways:
            return self._whole(known, depth)
        short = isinstance(known.part, s.Own) and all(len(way) == 1 for way in ways)
        hows = ("tuple", "list", "zip", "names") if short else ("tuple", "list", "zip")
        return s.Each(ways, self.flag(), self.one(hows), self.flag())

    def _apart(self, known: Known, most: int) -> tuple[s.Way, ...]:
        """Parts none of which lies below another one."""
        ways: list[s.Way] = []
        for _ in range(self.number(1, most)):
            free = [way for way in known.holders() if way and not any(_nested(way, other) for other in ways)]
            if free:
                ways.append(self.one(free))
        return tuple(ways)

    def build(self, known: Known, number: int) -> s.Act:
        """An optimizer."""
        how = self.one(("parameters", "filter", "comprehension", "groups", "helper", "names", "generator", "decay"))
        cls = self.one(("SGD", "AdamW", "Momentum", "Adam"))
        several = how in ("groups", "parameters") and self.flag()
        ways = self._apart(known, 2) if several else ()
        if not ways:
            ways = (self.one([(), (), *known.holders()]),)
        names = s.Names(self.one(("in", "not in", "endswith")), (self.one(("weight", "bias", "body", "head", "0")),))
        return s.Build(number, cls, ways, how, names if how == "names" else None)

    def _group(self, known: Known, depth: int) -> s.Act:
        return s.AddGroup(self.one(known.optimizers), self._way(known), self.flag())

    def _replace(self, known: Known, depth: int) -> s.Act:
        ways = known.leaves()
        if not ways:
            return self._whole(known, depth)
        return s.Replace(self.one(ways), self.one(_LAYERS), self.one(("assign", "setattr")))

    def _append(self, known: Known, depth: int) -> s.Act:
        rows = [way for way, part in s.ways(known.classes, known.part)
                if isinstance(part, s.Row) and part.kind in ("Sequential", "ModuleList")]  # fmt: skip
        if not rows:
            return self._replace(known, depth)
        return s.Append(self.one(rows), self.one(_LAYERS), self.one(("append", "extend", "add_module")))

    def _rewrap(self, known: Known, depth: int) -> s.Act:
        ways = known.leaves(*_SQUARE)
        return s.Rewrap(self.one(ways), self.one(("new", "same", "kept"))) if ways else self._replace(known, depth)

    def _tie(self, known: Known, depth: int) -> s.Act:
        ways = known.leaves(*_SQUARE)
        if len(ways) < 2:
            return self._rewrap(known, depth)
        first = self.one(ways)
        return s.Tie(first, self.one([way for way in ways if way != first]))

    def _load(self, known: Known, depth: int) -> s.Act:
        return s.Load(self._way(known))

    def _train(self, known: Known, depth: int) -> s.Act:
        return s.Train(self.one(known.optimizers), self.one(("inline", "function", "two", "closure")))

    def _evaluate(self, known: Known, depth: int) -> s.Act:
        return s.Evaluate(self.flag())

    def _copy(self, known: Known, depth: int) -> s.Act:
        return s.Copy(self.flag(), self.flag())

    def _wrap(self, known: Known, depth: int) -> s.Act:
        return s.Wrap(self.one(("parallel", "own", "sequential")))

    def _branch(self, known: Known, depth: int) -> s.Act:
        inner = msgspec.structs.replace(known, free=())
        other = tuple(self.acts(inner, 1, 2, depth - 1)) if self.flag() else ()
        return s.Branch(self._test(known), tuple(self.acts(inner, 1, 2, depth - 1)), other)

    def _test(self, known: Known) -> s.Test:
        kinds = ["option", "option"] * bool(known.options) + ["is", "from", "odd"] * known.looping + ["known"]
        kind = self.one(kinds)
        most = max(0, known.options - 1) if kind == "option" else 2
        return s.Test(kind, self.number(0, most), self.flag())

    def epochs(self, known: Known) -> s.Act:
        """A loop that trains."""
        inner = msgspec.structs.replace(known, looping=True, free=())
        acts = [*self.acts(inner, 0, 2), self._train(inner, 1), *self.acts(inner, 0, 2)]
        return s.Epochs(self.number(1, 3), tuple(acts), self.one(("range", "range", "while", "list")))

    def _within(self, known: Known, depth: int) -> s.Act:
        way = self._way(known)
        hows = ["function", "function", "alias", "early", "with", "try", "object"]
        if known.top and not way:
            hows.append("method")
        if known.top and way:
            hows.append("submodule")
        part = known.part
        for key in way:
            part = dict(s.children(known.classes, part))[key]
        inner = Known(known.classes, part, known.options)
        return s.Within(way, self.one(hows), tuple(self.acts(inner, 1, 2, depth - 1)))


def _nested(way: s.Way, other: s.Way) -> bool:
    shorter = min(len(way), len(other))
    return way[:shorter] == other[:shorter]
