"""Events: what a program does that matters to freezing, in the order in which it does it.

Events carry abstract subjects: an object number, or a `Selection` of parameters or modules. A selection is symbolic:
"the parameters below object 3 whose name contains `bn`", so a loop with a condition is one event. The analysis writes
symbolic selections, a recorded run concrete ones; everything that reads events treats them alike.

Long because it is one list: whoever writes a rule looks here for what can happen.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from .spans import Span
from .symbols import Path, Value
from .truth import Truth


class Selection(msgspec.Struct, frozen=True, gc=False):
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


class Loop(msgspec.Struct, frozen=True, gc=False):
    """An enclosing loop: `again` in its second pass, which stands for all later iterations."""

    id: int
    again: bool


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    picked: Span | None = None
    """The condition that picks among the elements of a loop, where the event stands under one."""


class GradSet(Event, frozen=True, kw_only=True):
    """`requires_grad` of the selected parameters becomes `value`; `how` is "assign", "method",
    "library" or, where a library makes them anew from what they were, "remade". `on` is what the statement is about:
    a "module", or a "parameter" (each, where it stands in a loop); "" where that is not known."""

    selections: Selections
    value: Value
    how: str = "assign"
    on: str = ""


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
    own: bool = False
    """Whether the class's own `forward` reads the flag that is assigned: then it may be meant for that alone."""


class AttributeSet(Event, frozen=True, kw_only=True):
    """An assignment that creates or overwrites a plain attribute `name` on `target` with `value`.

    `kind` says what `target` is: "module", "parameter", "tensor", "copy" (a tensor that shares or copies the values of
    a parameter), "selection" (modules or parameters of a loop: see `selections`), "collection" (generator, list,
    tuple, dict, str; `selections` are its elements where each of them is a parameter), "optimizer", "object",
    "method" (a bound method), "unknown". `owner` is the object number where it is one. `deliberate`
    where a function was assigned. `description` names the collection or copy ("a generator",
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
    pair: bool = False
    """Whether the target is a pair of a name and a parameter, as `named_parameters()` gives them."""
    shadows: Truth = Truth.NO
    """Whether the class of the target surely has a method of this name."""
    read: Truth = Truth.MAYBE
    """Whether code of the project reads an attribute of this name of anything."""


class FlagCompared(Event, frozen=True, kw_only=True):
    """`x.requires_grad == False` as a statement."""

    selections: Selections
    value: Value


class FlagRejected(Event, frozen=True, kw_only=True):
    """A write of `requires_grad` (`how` "assign" or "method") that torch refuses, or that reaches no parameter.

    `why` is "value" (the value is no bool), "computed" (a tensor that a forward computed), "slice" (a part of a
    parameter) or "derived" (a weight that is computed from other parameters; "plain" while it is a tensor of its
    own). `sources` are the parameters it is computed from, at the time `at`, where `grad` says whether gradients were
    recorded.
    """

    why: str
    value: Value
    how: str
    sources: Selections = ()
    at: int = 0
    grad: Truth = Truth.YES


class FlagCalled(Event, frozen=True, kw_only=True):
    """`x.requires_grad(False)`: the flag is a bool and cannot be called."""

    truth: Truth


class MethodUncalled(Event, frozen=True, kw_only=True):
    """A method named but not called: as a bare statement, or iterated over (`how` "statement" or "iterated").

    `bare` is whether it can be called without arguments.
    """

    name: str
    how: str
    kind: str
    truth: Truth
    bare: Truth = Truth.MAYBE


class MisnamedCall(Event, frozen=True, kw_only=True):
    """A call of a method that no module or tensor has (`p.require_grad_(False)`)."""

    name: str


class Options(msgspec.Struct, frozen=True):
    """The options of a call or of a parameter group by name, those that were not given at their defaults; `complete`
    is False where more may be set than is known. `place` is where a group is written, where it is one."""

    values: tuple[tuple[str, Value], ...] = ()
    complete: bool = True
    place: Span | None = None

    def get(self, name: str) -> Value | None:
        """The value of an option; None where it is not known."""
        return next((value for known, value in self.values if known == name), None)


class OptimizerTraits(msgspec.Struct, frozen=True):
    """How an optimizer treats a parameter whose gradient is all zeros, or None.

    decays: whether its `weight_decay`, where that is not 0, moves it at a zero gradient.
    history: whether earlier gradients move it at a zero gradient: "always", "momentum" (where that option is not 0),
        "never", or "" where that is not known.
    flat: whether it updates all that it holds as one vector, and so also what has no gradient.
    """

    decays: Truth = Truth.MAYBE
    history: str = ""
    flat: Truth = Truth.MAYBE


class OptimizerBuilt(Event, frozen=True, kw_only=True):
    """An optimizer is built. Each of `groups` is one parameter group; None where it is not known what it holds.

    `options` are those of each group, in the order of `groups`; `framework` where a framework builds it.
    """

    optimizer: int
    groups: tuple[Selections | None, ...]
    framework: bool = False
    cls: str = ""
    options: tuple[Options, ...] = ()
    traits: OptimizerTraits = OptimizerTraits()


class ParameterGroupAdded(Event, frozen=True, kw_only=True):
    """`optimizer.add_param_group(...)` or an assignment into `param_groups`."""

    optimizer: int | None
    groups: tuple[Selections | None, ...]
    options: tuple[Options, ...] = ()


class OptionWritten(Event, frozen=True, kw_only=True):
    """`group[name] = value` for a parameter group of an optimizer; `index` None where it is any or each of them."""

    optimizer: int | None
    index: int | None
    name: str
    value: Value


class ParametersGathered(Event, frozen=True, kw_only=True):
    """A list or a group of parameters that the program kept under a name, as it was in the end.

    `made` is the time at which it got its name; `used` is whether anything but an optimizer went over it, or something
    that is not followed got hold of it.
    """

    selections: Selections
    name: str
    made: int
    used: bool


class SchedulerTraits(msgspec.Struct, frozen=True):
    """How a learning rate scheduler treats groups that it does not expect.

    grows: whether it takes in a group that joins after it was built; NO where its next step raises.
    restores: whether it computes a group's rate from the initial one, so that a rate written by hand is lost.
    lifts: the option that gives a group with rate 0 a rate above it where the option is above 0; "" where none does.
    """

    grows: Truth = Truth.MAYBE
    restores: Truth = Truth.MAYBE
    lifts: str = ""


class SchedulerBuilt(Event, frozen=True, kw_only=True):
    """A learning rate scheduler is built over `optimizer`."""

    scheduler: int
    optimizer: int | None
    cls: str
    options: Options = Options()
    traits: SchedulerTraits = SchedulerTraits()


class SchedulerStepped(Event, frozen=True, kw_only=True):
    """`scheduler.step()`."""

    scheduler: int


class SchedulerTouched(Event, frozen=True, kw_only=True):
    """The program changes what a scheduler knows of its groups (`scheduler.base_lrs.append(...)`)."""

    scheduler: int
    name: str


class GradientWritten(Event, frozen=True, kw_only=True):
    """`.grad` of the selected parameters is cleared (`how` "none"), zeroed ("zero") or otherwise written ("value"):
    by assignment or in place, or with `hook` from here on in every backward. `partial` where only some elements are.
    `test` is where the code asks which parameters require a gradient, where it does."""

    selections: Selections
    how: str
    partial: Truth = Truth.NO
    hook: bool = False
    test: Span | None = None


class WeightsWritten(Event, frozen=True, kw_only=True):
    """Values of parameters are written by something that is no optimizer: a hand-written decay, an averaging loop.

    `how` is the method ("mul_") or operator ("*="), or "assign"; `each` where what it is given differs by parameter.
    """

    selections: Selections
    how: str
    each: bool = False


class StatisticsWritten(Event, frozen=True, kw_only=True):
    """Running statistics below a module are thrown away and estimated anew (`update_bn`)."""

    module: int
    by: str


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
    "list", "tuple", "dict" or "set"; `modules` are those that are known to be in it, `pure` is whether it surely holds
    modules and nothing else.
    """

    owner: int
    name: str
    kind: str
    modules: tuple[int, ...]
    pure: bool = False


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
    """A `map(...)` or generator expression (`how`) that is never consumed and would make the flags of the selected
    parameters `value`."""

    how: str
    selections: Selections
    value: Value


