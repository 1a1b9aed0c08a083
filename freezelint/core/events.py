"""Events: what a program does that matters to freezing, in the order in which it does it.

Events carry abstract subjects: an object number, or a `Selection` of parameters or modules. A selection is symbolic:
"the parameters below object 3 whose name contains `bn`", so a loop with a condition is one event. The analysis writes
symbolic selections, a recorded run concrete ones; everything that reads events treats them alike.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from .spans import Span
from .symbols import Path, Value
from .truth import Truth


class Selection(msgspec.Struct, frozen=True):
    """A symbolic set of parameters or modules.

    root: the object below which to look, or a selection of modules of each of which to look below.
    scope: "all" below (modules: the root included), "own" (parameters with recurse=False), "children" (direct
        sub-modules), "self" (the root itself), "named" (the attribute `name` of the root).
    tests: conditions over `Element` (name relative to the root, owner module, index, current flag).
    at: the time at which the elements were looked up; a test of `requires_grad` is about that moment.
    truth: MAYBE where only some unknown part of what is described is meant.
    but: objects (with all below them) that are left out.
    """

    of: str
    root: int | Selection
    scope: str
    at: int
    name: str = ""
    tests: Path = ()
    truth: Truth = Truth.YES
    but: tuple[int, ...] = ()


Selections: TypeAlias = tuple[Selection, ...]
"""A union."""


class Loop(msgspec.Struct, frozen=True):
    """An enclosing loop: `again` in its second pass, which stands for all later iterations."""

    id: int
    again: bool


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What all events have. `path` is the condition under which it happens, `stack` the calls that led here,
    outermost first, `function` the qualified name of the function whose code it is ("" for module level), `text` the
    subject as the user wrote it."""

    time: int
    span: Span
    path: Path = ()
    stack: tuple[Span, ...] = ()
    function: str = ""
    text: str = ""
    loops: tuple[Loop, ...] = ()


class GradSet(Event, frozen=True, kw_only=True):
    """`requires_grad` of the selected parameters becomes `value`; `how` is "assign", "method",
    "library" or, where a library makes them anew from what they were, "remade"."""

    selections: Selections
    value: Value
    how: str = "assign"


class ModeSet(Event, frozen=True, kw_only=True):
    """`training` of the selected modules becomes `value`.

    `how` is "eval", "train", "flag" (assigned by hand) or "library"; `root` is the object on which it was called.
    `framework` where a framework's loop does it, not the user's code.
    """

    selections: Selections
    value: Value
    how: str
    root: int | None = None
    framework: bool = False


class AttributeSet(Event, frozen=True, kw_only=True):
    """An assignment that creates or overwrites a plain attribute `name` on `target` with `value`.

    `kind` says what `target` is: "module", "parameter", "tensor", "copy" (a tensor that shares or copies the values of
    a parameter), "selection" (modules or parameters of a loop: see `selections`), "collection" (generator, list,
    tuple, dict, str), "optimizer", "object", "method" (a bound method), "unknown". `owner` is the object number where
    it is one. `deliberate` where a function was assigned. `description` names the collection or copy ("a generator",
    "`.data`").
    """

    target: int | None
    kind: str
    name: str
    value: Value | None
    selections: Selections = ()
    deliberate: bool = False
    description: str = ""
    setter: str = "assign"
    shadows: Truth = Truth.NO
    """Whether the class of the target surely has a method of this name."""


class FlagCompared(Event, frozen=True, kw_only=True):
    """`x.requires_grad == False` as a statement."""

    selections: Selections
    value: Value


class FlagCalled(Event, frozen=True, kw_only=True):
    """`x.requires_grad(False)`: the flag is a bool and cannot be called."""

    truth: Truth


class MethodUncalled(Event, frozen=True, kw_only=True):
    """A method named but not called: as a bare statement, or iterated over (`how` "statement" or "iterated")."""

    name: str
    how: str
    kind: str
    truth: Truth


class MisnamedCall(Event, frozen=True, kw_only=True):
    """A call of a method that no module or tensor has (`p.require_grad_(False)`)."""

    name: str


class OptimizerBuilt(Event, frozen=True, kw_only=True):
    """An optimizer is built. Each of `groups` is one parameter group; None where it is not known what it holds.

    `iterator` is the iterator object that was consumed, if one was; `framework` where a framework builds it.
    """

    optimizer: int
    groups: tuple[Selections | None, ...]
    framework: bool = False
    cls: str = ""


class ParameterGroupAdded(Event, frozen=True, kw_only=True):
    """`optimizer.add_param_group(...)` or an assignment into `param_groups`."""

    optimizer: int | None
    groups: tuple[Selections | None, ...]


class SchedulerBuilt(Event, frozen=True, kw_only=True):
    """A learning rate scheduler is built over `optimizer`."""

    scheduler: int
    optimizer: int | None
    cls: str


class GradientWritten(Event, frozen=True, kw_only=True):
    """`.grad` of the selected parameters is cleared (`how` "none"), zeroed ("zero") or otherwise written ("value"):
    by assignment, in place, or by a hook on the tensor ("hook")."""

    selections: Selections
    how: str
    partial: Truth = Truth.NO


