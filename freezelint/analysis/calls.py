"""Calls: what is called, with which arguments, and what becomes of it.

Functions of the project are interpreted with their abstract arguments. What a library's function does is looked up
(`library_calls`, `methods`, `optimizers`). A call of something unknown may change exactly the objects it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from freezelint.core.events import FlagCalled, Forward, Given, Options, Tainted
from freezelint.core.objects import HeapObject, Kind
from freezelint.core.symbols import NONE, Const, Element, Expr, Path, Ref, Symbol, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes, foreign_methods, library_calls, lifecycles, methods, options
from .collections import collection, consume, elements, items_of, parameters_in, plain
from .construction import construct
from .frames import Frame
from .grad_modes import GradMode
from .gradients import changes, gradient_of
from .invocation import Invocation
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
    Super,
    Suspended,
    choose,
)
from .world import condition, describe, path_value

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


class Calls:
    """Calls of one interpreter, and what they leave behind: what class objects are of."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self.world = interp.world
        self.class_of: dict[int, ClassValue | Library] = {}
        self.wrapped: dict[int, int] = {}
        """Wrappers that pass attributes on to what they wrap, by object."""
        self.options_of: dict[int, Options] = {}
        """What optimizers give to groups that set no options of their own, by object."""
        self._active: list[int] = []

    # --- evaluating a call ----------------------------------------------------------------------------------------

    def call(self, node: ir.Call, frame: Frame) -> Any:
        """The value of a call expression."""
        interp = self.interp
        owner = node.func.value if isinstance(node.func, ir.Attribute) and node.func.attr == "requires_grad" else None
        if owner is not None and self._flag_called(node, owner, frame):
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
            known = self.interp.tensors.is_computed(value) is Truth.YES or value in self.interp.tensors.leaves
        if known:
            world.emit(FlagCalled, self.interp.span(node.at, frame), render(node), truth=Truth.YES)
        return known

    def _super(self, frame: Frame) -> Any:
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
                return construct(self.interp, callee, call)
            case Library():
                return library_calls.call(self.interp, callee.name, call)
            case Method():
                return methods.call(self.interp, callee, call)
            case Builtin():
                return callee.call(call)
            case Partial():
                return self.invoke(callee.function, call.prefixed(callee.args, callee.keywords))
            case Choice(options=options):
                return self.each_option(options, lambda option: self.invoke(option, call))
            case classes.Static(function=function) | classes.ClassLevel(function=function):
                return self.inline(function, call)
            case Expr(op="attr", args=(receiver, Const(value=str() as name))) if self.interp.tensors.is_tensor(
                receiver
            ) or (changes(name) and gradient_of(receiver) is not None):
                return methods.call(self.interp, Method(receiver, name), call)
            case Expr(op="attr", args=(Ref(id=number), Const(value=str() as name))) if self._of_library(number):
                return methods.call(self.interp, Method(Ref(number), name), call)
            case Ref() | Symbol() | Expr() | Element():
                return self._call_object(callee, call)
            case _:
                return self.unknown_call(callee, call)

    def each_option(self, options: Sequence[tuple[Path, Any]], act: Callable[[Any], Any]) -> Any:
        """What comes of each option, under the condition that it is the one."""
        results = []
        before = self.world.path
        for path, option in options:
            with self.world.assuming(path) as possible:
                if possible:
                    results.append((path, act(option)))
            if path:  # the options after it are taken where it is not
                self.world.path = self.world.path + condition(path_value(path), polarity=False)
        self.world.path = before
        if not results:
            return self.world.unknown("call")
        if len(results) == 1:
            return results[0][1]
        first = results[0][1]
        if all(isinstance(value, CORE) and value == first for _, value in results):
            return first
        return choose(tuple(results))

    def returned(self, value: Any) -> None:
        """A value leaves the function at hand: for code that is not seen, where nothing calls this function."""
        if len(self._active) <= 1 and not self.world.stack:
            self.interp.gathered.use(value)

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
            self.interp.gathered.use(value)
            if isinstance(value, Collection) and value.pending is not None:
                consume(self.interp, value, call.node, call.frame, "this call")
        objects = self.objects_in(given)
        if isinstance(callee, (Method, Bound)):
            objects += self.objects_in([callee.receiver])
        if inert and objects:
            self.world.emit(Given, call.span, call.text, objects=tuple(dict.fromkeys(objects)))
        elif objects:
            self.world.emit(Tainted, call.span, call.text, objects=tuple(dict.fromkeys(objects)))
        result: Any = self.world.unknown(call.text.partition("(")[0])
        drawn = [element for value in given for element in elements(value)]
        if isinstance(callee, (Method, Bound)):
            drawn += elements(callee.receiver)
        if drawn:
            result = Expr("opaque", (result, *dict.fromkeys(drawn)))
            self._carried(result, callee, call, objects, inert=inert)
            return result
        if objects and not inert:
            self.world.made_from[result] = tuple(dict.fromkeys(objects))
        self._carried(result, callee, call, objects, inert=inert)
        return result

    def _carried(self, result: Any, callee: Any, call: Invocation, objects: list[int], *, inert: bool) -> None:
        """The graphs of tensors that a call of something unknown was given go on in its result; it may keep them."""
        given = call.all_arguments()
        graphs = self.interp.tensors.graphs
        self.interp.tensors.mark(result, given)
        receiver = [callee.receiver] if isinstance(callee, (Method, Bound)) else []
        if isinstance(callee, Expr) and callee.op == "attr":
            receiver = [callee.args[0]]
        graphs.loss(result, call.text, call)
        graphs.flows(result, receiver)
        for number in dict.fromkeys(objects):
            graphs.used(result, self.world.heap[number], call, followed=False, skips=())
        if not inert and self.world.grad is not Truth.NO:
            graphs.escape(given, call.span, call.text)

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
        self.interp.loader.visit(function.place)
        owner = function.owner
        frame = Frame(
            f"{owner.node.name}.{function.name}" if owner is not None else function.name,
            function.module, function.scope, entry=world.path, owner=owner, receiver=receiver,
        )  # fmt: skip
        args = call.args if receiver is None else [receiver, *call.args]
        frame.on_yield = on_yield
        self._bind(function, args, call, frame)
        saved = (world.stack, world.functions)
        before = world.grad_log
        if not call.entry:
            world.stack = (*world.stack, call.span)
        world.functions = [*world.functions, frame.function]
        if function.grad is not None:
            world.set_grad(GradMode(function.grad, function.grad_at, "decorator"))
        self._active.append(identity)
        try:
            return self._run(function, frame)
        finally:
            self._active.pop()
            world.stack, world.functions = saved
            if function.grad is not None:
                world.grad_log = before

    def _worth_inlining(self, function: Function, receiver: Any, call: Invocation) -> bool:
        """Whether a body may matter: it is short, it is given a part of a model, or it speaks of such things."""
        node = function.node
        if isinstance(node, ir.Lambda) or (known := self.interp.definitions.relevant.get(id(node))) is True:
            return True
        if known is None:
            text = function.source
            known = text.count("\n") <= _SHORT or _RELEVANT.search(text) is not None
            self.interp.definitions.relevant[id(node)] = known
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
                options.swallowed(self.interp, function, parameter, keywords, call)
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
            self.interp.tensors.leaves.add(value)
        elif last in ("Optimizer", "AdamW", "Adam", "SGD"):
            item = self.world.object_of(value)
            if item is not None:
                item.kind, item.is_module = Kind.OPTIMIZER, Truth.NO
        elif last[:1].isupper() and _MODULE_NAME.search(last) is not None and "Config" not in last:
            self.world.object_of(value)

    # --- objects --------------------------------------------------------------------------------------------------

    def _call_object(self, callee: Any, call: Invocation) -> Any:
        """`module(x)`: a forward; of anything else unknown, an unknown call."""
        world = self.world
        if isinstance(callee, Element):
            return self.unknown_call(callee, call, inert=True)
        foreign = foreign_methods.call(self.interp, callee, call)
        if foreign is not None:
            return foreign[0]
        known = (
            isinstance(callee, Ref) or callee in world.objects_of or _MODULE_NAME.search(describe(callee)) is not None
        )
        item = world.object_of(callee) if known else None
        if item is None:
            return self.unknown_call(callee, call)
        if item.kind is Kind.MODULE and item.is_module is Truth.YES:
            return self.interp.forwards.run(item, call)
        kind = self.class_of.get(item.id)
        if isinstance(kind, ClassValue):
            method = classes.member(kind, "__call__")
            if isinstance(method, Function):
                return self.inline(method, call, receiver=Ref(item.id), kind=kind)
        if item.kind is Kind.OBJECT and item.is_module is Truth.MAYBE:
            world.emit(
                Forward, call.span, call.text, module=item.id, grad=world.grad, within=self.interp.forwards.inside
            )
        result = self.unknown_call(callee, call)
        self.interp.tensors.graphs.used(result, item, call, followed=False, skips=())
        return result

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

    def _of_library(self, number: int) -> bool:
        """Whether an object is an instance of a library's class, whose methods the libraries' facts tell."""
        kind = self.class_of.get(number)
        return isinstance(kind, Library) or lifecycles.library_class(self.interp, self.world.heap[number]) is not None


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