class NameTest(Event, frozen=True, kw_only=True):
    """A condition on the names of parameters or modules: `condition`, as it stands among the tests of selections.

    `given` where a text in it comes with a call that led here (`freeze(net, ["layer5"])`) rather than from the code
    at hand. `listed` is where the texts are written, where that is a list elsewhere.
    """

    condition: Value
    given: Truth
    listed: Span | None = None


class WriteByName(Event, frozen=True, kw_only=True):
    """What a loop over the named children of a module writes, told as one selection by their names.

    Such a loop is run child by child, and its writes are other events; this one writes nothing.
    """

    selections: Selections
    value: Value


class OptionIgnored(Event, frozen=True, kw_only=True):
    """A parameter `name` of the function or method `owner`, named like an option about freezing, decides nothing.

    `why` is "unread" (its function never reads it) or "swallowed" (a call gives it, and it lands in `**kwargs`, which
    are never read). `truth` is MAYBE where others may rely on the signature.
    """

    name: str
    owner: str
    why: str
    truth: Truth


class TextOption(Event, frozen=True, kw_only=True):
    """`parser.add_argument("--name", type=bool)`: a command line option that is true for every text but the empty one.

    `name` is the attribute of the parsed arguments, `flag` the option as the command line spells it, and `hint`
    whether it is called like an option about freezing.
    """

    name: str
    flag: str
    hint: bool
    truth: Truth


class ParametersTied(Event, frozen=True, kw_only=True):
    """One parameter has several names from here on: (owner, name) of each, the one that was there before first."""

    members: tuple[tuple[int, str], ...]
    truth: Truth


class ModuleReplaced(Event, frozen=True, kw_only=True):
    """`parent.name` held module `old` and now holds module `new`."""

    parent: int
    name: str
    old: int
    new: int


