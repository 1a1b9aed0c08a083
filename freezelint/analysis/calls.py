"""Calls: what is called, with which arguments, and what becomes of it.

Functions of the project are interpreted with their abstract arguments. What a library's function does is looked up
(`library_calls`, `methods`, `optimizers`). A call of something unknown may change exactly the objects it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.events import FlagCalled, Forward, GradModeSet, GradModeUnused, ModuleReplaced, Tainted
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import NONE, Const, Element, Expr, Ref, Symbol, fold, leaves, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes, library_calls, lifecycles, methods
from .collections import collection, consume, elements, items_of, parameters_in, plain
from .frames import Frame
from .invocation import GradContext, Invocation
from .text import render
from .values import (
    CORE,
    Bound,
    Builtin,
    Choice,
    ClassValue,
    Collection,
    Copied,
    Function,
    Item,
    Library,
    Method,
    Partial,
    Suspended,
    choose,
)
from .world import describe

if TYPE_CHECKING:
    from .interpreter import Interpreter

_DEEPEST = 16
_SHORT = 20
_MODULE_NAME = re.compile(
    r"(?i)(model|net|backbone|encoder|decoder|head|teacher|student|generator|discriminator|module|extractor|embed|bert"
    r"|critic|actor|vae|unet|transformer|classifier)\w*\d*$|(^|\.)(net)?[DGEF](_?[A-Z])?$"
)
_RELEVANT = re.compile(
    r"requires_grad|require_grad|[Ff]reez|frozen|\.eval\(\)|\.train\(|\boptim|no_grad|inference_mode|grad_enabled|\bnn\."
    r"|parameters\(|modules\(|children\(|deepcopy|\.step\(\)|backward\("
)
_DYNAMIC = re.compile(r"getattr\(|children\(|modules\(|_modules|super\(|\*\*kwargs|in self\b")
_ACTS = re.compile(
    r"no_grad|inference_mode|set_grad_enabled|\.eval\(\)|\.train\(|requires_grad|detach|freez|frozen|\.data\b|checkpoint"
)
_FORWARDS = 6


class Calls:
    """Calls of one interpreter, and what they leave behind: classes of objects, origins of tensors."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self.world = interp.world
        self.class_of: dict[int, ClassValue | Library] = {}
        self.leaf_tensors: set[Any] = set()
        self.wrapped: dict[int, int] = {}
        """Wrappers that pass attributes on to what they wrap, by object."""
        self._active: list[int] = []
        self._forwards: dict[tuple[int, int], int] = {}
        self._tensors: dict[Any, int] = {}
        self._in_forward = 0
        self._matters: dict[int, bool] = {}
        self._sizes: dict[int, bool] = {}

    # --- evaluating a call ----------------------------------------------------------------------------------------

    def call(self, node: ir.Call, frame: Frame) -> Any:
        """The value of a call expression."""
        interp = self.interp
        if isinstance(node.func, ir.Name) and node.func.id == "super" and not node.args:
            return self._super(frame)
        if isinstance(node.func, ir.Attribute) and node.func.attr == "requires_grad":
            if self._flag_called(node, node.func.value, frame):
                return self.world.unknown("requires_grad")
        callee = interp.evaluate(node.func, frame)
        if callee == Library("builtins.super"):
            return self._super(frame)
        return self.invoke(callee, self.invocation(node, frame))

    def _flag_called(self, node: ir.Call, owner: ir.Expression, frame: Frame) -> bool:
        """`p.requires_grad(False)`: True where the call is known to raise."""
        value = self.interp.evaluate(owner, frame)
        world = self.world
        known = isinstance(value, Copied) or parameters_in(world, value) is not None
        known = known or (isinstance(value, Element) and value.role in ("parameter", "module"))
        if isinstance(value, Ref) and not known:
            kind = self.class_of.get(value.id)
            own = isinstance(kind, ClassValue) and classes.member(kind, "requires_grad") is not None
            known = world.heap[value.id].is_module is Truth.YES and not own
        if isinstance(value, (Symbol, Expr)) and not known:
            known = self.is_computed(value) is Truth.YES or value in self.leaf_tensors
        if known:
            world.emit(FlagCalled, self.interp.span(node.at, frame), render(node), truth=Truth.YES)
        return known

    def _super(self, frame: Frame) -> Any:
        from .values import Super

        scope: Frame | None = frame
        while scope is not None and (scope.owner is None or scope.receiver is None):
            scope = scope.parent
        if scope is None or scope.owner is None:
            return self.world.unknown("super")
        return Super(scope.owner, scope.receiver)

    def invocation(self, node: ir.Call, frame: Frame) -> Invocation:
        """The arguments of a call, evaluated in order."""
        interp = self.interp
        args: list[Any] = []
        keywords: dict[str, Any] = {}
        more = False
        for arg in node.args:
            value = interp.evaluate(arg.value, frame)
            if arg.star == "*":
                items = items_of(interp, value, arg.value, frame)
                if items is None or any(item.path or item.each for item in items):
                    more = True
                    args.extend(item.value for item in items or ())
                else:
                    args.extend(item.value for item in items)
            elif arg.star == "**":
                more = self._spread(value, keywords) or more
            elif arg.keyword is not None:
                keywords[arg.keyword] = value
            else:
                args.append(value)
        return Invocation(interp, node, frame, interp.span(node.at, frame), render(node), args, keywords, more)

    def _spread(self, value: Any, keywords: dict[str, Any]) -> bool:
        """Spread `**value` into keywords; True where there may be others."""
        if not isinstance(value, Collection) or value.kind != "dict":
            return True
        more = not value.complete
        for item in value.items:
            key = item.key
            if isinstance(key, Const) and isinstance(key.value, str) and not item.path:
                keywords[key.value] = item.value
            else:
                more = True
        return more

    def invoke(self, callee: Any, call: Invocation) -> Any:
        """Call a value."""
        match callee:
            case Function():
                return self.inline(callee, call)
            case Bound():
                return self.inline(callee.function, call, receiver=callee.receiver, kind=callee.kind)
            case ClassValue():
                return self.construct(callee, call)
            case Library():
                return library_calls.call(self.interp, callee.name, call)
            case Method():
                return methods.call(self.interp, callee, call)
            case Builtin():
                return callee.call(call)
            case Partial():
                return self.invoke(callee.function, call.prefixed(callee.args, callee.keywords))
            case Choice(options=options):
                return self._each_option(options, lambda option: self.invoke(option, call))
            case classes.Static(function=function) | classes.ClassLevel(function=function):
                return self.inline(function, call)
            case Expr(op="attr", args=(receiver, Const(value=str() as name))) if self._is_tensor(receiver):
                return methods.call(self.interp, Method(receiver, name), call)
            case Expr(op="attr", args=(Ref(id=number), Const(value=str() as name))) if self._of_library(number):
                return methods.call(self.interp, Method(Ref(number), name), call)
            case Ref() | Symbol() | Expr() | Element():
                return self._call_object(callee, call)
            case _:
                return self.unknown_call(callee, call)

    def _each_option(self, options: Any, act: Any) -> Any:
        results = []
        for path, option in options:
            with self.world.assuming(path) as possible:
                if possible:
                    results.append((path, act(option)))
        if not results:
            return self.world.unknown("call")
        if len(results) == 1:
            return results[0][1]
        first = results[0][1]
        if all(isinstance(value, CORE) and value == first for _, value in results):
            return first
        return choose(tuple(results))

    def invoke_value(self, callee: Any, node: ir.Expression, frame: Frame, args: list[Any] | None = None) -> Any:
        """Call a value that no call expression stands for (a property, a callback)."""
        call = ir.Call(node, (), node.at)
        made = Invocation(
            self.interp, call, frame, self.interp.span(node.at, frame), render(node), args or [], {}, False
        )
        return self.invoke(callee, made)

    def unknown_call(self, callee: Any, call: Invocation, *, inert: bool = False) -> Any:
        """A call of which nothing is known: a new value, and whatever was given may have changed."""
        given = call.all_arguments()
        for value in given:
            if isinstance(value, Collection) and value.pending is not None:
                consume(self.interp, value, call.node, call.frame, "this call")
        objects = self.objects_in(given)
        if isinstance(callee, (Method, Bound)):
            objects += self.objects_in([callee.receiver])
        if not inert and objects:
            self.world.emit(Tainted, call.span, call.text, objects=tuple(dict.fromkeys(objects)))
        result: Any = self.world.unknown(call.text.partition("(")[0])
        drawn = [element for value in given for element in elements(value)]
        if isinstance(callee, (Method, Bound)):
            drawn += elements(callee.receiver)
        if drawn:
            return Expr("opaque", (result, *dict.fromkeys(drawn)))
        if objects and not inert:
            self.world.made_from[result] = tuple(dict.fromkeys(objects))
        self.flows(result, given)
        return result

    def objects_in(self, values: list[Any], depth: int = 0) -> list[int]:
        """The modules and optimizers that the values are or hold."""
        found: list[int] = []
        for value in values:
            match value:
                case Ref(id=number) if self.holds_model(self.world.heap[number]):
                    found.append(number)
                case Symbol() | Expr():
                    known = self.world.objects_of.get(value)
                    if known is not None and self.holds_model(self.world.heap[known]):
                        found.append(known)
                case Collection() if depth < 3:
                    found.extend(self.objects_in([item.value for item in value.items], depth + 1))
                case Choice():
                    found.extend(self.objects_in([option for _, option in value.options], depth + 1))
                case Bound(receiver=receiver):
                    found.extend(self.objects_in([receiver], depth + 1))
                case _:
                    pass
        return found

    def holds_model(self, item: HeapObject, depth: int = 2) -> bool:
        """Whether an object is a module or an optimizer, or has one among its attributes."""
        if item.kind in (Kind.MODULE, Kind.OPTIMIZER):
            return True
        return depth > 0 and any(self.holds_model(self.world.heap[edge.child], depth - 1) for edge in item.edges)

    # --- functions of the project ---------------------------------------------------------------------------------

    def inline(
        self,
        function: Function,
        call: Invocation,
        *,
        receiver: Any = None,
        kind: ClassValue | None = None,
        on_yield: Callable[[Any], None] | None = None,
    ) -> Any:
        """Interpret the body of a function with the arguments of a call."""
        if function.context:
            return Suspended(function, receiver, kind, call)
        world = self.world
        identity = id(function.node)
        if len(self._active) >= _DEEPEST or self._active.count(identity) >= 2:
            return self.unknown_call(Bound(receiver, function) if receiver is not None else function, call)
        if not call.entry and not self._worth_inlining(function, receiver, call):
            return self.unknown_call(function, call, inert=True)
        self.interp.visited.add(identity)
        owner = function.owner
        frame = Frame(
            f"{owner.node.name}.{function.name}" if owner is not None else function.name,
            function.module, function.scope, entry=world.path, owner=owner, receiver=receiver,
        )  # fmt: skip
        args = call.args if receiver is None else [receiver, *call.args]
        frame.on_yield = on_yield
        self._bind(function, args, call, frame)
        saved = (world.stack, world.functions, world.grad)
        if not call.entry:
            world.stack = (*world.stack, call.span)
        world.functions = [*world.functions, frame.function]
        if function.grad is not None:
            world.grad = function.grad
        self._active.append(identity)
        try:
            return self._run(function, frame)
        finally:
            self._active.pop()
            world.stack, world.functions, world.grad = saved

    def _worth_inlining(self, function: Function, receiver: Any, call: Invocation) -> bool:
        """Whether a body may matter: it is short, it is given a part of a model, or it speaks of such things."""
        node = function.node
        if isinstance(node, ir.Lambda) or (known := self._sizes.get(id(node))) is True:
            return True
        if known is None:
            text = function.source
            known = text.count("\n") <= _SHORT or _RELEVANT.search(text) is not None
            self._sizes[id(node)] = known
        return (
            known
            or bool(self.objects_in(call.all_arguments()))
            or any(
                isinstance(value, (Function, Bound, Collection)) and self.concerns_model(value)
                for value in call.all_arguments()
            )
        )

    def concerns_model(self, value: Any) -> bool:
        """Whether a value is a callback, or a collection that holds parameters or modules."""
        if isinstance(value, Collection):
            return any(bool(elements(item.value)) or self.objects_in([item.value]) for item in value.items[:20])
        return True

    def _run(self, function: Function, frame: Frame) -> Any:
        node = function.node
        if isinstance(node, ir.Lambda):
            return self.interp.evaluate(node.body, frame)
        left = self.interp.block(node.body, frame)
        if node.yields:
            items = []
            for path, value in frame.yields:
                inner = value if isinstance(value, Item) else Item(value)
                items.append(Item(inner.value, path[len(frame.entry) :] + inner.path, inner.each, inner.key))
            return collection(self.world, "iterator", items, origin="generator")
        results = [(path[len(frame.entry) :], value) for path, value in frame.returns]
        if left.raises and not results:
            return self.world.unknown(function.name)
        if truth_of(left.function) is not Truth.YES and not left.raises:
            results.append(((), NONE))
        return _joined(results)

    def _bind(self, function: Function, args: list[Any], call: Invocation, frame: Frame) -> None:
        world = self.world
        remaining = list(args)
        keywords = dict(call.keywords)
        for parameter in function.node.parameters:
            value: Any
            if parameter.kind == "*":
                value = plain(world, "tuple", remaining)
                remaining = []
            elif parameter.kind == "**":
                items = [Item(each, key=Const(key)) for key, each in keywords.items()]
                value = collection(world, "dict", items, complete=not call.more)
                keywords = {}
            elif parameter.kind == "positional" and remaining:
                value = remaining.pop(0)
            elif parameter.name in keywords:
                value = keywords.pop(parameter.name)
            elif parameter.default is not None and not call.more:
                value = self.interp.evaluate(parameter.default, function.scope)
            else:
                value = world.unknown(parameter.name)
            self.annotated(value, parameter.annotation, function.scope)
            frame.names.write(parameter.name, value, world.path)

    def annotated(self, value: Any, annotation: ir.Expression | None, frame: Frame) -> None:
        """What an annotation says of a value that is not known."""
        if annotation is None or not isinstance(value, Symbol):
            return
        text = render(annotation).strip("'\"").replace("Optional[", "").rstrip("]").partition(" |")[0]
        last = text.rpartition(".")[2]
        if last in ("Module", "LightningModule", "PreTrainedModel", "Sequential", "ModuleList"):
            self.world.object_of(value, module=True)
        elif last in ("Tensor", "Parameter", "FloatTensor", "LongTensor"):
            self.leaf_tensors.add(value)
        elif last in ("Optimizer", "AdamW", "Adam", "SGD"):
            item = self.world.object_of(value)
            if item is not None:
                item.kind, item.is_module = Kind.OPTIMIZER, Truth.NO
        elif last[:1].isupper() and _MODULE_NAME.search(last) is not None and "Config" not in last:
            self.world.object_of(value)

    # --- objects --------------------------------------------------------------------------------------------------

    def construct(self, cls: ClassValue, call: Invocation) -> Any:
        """An instance of a class of the project: its `__init__` is interpreted."""
        world = self.world
        module = classes.is_module(cls)
        made = world.heap.new(
            Kind.MODULE if module is Truth.YES else Kind.OBJECT, f"{cls.node.name}()", call.span, world.tick()
        )
        made.is_module = module
        made.classes = classes.qualified(cls)
        made.open = not classes.fully_known(cls)
        if made.open:
            made.norm = made.dropout = Truth.NO
        self.class_of[made.id] = cls
        initial = classes.member(cls, "__init__")
        reference = Ref(made.id)
        if isinstance(initial, Function):
            self.inline(initial, call, receiver=reference, kind=cls)
        elif any(name.endswith((".Sequential", ".ModuleList")) for name in classes.library_bases(cls)):
            library_calls.fill_container(self.interp, made, call)
        elif _is_dataclass(cls):
            self._fields(cls, made, call)
        self._finish_init(cls, made, call)
        return reference

    def _finish_init(self, cls: ClassValue, made: HeapObject, call: Invocation) -> None:
        after = classes.member(cls, "__post_init__")
        if isinstance(after, Function):
            self.inline(after, call.without_arguments(), receiver=Ref(made.id), kind=cls)

    def _fields(self, cls: ClassValue, made: HeapObject, call: Invocation) -> None:
        remaining = list(call.args)
        for each in reversed(classes.lineage(cls)):
            if not isinstance(each, ClassValue):
                continue
            for statement in each.node.body:
                if not (isinstance(statement, ir.Assign) and statement.annotation is not None):
                    continue
                target = statement.targets[0]
                if not isinstance(target, ir.Name):
                    continue
                name = target.id
                if remaining:
                    value = remaining.pop(0)
                elif name in call.keywords:
                    value = call.keywords[name]
                elif statement.value is not None and not call.more:
                    value = each.members.get(name, NONE)
                    if isinstance(value, Symbol):
                        value = self.world.unknown(name)
                else:
                    value = self.world.unknown(name)
                self.world.attributes.write((made.id, name), value, self.world.path)

    def contain(self, owner: HeapObject, name: str, value: Any, target: ir.Expression, frame: Frame) -> None:
        """Make a module or parameter that is assigned to an attribute the object's child."""
        world = self.world
        child: HeapObject | None = None
        if isinstance(value, Ref):
            child = world.heap[value.id]
        elif isinstance(value, (Symbol, Expr)):
            number = world.objects_of.get(value)
            known = world.heap[number] if number is not None else None
            if known is None and isinstance(value, Symbol):
                known = world.object_of(value)
            child = known
        world.heap.expand(owner)
        before = world.heap.child(owner, name, world.now)
        path = world.event_path()
        if child is None or child.kind in (Kind.OPTIMIZER, Kind.SCHEDULER) or child.id == owner.id:
            if before is not None:
                world.heap.detach(owner, name, world.tick(), path)
            return
        if before is not None and before.id == child.id:
            return
        if child.label.endswith(")") and child.kind in (Kind.MODULE, Kind.OBJECT):
            child.label = f"{owner.label}.{name}"
        if owner.kind is Kind.OPTIMIZER:
            return
        replaced = (
            before is not None and before.kind is Kind.MODULE and child.is_module is not Truth.NO
            and any(e.name == name and e.alive(world.now, path) is not Truth.NO for e in owner.edges)
        )  # fmt: skip
        if before is None and owner.open and owner.is_module is not Truth.NO and self._was_there(owner, name):
            replaced = child.kind is Kind.MODULE and child.is_module is Truth.YES
            before = world.object_of(Expr("attr", (self._value_of(owner), Const(name)))) if replaced else None
        kind = self.class_of.get(owner.id)
        # A class with a `__setattr__` of its own may keep what it is given out of the module tree.
        registers = not (isinstance(kind, ClassValue) and classes.member(kind, "__setattr__") is not None)
        world.heap.attach(owner, name, child, world.tick(), path, Truth.YES if registers else Truth.MAYBE)
        if replaced and before is not None:
            world.emit(
                ModuleReplaced, self.interp.span(target.at, frame), render(target), parent=owner.id, name=name,
                old=before.id, new=child.id,
            )  # fmt: skip

    def _was_there(self, owner: HeapObject, name: str) -> bool:
        """Whether an open module surely had this attribute: it is a stand-in and no code of it runs here."""
        return owner.id not in self.class_of and owner.tree is None and owner.kind is Kind.MODULE

    def _value_of(self, owner: HeapObject) -> Any:
        for value, number in self.world.objects_of.items():
            if number == owner.id:
                return value
        return Ref(owner.id)

    def _call_object(self, callee: Any, call: Invocation) -> Any:
        """`module(x)`: a forward; of anything else unknown, an unknown call."""
        world = self.world
        if isinstance(callee, Element):
            return self.unknown_call(callee, call, inert=True)
        known = (
            isinstance(callee, Ref) or callee in world.objects_of or _MODULE_NAME.search(describe(callee)) is not None
        )
        item = world.object_of(callee) if known else None
        if item is None:
            return self.unknown_call(callee, call)
        if item.kind is Kind.MODULE and item.is_module is Truth.YES:
            return self.forward(item, call)
        kind = self.class_of.get(item.id)
        if isinstance(kind, ClassValue):
            method = classes.member(kind, "__call__")
            if isinstance(method, Function):
                return self.inline(method, call, receiver=Ref(item.id), kind=kind)
        if item.kind is Kind.OBJECT and item.is_module is Truth.MAYBE:
            world.emit(Forward, call.span, call.text, module=item.id, grad=world.grad, within=self._in_forward > 0)
        result = self.unknown_call(callee, call)
        return result

    def forward(self, item: HeapObject, call: Invocation, *, method: str = "forward") -> Any:
        """`module(x)`: an event, and the body of `forward` where it is known."""
        world = self.world
        kind = self.class_of.get(item.id)
        given = call.all_arguments()
        result: Any = None
        if isinstance(kind, ClassValue):
            body = classes.member(kind, method)
            key = (item.id, len(world.loops))
            count = self._forwards.get(key, 0)
            if isinstance(body, Function) and count < _FORWARDS and self._forward_matters(kind):
                self._forwards[key] = count + 1
                self._in_forward += 1
                try:
                    result = self.inline(body, call, receiver=Ref(item.id), kind=kind)
                finally:
                    self._in_forward -= 1
        # After the body: what it does to modes first (`if self.training: self.eval()`) holds for its layers.
        world.emit(Forward, call.span, call.text.partition("(")[0], module=item.id, grad=world.grad,
                   within=self._in_forward > 0, skips=self._skipped(item, kind))  # fmt: skip
        if not isinstance(result, (Symbol, Expr)) or self.is_computed(result) is Truth.NO:
            if not isinstance(result, Collection):
                result = world.unknown("output")
        if isinstance(result, (Symbol, Expr)):
            world.computed.setdefault(result, Truth.YES)
        self.flows(result, given)
        return result

    def _skipped(self, item: HeapObject, kind: Any) -> tuple[int, ...]:
        """Sub-modules that the forward of a class of the project surely does not run: it never names them."""
        if not isinstance(kind, ClassValue) or not classes.fully_known(kind):
            return ()
        text = classes.forward_text(kind)
        if text is None or _DYNAMIC.search(text) is not None:
            return ()
        return tuple(
            edge.child for edge in item.edges
            if self.world.heap[edge.child].kind is Kind.MODULE and not edge.name.startswith("?")
            and re.search(rf"\b{re.escape(edge.name)}\b", text) is None
        )  # fmt: skip

    def _forward_matters(self, kind: ClassValue) -> bool:
        """Whether the class does more in its forward than compute: a forward event tells all that matters else."""
        known = self._matters.get(id(kind))
        if known is None:
            texts = (ast_text for each in classes.lineage(kind) if isinstance(each, ClassValue)
                     for ast_text in (each.module.text_of(each.node.name),))  # fmt: skip
            known = self._matters[id(kind)] = any(_ACTS.search(text) for text in texts)
        return known

    def delegate(self, item: HeapObject) -> HeapObject | None:
        """The object to which a wrapper passes on what it does not have."""
        number = self.wrapped.get(item.id)
        return self.world.heap[number] if number is not None else None

    def named(self, value: Any, name: str) -> None:
        """An object takes the name of the first variable it is assigned to."""
        if isinstance(value, Ref):
            item = self.world.heap[value.id]
            if item.label.endswith(")"):
                item.label = name

    # --- tensors --------------------------------------------------------------------------------------------------

    def flows(self, result: Any, inputs: Any) -> None:
        """Mark a result as computed where an input is."""
        if not isinstance(result, (Symbol, Expr)):
            return
        truth = Truth.NO
        for value in inputs:
            truth = truth | self._carries(value)
        if truth is not Truth.NO:
            self.world.computed.setdefault(result, truth)

    def _carries(self, value: Any, depth: int = 0) -> Truth:
        if isinstance(value, (Symbol, Expr)):
            return self.is_computed(value)
        if isinstance(value, Collection) and depth < 3:
            for item in value.items:
                if self._carries(item.value, depth + 1) is not Truth.NO:
                    return Truth.YES
        return Truth.NO

    def is_computed(self, value: Any) -> Truth:
        """Whether a value is a tensor that a forward or an operation on one computed."""
        known = self.world.computed.get(value)
        if known is not None:
            return known
        if isinstance(value, Expr) and value.op not in ("requires_grad", "training"):
            for leaf in leaves(value):
                found = self.world.computed.get(leaf)
                if found is not None and found is not Truth.NO:
                    return found
        return Truth.NO

    def _of_library(self, number: int) -> bool:
        """Whether an object is an instance of a library's class, whose methods the libraries' facts tell."""
        kind = self.class_of.get(number)
        return isinstance(kind, Library) or lifecycles.library_class(self.interp, self.world.heap[number]) is not None

    def _is_tensor(self, value: Any) -> bool:
        return value in self.leaf_tensors or self.is_computed(value) is not Truth.NO

    def connected(self, value: Any) -> Truth:
        """Whether a forward's graph leads to a tensor: NO where all that it is made of was cut off from any."""
        if self.is_computed(value) is not Truth.NO:
            return self.is_computed(value)
        symbols = [leaf for leaf in leaves(value) if not isinstance(leaf, Const)]
        cut = value in self.leaf_tensors or (symbols and all(leaf in self.leaf_tensors for leaf in symbols))
        return Truth.NO if cut else Truth.MAYBE

    def tensor_number(self, value: Any) -> int:
        """A number for a tensor value, the same at each call."""
        return self._tensors.setdefault(value, self.world.fresh())

    # --- odds and ends that statements need -------------------------------------------------------------------------

    def decorated(self, value: Any, decorator: ir.Expression, frame: Frame) -> Any:
        """A function with a decorator applied."""
        if not isinstance(value, Function):
            return value
        name = decorator.func if isinstance(decorator, ir.Call) else decorator
        text = render(name)
        last = text.rpartition(".")[2]
        match last:
            case "property" | "cached_property":
                return classes.Property(value, last == "cached_property")
            case "staticmethod":
                return classes.Static(value)
            case "classmethod":
                return classes.ClassLevel(value)
            case "no_grad" | "inference_mode" | "enable_grad" | "set_grad_enabled" | "torch_no_grad":
                enabled = last == "enable_grad"
                return Function(value.node, value.module, value.scope, value.owner, Truth.of(enabled))
            case "apply" if isinstance(decorator, ir.Attribute):
                applied = self.interp.evaluate(decorator, frame)
                if isinstance(applied, Method):
                    self.invoke_value(applied, decorator, frame, [value])
                return value
            case "contextmanager":
                return Function(value.node, value.module, value.scope, value.owner, value.grad, context=True)
            case _:
                return value

    def resume(self, context: Suspended, body: Callable[[Any], None]) -> None:
        """Run a suspended context manager, `body` where it yields."""
        function = msgspec.structs.replace(context.function, context=False)
        self.inline(function, context.call, receiver=context.receiver, kind=context.kind, on_yield=body)

    def leave(self, value: Any, node: ir.Expression, frame: Frame) -> None:
        """What a context manager of the project does on the way out."""
        kind = self.class_of.get(value.id) if isinstance(value, Ref) else None
        leaving = classes.member(kind, "__exit__") if isinstance(kind, ClassValue) else None
        if isinstance(leaving, Function):
            self.invoke_value(Bound(value, leaving, kind), node, frame, [NONE, NONE, NONE])

    def enter(self, value: Any, node: ir.Expression, frame: Frame) -> Any:
        """What `with value as x` binds, and what it does to the grad mode."""
        if isinstance(value, GradContext):
            self.world.grad = value.enabled
            return value
        if isinstance(value, Choice):
            for _, option in value.options:
                if isinstance(option, GradContext):
                    self.world.grad = self.world.grad.join(option.enabled)
            return self.world.unknown("context")
        if isinstance(value, Library) and value.name.rpartition(".")[2] in ("no_grad", "inference_mode"):
            return self.world.unknown("context")
        if isinstance(value, Ref):
            kind = self.class_of.get(value.id)
            if isinstance(kind, ClassValue):
                entering = classes.member(kind, "__enter__")
                if isinstance(entering, Function):
                    return self.invoke_value(Bound(value, entering, kind), node, frame)
        if isinstance(value, Collection) and value.kind == "iterator" and len(value.items) == 1:
            return value.items[0].value
        return value

    def dropped(self, value: Any, node: ir.Call, frame: Frame) -> None:
        """A call whose result nobody takes."""
        if not isinstance(value, GradContext):
            return
        span = self.interp.span(node.at, frame)
        if value.immediate:
            self.world.grad = value.enabled
            self.world.emit(GradModeSet, span, render(node), value=Const(value.enabled is Truth.YES))
        else:
            self.world.emit(GradModeUnused, span, render(node), name=render(node.func))

    def element_of(self, iterable: Any, node: ir.For | ir.Clause, frame: Frame) -> Any:
        """An element of something whose elements are not known one by one."""
        target = node.target
        name = target.id if isinstance(target, ir.Name) else "item"
        if (isinstance(iterable, (Symbol, Expr)) and iterable in self.world.objects_of) or isinstance(iterable, Ref):
            scalar = self.world.scalar(iterable)
            return Expr("item", (scalar, self.world.unknown(name)))
        if isinstance(iterable, Expr) and iterable.op == "attr":
            return Expr("item", (iterable, self.world.unknown(name)))
        if isinstance(iterable, Expr) and iterable.op == "param_groups":
            return Expr("param_group", (*iterable.args, self.world.unknown("group")))
        if isinstance(target, ir.Sequence) and isinstance(iterable, Builtin):
            return plain(self.world, "tuple", [self.world.unknown("item") for _ in target.elements])
        element = self.world.unknown(name)
        self.flows(element, [iterable])
        if isinstance(iterable, (Method, Bound)):
            self.leaf_tensors.add(element)
        return element

    def narrowed_item(self, item: Item) -> Any:
        """The value of an item that stands for one element, its tests kept."""
        if item.path:
            return choose(((item.path, item.value),))
        return item.value

    def by_name(self, each: Item, name: str) -> Any:
        """`dict(model.named_parameters())[name]`."""
        test = fold("==", (self._name_element(each), Const(name)))
        from .world import condition

        return choose((((*each.path, *condition(test, polarity=True)), each.value),))

    def _name_element(self, each: Item) -> Any:
        for leaf in leaves(each.value) if isinstance(each.value, CORE) else ():
            if isinstance(leaf, Element):
                return Element("name", leaf.loop)
        return self.world.unknown("name")

    def extend(self, target: Collection, value: Any, node: ir.Expression, frame: Frame) -> None:
        """`target.extend(value)`."""
        items = items_of(self.interp, value, node, frame)
        if items is None:
            target.complete = False
            return
        for item in items:
            target.items.append(
                Item(item.value, self.world.path + item.path, item.each or bool(elements(item.value)), item.key)
            )

    def append(self, target: Collection, value: Any) -> None:
        """`target.append(value)`, for each element of the loops over parameters it stands in."""
        target.items.append(Item(value, self.world.path, bool(elements(value))))

    def augmented_module(self, owner: Ref, value: Any, node: ir.AugmentedAssign, frame: Frame) -> None:
        """`module_list += [...]`."""
        item = self.world.heap[owner.id]
        if item.kind is Kind.MODULE and isinstance(value, Collection):
            library_calls.append_children(self.interp, item, value, node.value, frame)


def _joined(results: list[tuple[Any, Any]]) -> Any:
    if not results:
        return NONE
    if len(results) == 1:
        return results[0][1]
    first = results[0][1]
    if all(isinstance(value, CORE) and value == first for _, value in results):
        return first
    if all(value is first for _, value in results):
        return first
    return choose(tuple(results))


def _is_dataclass(cls: ClassValue) -> bool:
    return any("dataclass" in render(decorator) for decorator in cls.node.decorators) or any(
        isinstance(base, Library) and base.name.endswith(("NamedTuple", "Struct", "BaseModel")) for base in cls.bases
    )
