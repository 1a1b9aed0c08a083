"""Recipes that several rules give, made from what a timeline knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from .events import (
    Backward,
    Event,
    Forward,
    GradSet,
    LayerSettingSet,
    ModeSet,
    OptimizerBuilt,
    Selection,
    Stepped,
    TensorBackward,
)
from .objects import HeapObject, Kind
from .questions import below, concerns, frozen, inside, layers, run_by, tests_flag
from .recipes import (
    AlsoHold,
    CalleeOf,
    Either,
    Enclose,
    Insert,
    IterableAround,
    KeepTrainable,
    NameOf,
    ReceiverOf,
    Recipe,
    Source,
)
from .spans import Span
from .symbols import Path
from .timeline import ParameterAtom, Timeline
from .truth import NO, YES, Truth, every, some

FROZEN_NORMS = """\
for $new_module in $model.modules():
    if isinstance($new_module, $nn.modules.batchnorm._NormBase) and $new_module.affine:
        if not $new_module.weight.requires_grad:
            $new_module.eval()"""
"""Puts the normalisation layers with frozen weights in eval mode, whatever model it is."""


ALL_NORMS = """\
for $new_module in $model.modules():
    if isinstance($new_module, $nn.modules.batchnorm._NormBase):
        $new_module.eval()"""
"""Puts all normalisation layers in eval mode."""


def eval_of_frozen_part(
    timeline: Timeline, write: GradSet, mode: ModeSet | None, forward: Forward
) -> tuple[Recipe, ...]:
    """`eval()` of what a write freezes: after the `train()` call that put it in train mode, or after the freeze where
    none did. No recipe where parts of it are trained."""
    part = whole(timeline, write)
    if part is None:
        return ()
    if frozen(timeline, timeline.atoms(below(part, forward.time), write.path), forward.time, write.path) is not YES:
        return ()
    if mode is not None:
        return eval_again(timeline, mode, part, write.path)
    return after_flag(write, "$part.eval()")


def eval_of_frozen_norms(
    timeline: Timeline, write: GradSet, mode: ModeSet | None, forward: Forward
) -> tuple[Recipe, ...]:
    """The same, else a loop after `train()` that puts only its frozen normalisation layers in eval mode."""
    found = eval_of_frozen_part(timeline, write, mode, forward)
    if found or mode is None or mode.framework or mode.how != "train":
        return found
    return (Insert(mode.span, FROZEN_NORMS, (("model", ReceiverOf(mode.span)),), imports=(("nn", "torch.nn"),)),)


def norms_eval_again(timeline: Timeline, event: ModeSet, undoing: ModeSet, time: int, path: Path) -> tuple[Recipe, ...]:
    """A loop after `undoing` that repeats what `event` did: put all normalisation layers below it in eval mode."""
    if undoing.framework or undoing.how != "train" or undoing.root is None:
        return ()
    found = layers(timeline, undoing.root, time, path, "norm")
    if not found or any(_in(timeline, event, item.id, path) is not YES for item, _ in found):
        return ()
    return (Insert(undoing.span, ALL_NORMS, (("model", ReceiverOf(undoing.span)),), imports=(("nn", "torch.nn"),)),)


def _in(timeline: Timeline, event: ModeSet, module: int, path: Path) -> Truth:
    return some(timeline.covers_module(selection, module, path) for selection in event.selections)


def eval_again(timeline: Timeline, mode: ModeSet, part: int | None, path: Path) -> tuple[Recipe, ...]:
    """`model.part.eval()` after `model.train()`, where the part has one plain name below what `train()` was called on
    in every call of this place, and is not the whole of it; no recipe otherwise, nor where a framework makes the call.
    """
    if mode.framework or mode.how != "train" or mode.root is None or part is None or part == mode.root:
        return ()
    way = _way(timeline, mode.root, part, mode.time, path)
    same = [each for each in timeline.of(ModeSet) if each.span == mode.span and each.root != mode.root]
    if not way or any(each.root is None or way not in _ways(timeline, each.root, each.time, path) for each in same):
        return ()
    return (Insert(mode.span, f"$model{way}.eval()", given=(("model", ReceiverOf(mode.span)),)),)


def after_flag(write: GradSet, template: str, *given: tuple[str, Source], once: bool = False) -> tuple[Recipe, ...]:
    """Statements after `part.requires_grad_(...)` or after `for p in part.parameters(): ...`; `$part` is the module."""
    places = (write.span, *reversed(write.stack)) if once else ()
    match write.on:
        case "module":
            return (Insert(write.span, template, (("part", ReceiverOf(write.span)), *given), once=places),)
        case "parameter":
            around: tuple[tuple[str, Source], ...] = (("part", IterableAround(write.span)), *given)
            return (Insert(write.span, template, around, once=places, after_loop=True),)
        case _:
            return ()


def after_each_flag(write: GradSet, template: str, *given: tuple[str, Source]) -> tuple[Recipe, ...]:
    """Statements after `p.requires_grad = ...`; `$part` is the parameter. Only where that happens once for each."""
    if write.on != "parameter":
        return ()
    names: tuple[tuple[str, Source], ...] = (("part", ReceiverOf(write.span)), *given)
    return (Insert(write.span, template, names, once=(write.span, *reversed(write.stack)), each=True),)


def for_each_flag(write: GradSet, statement: str, test: str = "") -> tuple[Recipe, ...]:
    """A statement about each parameter `$p` whose flag is written, where `test` holds: in the loop in which that
    happens, else in one of its own."""
    each = f"if {test}:\n    {statement}" if test else statement
    if write.on == "parameter":
        return (Insert(write.span, each, (("p", ReceiverOf(write.span)),)),)
    lines = "".join(f"\n    {line}" for line in each.replace("$p", "$new_parameter").split("\n"))
    return after_flag(write, f"for $new_parameter in $part.parameters():{lines}")


def whole(timeline: Timeline, write: GradSet) -> int | None:
    """The module of which a write concerns all parameters, where it is one."""
    match write.selections:
        case (Selection(root=int() as root, scope="all", tests=(), but=()),) if timeline.heap[root].kind is Kind.MODULE:
            return root
        case _:
            return None


def _way(timeline: Timeline, root: int, part: int, time: int, path: Path) -> str:
    """How the part is written below the root: `.backbone`, `.layers[0].norm`."""
    names = [name for name, stands in timeline.below(root, part, time, path) if stands is Truth.YES]
    return as_code(names[0]) if len(names) == 1 else ""


def _ways(timeline: Timeline, root: int, time: int, path: Path) -> Iterable[str]:
    return {as_code(name) for _, name, stands in timeline.modules(root, time, path) if stands is Truth.YES}


def as_code(name: str) -> str:
    """A dotted name as code that follows a module; nothing where it cannot be written."""
    parts = name.split(".") if name else []
    if not all(part.isdigit() or part.isidentifier() for part in parts):
        return ""
    return "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in parts)


def enclosed(timeline: Timeline, event: Event) -> tuple[Recipe, ...]:
    """`with` around what follows a bare context manager, up to where something is trained, and without the forwards
    that the next backward needs."""
    backward = [*timeline.of(Backward), *timeline.of(TensorBackward)]
    later = [each for each in (*backward, *timeline.of(Stepped)) if each.time > event.time]
    following = min((each.time for each in backward if each.time > event.time), default=None)
    if following is None:
        return (Enclose(event.span),)
    needed = tuple(
        (*each.stack, each.span)
        for each in timeline.of(Forward)
        if event.time < each.time < following and each.span not in event.stack and _may_train(timeline, each)
    )
    until = dict.fromkeys(span for each in later for span in (*each.stack, each.span))
    # Where no forward is seen that the backward could be of, what follows here may be the one.
    return (Enclose(event.span, tuple(until), needed),) if needed else ()


def _may_train(timeline: Timeline, forward: Forward) -> bool:
    atoms = timeline.atoms(below(forward.module, forward.time), forward.path)
    return not atoms or frozen(timeline, atoms, forward.time, forward.path) is not YES


# --- more for an optimizer ---------------------------------------------------------------------------------------


def add_group(
    timeline: Timeline, write: GradSet, built: OptimizerBuilt, missing: Iterable[ParameterAtom], path: Path
) -> Iterator[tuple[Recipe, ...]]:
    """Ways to add the parameters that are missing to an optimizer where they are unfrozen, or where the calls stand
    that led there, the outermost first; only where that happens once, since they may be added only once."""
    root = whole(timeline, write)
    ways = whole_parts(timeline, root, missing, write.time, path) if root is not None else None
    if root is None or not ways:
        return
    optimizer = ("optimizer", kept(built, write))
    full = (*write.stack, write.span)
    others = {(*each.stack, each.span) for each in timeline.of(GradSet)} - {full}
    for depth, place in enumerate(full):
        if any(each[depth : depth + 1] == (place,) for each in others):
            continue  # the same line does more than this
        if any(
            each.time > write.time and each.stack[: depth + 1] == full[: depth + 1] for each in timeline.of(Stepped)
        ):
            continue  # it trains before it comes back
        in_loop = depth == len(write.stack) and write.on == "parameter"
        for name, start in names_of(timeline, write, root, path, frame=depth):
            added = [f"$part{start}{way}.parameters()" for way in ways.values()]
            text = added[0] if len(added) == 1 else f"[{', '.join(f'*{each}' for each in added)}]"
            template = f'$optimizer.add_param_group({{"params": {text}}})'
            once = full[: depth + 1][::-1]
            yield (Insert(place, template, (("part", name), optimizer), once=once, after_loop=in_loop),)


def add_each(timeline: Timeline, write: GradSet, built: OptimizerBuilt) -> tuple[Recipe, ...]:
    """A group for each parameter where it is unfrozen, if one call alone leads there."""
    here = {each.stack for each in timeline.of(GradSet) if each.span == write.span}
    optimizer = ("optimizer", kept(built, write))
    one = '$optimizer.add_param_group({"params": [$part]})'
    return after_each_flag(write, one, optimizer) if len(here) == 1 else ()


def also_hold(timeline: Timeline, write: GradSet, built: OptimizerBuilt, path: Path) -> Iterator[tuple[Recipe, ...]]:
    """Ways to build an optimizer of what is unfrozen later too."""
    root = whole(timeline, write)
    plain = None not in built.groups and [each.place for each in built.options] == [None]
    for name, way in names_of(timeline, write, root, path, frame=_shared(built, write)) if root is not None else ():
        yield (AlsoHold(built.span, name, way, plain),)


def kept(made: Event, later: Event) -> NameOf:
    """The name under which something is kept that an event made, as another event may use it: calls that led to both
    have not returned yet when the other happens, and have given nothing back."""
    return NameOf(made.span, made.stack[_shared(made, later) :])


def _shared(one: Event, other: Event) -> int:
    """How many calls led to both events."""
    pairs = zip((*one.stack, one.span), (*other.stack, other.span), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def names_of(timeline: Timeline, write: GradSet, root: int, path: Path, *, frame: int) -> Iterator[tuple[Source, str]]:
    """How the module is named whose parameters a statement is about, and what is written behind that name: as it is
    there, followed out to the function that makes the call with this number, then as it was made."""
    match write.on:
        case "module":
            yield ReceiverOf(write.span, write.stack[frame:]), ""
        case "parameter":
            yield IterableAround(write.span, write.stack[frame:]), ""
        case _:
            return
    for span, way in origins(timeline, root, write.time, path):
        if span not in write.stack:
            yield NameOf(span), way


# --- freezing what is not trained --------------------------------------------------------------------------------


def made(timeline: Timeline, module: int, time: int, path: Path) -> tuple[Span, str] | None:
    """Where a module was made, and how it is written behind the name that it got there (`.backbone` where all of a
    model was made at once); None where the same code makes others too."""
    span = timeline.heap[module].span
    if span is None:
        return None
    here = [item for item in timeline.heap if item.kind is Kind.MODULE and item.span == span]
    tops = [item for item in here if not any(timeline.heap[edge.parent] in here for edge in item.parents)]
    if len(tops) != 1:
        return None
    way = _way(timeline, tops[0].id, module, time, path)
    return (span, way) if way or tops[0].id == module else None


def origins(timeline: Timeline, module: int, time: int, path: Path) -> Iterator[tuple[Span, str]]:
    """The same for the module, then for what holds it, with the way from there: `model = Net()` and `.backbone`."""
    level, seen = [module], {module}
    while level:
        for number in level:
            origin = made(timeline, number, time, path)
            way = "" if number == module else _way(timeline, number, module, time, path)
            if origin is not None and (way or number == module):
                yield origin[0], origin[1] + way
        edges = [edge for number in level for edge in timeline.heap[number].parents if edge.alive(time, path) is YES]
        level = [number for number in dict.fromkeys(edge.parent for edge in edges) if number not in seen]
        seen.update(level)


def whole_parts(
    timeline: Timeline, root: int, atoms: Iterable[ParameterAtom], time: int, path: Path
) -> dict[int, str] | None:
    """The modules at or below `root` that hold just these parameters, the outermost, and how each is written behind
    it; None where they are no whole modules, or one has no plain name."""
    wanted = {(atom.owner, atom.name) for atom in atoms}
    found: dict[int, str] = {}
    for item, name, stands in timeline.modules(root, time, path):
        if stands is not YES or any(timeline.holds_module(each, item.id, time, path) is not NO for each in found):
            continue
        inside_it = {(atom.owner, atom.name) for atom in timeline.atoms(below(item.id, time), path)}
        if inside_it and inside_it <= wanted:
            if name and not as_code(name):
                return None
            found[item.id] = as_code(name) if name else ""
    held = [(atom.owner, atom.name) for each in found for atom in timeline.atoms(below(each, time), path)]
    return found if set(held) == wanted else None


def is_calm(timeline: Timeline, module: int, forward: Forward, path: Path) -> bool:
    """Whether nothing in a part depends on a mode that it does not have: to freeze it leaves no other question open."""
    moment = inside(timeline, forward)
    return all(
        timeline.training(item.id, moment, path).truth is NO
        for kind in ("norm", "dropout")
        for item, _ in layers(timeline, module, forward.time, path, kind)
    )


def freeze_before_training(
    timeline: Timeline, atoms: Iterable[ParameterAtom], forward: Forward, path: Path
) -> tuple[Recipe, ...]:
    """Freeze the modules that hold these parameters before the first optimizer is built; what runs forward is named as
    it is there, or where it was made. None where an optimizer may have been meant to hold them and got nothing."""
    parts = whole_parts(timeline, forward.module, atoms, forward.time, path)
    optimizers = timeline.of(OptimizerBuilt)
    if not all(any(group is None or timeline.atoms(group, path) for group in each.groups) for each in optimizers):
        return ()
    built = optimizers[0]
    if not parts or not all(is_calm(timeline, part, forward, path) for part in parts):
        return ()
    listed = ", ".join(f"$model{way}" for way in parts.values())
    template = f"{listed}.requires_grad_(False)"
    if len(parts) > 1:
        template = f"for $new_part in ({listed}):\n    $new_part.requires_grad_(False)"
    names: list[Source] = [CalleeOf(forward.span, forward.stack[_shared(built, forward) :])]
    made_at = [span for span, way in origins(timeline, forward.module, forward.time, path) if not way]
    names.extend(NameOf(span) for span in made_at if span not in built.stack)
    places = (*built.stack, built.span)
    return (
        Either(
            tuple((Insert(place, template, (("model", name),), before=True),) for place in places for name in names)
        ),
    )


def freeze_where_made(
    timeline: Timeline, module: int, forward: Forward, atoms: Iterable[ParameterAtom], path: Path
) -> tuple[Recipe, ...]:
    """Freeze a module where it was made, and take its parameters out of the optimizers that are built with them."""
    origin = made(timeline, module, forward.time, path)
    if origin is None or not is_calm(timeline, module, forward, path):
        return ()
    frozen_here = Insert(origin[0], f"$part{origin[1]}.requires_grad_(False)", (("part", NameOf(origin[0])),))
    wanted = list(atoms)
    kept: dict[Span, Recipe] = {}
    for built in timeline.of(OptimizerBuilt):
        if built.framework or all(
            timeline.held(built.optimizer, atom, built.time + 1, path).truth is NO for atom in wanted
        ):
            continue
        if not all(tests_flag(each) for group in built.groups for each in group or ()):
            kept[built.span] = KeepTrainable(built.span)
    return (frozen_here, *kept.values())


# --- modes -------------------------------------------------------------------------------------------------------


def beside(one: Event, other: Event) -> tuple[Span, Span] | None:
    """The places in one function from where the calls lead to two events."""
    pairs = zip((*one.stack, one.span), (*other.stack, other.span), strict=False)
    return next(((left, right) for left, right in pairs if left != right), None)


def train_again(event: ModeSet, forward: Forward) -> tuple[Recipe, ...]:
    """`train()` of what `eval()` is called on, in the body of the loop around both, before the forward."""
    places = beside(event, forward)
    if places is None:
        return ()
    name = ("model", ReceiverOf(event.span, event.stack[_shared(event, forward) :]))
    return (Insert(places[1], "$model.train()", (name,), before=True, beside=places[0]),)


def eval_of_concerned(timeline: Timeline, event: LayerSettingSet, forward: Forward, path: Path) -> tuple[Recipe, ...]:
    """`eval()` of the normalisation layers whose setting is changed: there, or after the `train()` call that puts them
    in train mode."""
    moment = inside(timeline, forward)
    hit = [
        item for item, _ in run_by(timeline, forward, "norm", path)
        if concerns(timeline, event, item.id, path) is not NO
    ]  # fmt: skip
    modes = {timeline.training(item.id, moment, path).event for item in hit}
    if modes == {None}:
        return (Insert(event.span, "$layer.eval()", (("layer", ReceiverOf(event.span)),)),)
    undoing = modes.pop() if len(modes) == 1 else None
    if not isinstance(undoing, ModeSet) or undoing.framework or undoing.how != "train" or undoing.root is None:
        return ()
    way = _way_to_norms(timeline, undoing.root, hit, forward.time, path)
    if way is None:
        return ()
    given = (("model", ReceiverOf(undoing.span)),)
    return (Insert(undoing.span, ALL_NORMS.replace("$model", f"$model{way}"), given, imports=(("nn", "torch.nn"),)),)


def _way_to_norms(timeline: Timeline, root: int, hit: list[HeapObject], time: int, path: Path) -> str | None:
    """The way to a module at or below `root` that holds these normalisation layers and no others."""
    wanted = {item.id for item in hit}
    for item, name, stands in timeline.modules(root, time, path):
        held = {layer.id for layer, _ in layers(timeline, item.id, time, path, "norm")}
        if stands is YES and held == wanted and (not name or as_code(name)):
            return as_code(name) if name else ""
    return None


# --- adapters ----------------------------------------------------------------------------------------------------

THAW_BY_NAME = """\
for $new_name, $new_parameter in $part.named_parameters():
    if "{word}" in $new_name:
        $new_parameter.requires_grad = True"""
"""Makes the parameters trainable whose name holds a word."""


def thaw_by_name(
    timeline: Timeline, write: GradSet, wanted: list[ParameterAtom], others: list[ParameterAtom], words: Iterable[str]
) -> tuple[Recipe, ...]:
    """After a freeze of a whole module, unfreeze the parameters whose names hold one of the words, where that tells
    them from all the others; none where not all of them required a gradient before."""
    root = whole(timeline, write)
    before = every(timeline.requires_grad(atom, write.time, write.path).truth for atom in wanted)
    if root is None or before is not YES:
        return ()
    names = [_names(timeline, root, atom, write) for atom in wanted]
    left_out = [name for atom in others for name in _names(timeline, root, atom, write)]
    for word in words:
        in_all = all(each and all(word in name for name in each) for each in names)
        if in_all and not any(word in name for name in left_out):
            return after_flag(write, THAW_BY_NAME.format(word=word))
    return ()


def _names(timeline: Timeline, root: int, atom: ParameterAtom, write: GradSet) -> list[str]:
    ways = timeline.below(root, atom.owner, write.time, write.path)
    return [".".join(filter(None, (way, atom.name))) for way, _ in ways]