class Wrapped(Event, frozen=True, kw_only=True):
    """`outer` now wraps `inner`; `kind` is "ddp", "dp", "fsdp", "compile", "peft", "prepare", ...

    `options` are the other arguments that were given, by name; `more` where there may be others.
    """

    kind: str
    outer: int
    inner: int
    options: tuple[tuple[str, Value], ...] = ()
    more: bool = False

    def option(self, name: str, default: Value) -> Value:
        """An argument of the wrapper; `default` where it was not given."""
        return dict(self.options).get(name, default)


class LayerSettingSet(Event, frozen=True, kw_only=True):
    """An option of layers (`momentum`, `track_running_stats`, `running_mean`) is changed after they were built."""

    selections: Selections
    name: str
    value: Value


class FrameworkReset(Event, frozen=True, kw_only=True):
    """A documented call or default of a framework leaves trainable what it freezes (`what` "left"), or trains a new
    object in place of the one that was frozen after `since` ("new").

    `by` names the call, `remedy` says what keeps it frozen; `selections` are the parameters concerned.
    """

    selections: Selections
    by: str
    what: str
    remedy: str
    since: int = 0


class Tainted(Event, frozen=True, kw_only=True):
    """Code that is not known got hold of these: any flag, mode or membership below may have changed."""

    objects: tuple[int, ...]


class Use(msgspec.Struct, frozen=True):
    """The parameters at and below `module` take part in a computation: its forward, or another use of it.

    `path` and `span` are those of the call (of a parameter used by itself: the empty span); `text` names the module as
    the user wrote it. `parameter` where only this one of its own takes part. `followed` where the code of the call was
    followed, so that uses of its parts are told on their own. `skips` are sub-modules that surely take no part.
    """

    module: int
    span: Span
    path: Path = ()
    text: str = ""
    parameter: str | None = None
    followed: bool = False
    skips: tuple[int, ...] = ()


class Cut(msgspec.Struct, frozen=True):
    """A value came through `use`, but no gradient gets back to it: `span` is where it was cut off, by `how`.

    `own` where the module itself ran under the mode that cut it, rather than that its output was cut off later.
    `how` is "no_grad", "inference_mode", "set_grad_enabled", "decorator", "statement" (a mode set for good) for a
    grad mode; "detach", "data", "numpy", "item", "tensor", "argmax" and the like for an operation.
    """

    use: Use
    span: Span
    how: str
    own: bool = False


class GraphEscaped(Event, frozen=True, kw_only=True):
    """Code that is not known got hold of tensors from which gradients get back to `reaches`: it may keep them, or run
    backward."""

    reaches: tuple[Use, ...]


class Checkpointed(Event, frozen=True, kw_only=True):
    """`checkpoint(function, *inputs)`: activations are dropped and computed again in backward.

    inputs: the uses from whose outputs the inputs are computed; `open` where something else that may require a
    gradient is among them (YES where the program sets its flag). inside: the uses of what is checkpointed. reentrant:
    whether it is the kind that gives no gradient unless an input requires one.
    """

    inputs: tuple[Use, ...]
    inside: tuple[Use, ...]
    reentrant: Truth
    open: Truth


class Forward(Event, frozen=True, kw_only=True):
    """`module` runs forward; `grad` is whether gradients are recorded. `within` where a parent's forward calls it.

    `skips` are sub-modules that this forward surely does not run; `followed` where its code was followed, so that the
    forwards of its parts are events of their own.
    """

    module: int
    grad: Truth
    within: bool = False
    framework: bool = False
    skips: tuple[int, ...] = ()
    followed: bool = False


class Backward(Event, frozen=True, kw_only=True):
    """`loss.backward()` or what a framework does instead.

    `reaches` are the uses that the loss sends gradients to, `cuts` those that it was computed from but was cut off
    from; `lost` where a part of what it was computed from was not followed.
    """

    grad: Truth = Truth.YES
    reaches: tuple[Use, ...] = ()
    cuts: tuple[Cut, ...] = ()
    lost: bool = True


class Stepped(Event, frozen=True, kw_only=True):
    """`optimizer.step()`; None where the optimizer is not known."""

    optimizer: int | None
    framework: bool = False


class ZeroGrad(Event, frozen=True, kw_only=True):
    """`zero_grad(set_to_none=value)` of an optimizer or module; None where that is not given."""

    target: int | None
    set_to_none: Value | None


class IteratorConsumed(Event, frozen=True, kw_only=True):
    """An iterator is used up; `again` tells whether it was used up before, `first` where. `by` says what used it."""

    iterator: int
    by: str
    again: Truth
    first: Span | None = None
    made: Span | None = None
    made_at: int | None = None


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
    own_eval: Truth = Truth.NO
    """Whether the class has an `eval` of its own, which need not call `train(False)`."""


class FlagNamedOpposite(Event, frozen=True, kw_only=True):
    """`requires_grad` gets a flag whose name says the opposite (`= freeze`, `= not trainable`)."""

    flag: str
    negated: bool
    selections: Selections


class ConditionOnFind(Event, frozen=True, kw_only=True):
    """`name.find(x)` is used as a condition on a parameter's or module's name."""

    negated: bool