class WeightsWritten(Event, frozen=True, kw_only=True):
    """Values of parameters or buffers are written by something that is no optimizer: a hand-written decay, an
    averaging loop, `update_bn`."""

    selections: Selections
    how: str


class StateLoaded(Event, frozen=True, kw_only=True):
    """`load_state_dict`: values change, flags and modes stay."""

    module: int


class ParameterReplaced(Event, frozen=True, kw_only=True):
    """`parent.name` is a new parameter: the flag of the old one is lost. `old` and `new` are parameters that are
    objects of their own; None where it is one of the layer's. `rewraps` where the new one has the old one's values."""

    parent: int
    name: str
    requires_grad: Value
    new: int
    old: int | None = None
    rewraps: Truth = Truth.MAYBE


class CollectionStored(Event, frozen=True, kw_only=True):
    """A plain list, tuple or dict of modules is an attribute of a module, which does not register them.

    Told once all is in it: the time is that of the end of the owner's constructor, or of the timeline. `kind` is
    "list", "tuple", "dict" or "set"; `modules` are those that are known to be in it.
    """

    owner: int
    name: str
    kind: str
    modules: tuple[int, ...]


class FrozenByDefault(Event, frozen=True, kw_only=True):
    """A call of a library makes the parameters below `module` frozen since `argument` is not given."""

    module: int
    argument: str


class Given(Event, frozen=True, kw_only=True):
    """Something looks into these and leaves flags, modes and memberships alone: code that is not followed and saves,
    prints or compares, or asks for their state (`how` "call"), or code that goes over their parameters ("contents")."""

    objects: tuple[int, ...]
    how: str = "call"


class LazyFreeze(Event, frozen=True, kw_only=True):
    """A `map(...)` or generator expression that would set flags and is never consumed."""

    how: str


class ModuleReplaced(Event, frozen=True, kw_only=True):
    """`parent.name` held module `old` and now holds module `new`."""

    parent: int
    name: str
    old: int
    new: int


class Wrapped(Event, frozen=True, kw_only=True):
    """`outer` now wraps `inner`; `kind` is "ddp", "dp", "fsdp", "compile", "peft", "prepare", ..."""

    kind: str
    outer: int
    inner: int


class Tainted(Event, frozen=True, kw_only=True):
    """Code that is not known got hold of these: any flag, mode or membership below may have changed."""

    objects: tuple[int, ...]


class Forward(Event, frozen=True, kw_only=True):
    """`module` runs forward; `grad` is whether gradients are recorded. `within` where a parent's forward calls it.

    `skips` are sub-modules that this forward surely does not run.
    """

    module: int
    grad: Truth
    within: bool = False
    framework: bool = False
    skips: tuple[int, ...] = ()


class Backward(Event, frozen=True, kw_only=True):
    """`loss.backward()` or what a framework does instead."""

    grad: Truth = Truth.YES


class Stepped(Event, frozen=True, kw_only=True):
    """`optimizer.step()`; None where the optimizer is not known."""

    optimizer: int | None
    framework: bool = False


class ZeroGrad(Event, frozen=True, kw_only=True):
    """`zero_grad(set_to_none=value)` of an optimizer or module."""

    target: int | None
    set_to_none: Value


class IteratorConsumed(Event, frozen=True, kw_only=True):
    """An iterator is used up; `again` tells whether it was used up before, `first` where. `by` says what used it."""

    iterator: int
    by: str
    again: Truth
    first: Span | None = None
    made: Span | None = None


class GradModeUnused(Event, frozen=True, kw_only=True):
    """`torch.no_grad()` as a statement: a context manager that is never entered."""

    name: str


class GradModeSet(Event, frozen=True, kw_only=True):
    """`torch.set_grad_enabled(value)` as a statement, or `no_grad().__enter__()`."""

    value: Value


class LossForced(Event, frozen=True, kw_only=True):
    """`requires_grad` is forced on a tensor. `connected` is whether a forward's graph leads to it; NO where it was
    cut off on the way (`argmax`, `detach`, `item`)."""

    tensor: int
    how: str
    connected: Truth = Truth.MAYBE


class TensorBackward(Event, frozen=True, kw_only=True):
    """`.backward()` of a tensor object."""

    tensor: int


class TrainOverride(Event, frozen=True, kw_only=True):
    """A module class defines `train`: how it keeps the contract of `nn.Module.train`.

    before: the ModeSet to eval that come before `super().train(mode)` and are undone by it, as (span, text).
    """

    cls: str
    takes_mode: Truth
    returns: Truth
    calls_super: Truth
    passes_mode: Truth
    before: tuple[tuple[Span, str], ...] = ()
    super_span: Span | None = None
    reaches_children: Truth = Truth.NO


class FlagNamedOpposite(Event, frozen=True, kw_only=True):
    """`requires_grad` gets a flag whose name says the opposite (`= freeze`, `= not trainable`)."""

    flag: str
    negated: bool
    selections: Selections


class ConditionOnFind(Event, frozen=True, kw_only=True):
    """`name.find(x)` is used as a condition on a parameter's or module's name."""

    negated: bool
