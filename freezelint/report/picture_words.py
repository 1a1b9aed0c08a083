"""Words for states of parts of models, shared by the pictures on the terminal and in the browser."""

from __future__ import annotations

import msgspec

from freezelint.core.pictures import Grads, Holding, MapEvent, Mode, ModelHistory, State
from freezelint.core.spans import Span
from freezelint.report.printable import escape

MOST_NAMES = 4


def part_label(names: tuple[str, ...], model: str = "") -> str:
    """`backbone.layer4`, `backbone.{conv1, bn1}`, `blocks.{0, 1, ... 11} (12)`; the model itself by its own name."""
    if len(names) == 1:
        return escape(names[0] or model or "the model")
    parents = {name.rpartition(".")[0] for name in names}
    if len(parents) > 1:
        return escape(_listed([name or model for name in names]))
    (parent,) = parents
    listed = _listed([name.rpartition(".")[2] for name in names])
    return escape(f"{parent}.{{{listed}}}" if parent else listed)


def _listed(names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[:2])} ... {names[-1]} ({len(names)})"


def grads_words(state: State) -> str:
    """Whether it is trained: `frozen`, `frozen if args.freeze`, `` where it has no parameters."""
    match state.grads:
        case Grads.UNKNOWN:
            return escape(state.when) or "frozen or not"
        case Grads.MIXED:
            return "partly frozen"
        case Grads.NONE:
            return ""
        case Grads.TRAINABLE | Grads.FROZEN as grads:
            return str(grads.value)


def mode_words(state: State) -> str:
    """The mode: `train`, `eval`."""
    match state.mode:
        case Mode.UNKNOWN:
            return "train or eval"
        case Mode.MIXED:
            return "train and eval"
        case Mode.TRAIN | Mode.EVAL as mode:
            return str(mode.value)


def holding_words(holding: Holding) -> str:
    """`in optimizer`, `partly in optimizer`, `perhaps in optimizer`."""
    doubt = "" if holding.sure else "perhaps "
    return escape(f"{doubt}{'partly ' if holding.some else ''}in {holding.optimizer}")


def optimizer_words(state: State) -> str:
    """All optimizers that hold it."""
    return ", ".join(holding_words(each) for each in state.optimizers)


def changed_words(before: State | None, now: State | None) -> str:
    """What is new in the state of a part; all of it where there was no such part before."""
    if now is None:
        return "gone" if before is not None else ""
    words = []
    if before is None or (before.grads, before.when) != (now.grads, now.when):
        words.append(grads_words(now))
    if before is None or before.mode is not now.mode:
        words.append(mode_words(now))
    if before is None or before.optimizers != now.optimizers:
        words.append(optimizer_words(now) or ("" if before is None else "in no optimizer"))
    return ", ".join(word for word in words if word)


def state_words(state: State) -> str:
    """All of a state."""
    return changed_words(None, state)


def event_words(event: MapEvent) -> str:
    """Where in the program an event stands: function, condition, round."""
    words = []
    if event.function:
        words.append(f"in {event.function}")
    if event.condition:
        words.append(f"if {event.condition}")
    if event.later:
        words.append("in later rounds")
    if not event.effect:
        words.append("no effect")
    return escape(", ".join(words))


def place_in(span: Span, path: str) -> str:
    """The line, with what else is needed to find it: the file where it is another one, the cell of a notebook."""
    cell = "" if span.cell is None else f"cell {span.cell}:"
    return f"{'' if span.path == path else escape(span.path) + ':'}{cell}{span.line}"


class Change(msgspec.Struct, frozen=True):
    """What an event changed, in words, about which part of the model, and the state that it is in now."""

    label: str
    words: str
    state: State | None


def changes_at(model: ModelHistory, number: int) -> list[Change]:
    """What an event changed. Parts with the same change are told together, by the name of what holds them where that
    is all of them."""
    found: dict[str, tuple[list[str], State | None]] = {}
    for part in model.parts:
        before = part.states[number - 1] if number else None
        words = changed_words(before, part.states[number])
        if words:
            found.setdefault(words, ([], part.states[number]))[0].extend(part.names)
    every = [name for part in model.parts for name in part.names]
    return [
        Change(part_label(_whole(names, every), model.label), words, state) for words, (names, state) in found.items()
    ]


def _whole(names: list[str], every: list[str]) -> tuple[str, ...]:
    """The names, those of all parts of a module put together as that module."""
    if len(names) == len(every):
        return ("",)
    given = set(names)
    kept: dict[str, None] = {}
    for name in names:
        pieces = name.split(".")
        tops = (".".join(pieces[:length]) for length in range(1, len(pieces)))
        whole = (top for top in tops if all(each in given for each in every if f"{each}.".startswith(f"{top}.")))
        kept.setdefault(next(whole, name))
    return tuple(kept)
