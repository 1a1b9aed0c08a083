"""What is known to be wrong or missed: the constructs of generated programs that explain a disagreement.

Each has a program that shows it. Where that program is judged right one day, a test fails and the gap is to go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from tests.soundness import syntax as s


class Gap(msgspec.Struct, frozen=True):
    """A construct, whether a program has it, and a program that shows what it leads to: `about` "states" that are
    outside, or mistakes that are "missed"."""

    name: str
    about: str
    excuses: Callable[[s.Program], bool]
    example: s.Program


def acts(program: s.Program) -> Iterator[s.Act]:
    """All acts of a program, those within others included."""
    stack = list(program.acts)
    while stack:
        act = stack.pop()
        yield act
        match act:
            case s.Branch(then=then, other=other):
                stack += [*then, *other]
            case s.Epochs(acts=inner) | s.Within(acts=inner):
                stack += inner


def excuse(program: s.Program, about: str) -> Gap | None:
    """The gap that explains why the witnesses disagree about a program, where there is one."""
    return next((gap for gap in GAPS if gap.about == about and gap.excuses(program)), None)


def _model(*layers: str) -> tuple[s.Class, ...]:
    return (s.Class("Net", tuple(s.Field(f"part{n}", s.Leaf(layer)) for n, layer in enumerate(layers))),)


def _turns(act: s.Act) -> bool:
    return isinstance(act, s.Flags) and act.value == "not"


def _turned_in_modules(program: s.Program) -> bool:
    return any(_turns(act) and act.select.how in _OVER_MODULES for act in acts(program) if isinstance(act, s.Flags))


def _picked_by_shape(program: s.Program) -> bool:
    return any(isinstance(act, s.Flags) and act.select.how == "dims" for act in acts(program))


_OVER_MODULES = ("class", "apply", "children", "named_children", "modules", "named_modules", "recursive")

GAPS = (
    Gap(
        "flags that are turned over in a loop over modules, which may meet a parameter several times",
        "missed",
        _turned_in_modules,
        s.Program(
            (s.Class("Net", (s.Field("part0", s.Row("Sequential", (s.Leaf("Linear"), s.Leaf("BatchNorm1d")))),
                             s.Field("part1", s.Leaf("Linear")))),),
            (
                s.Flags(("part0",), s.Select("class", cls="BatchNorm1d"), "not"),
                s.Build(0, "SGD", ((),), "filter"),
                s.Epochs(2, (s.Train(0, "inline"),)),
            ),
        ),
    ),
    Gap(
        "parameters that are picked by their shape, which the analysis does not know",
        "missed",
        _picked_by_shape,
        s.Program(
            _model("BatchNorm1d", "Linear"),
            (
                s.Flags(("part0",), s.Select("dims"), "False"),
                s.Build(0, "SGD", ((),), "filter"),
                s.Epochs(2, (s.Train(0, "inline"),)),
            ),
        ),
    ),
)  # fmt: skip
