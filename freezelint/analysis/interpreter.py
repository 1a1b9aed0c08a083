"""The abstract interpreter: statements.

Both branches of an undecided `if` are run one after the other under their conditions; what they write carries its
condition. A block reports under which condition it was left (return, raise, break, continue), and what follows runs
under the opposite: so `if not freeze: return` makes the rest conditional on `freeze`. A loop over parameters or modules
runs its body once with an element that stands for each; any other loop over unknown things runs twice, as its first
and as a later iteration.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from freezelint.core.events import Loop
from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, NONE, TRUE, Const, Element, Expr, Path, Value, fold, loops_of, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import expressions, flags, targets
from .calls import Calls
from .collections import items_of
from .frames import MISSING, Frame
from .project import Project, ProjectModule
from .text import flatten_names, picks_by
from .values import Bound, Choice, ClassValue, Collection, Function, Item, Library, Method, Namespace, Suspended, choose
from .world import World, condition

_UNROLL = 40
_SHORT = 4


_REGISTERS = re.compile(r"@\w*[Rr]egist\w*[.(\s]|@\w+\.[Rr]egist\w*")
_MOST_REGISTERED = 12


class Exit(NamedTuple):
    """Under which condition a block was left: out of the function, and out of the loop body alone.

    `raises` where it surely ends by raising. What only a raise leaves is not made a condition of what follows: the
    program that goes on is the one of interest.
    """

    function: Value
    loop: Value
    raises: bool = False

    @property
    def any(self) -> Value:
        return fold("or", (self.function, self.loop))


STAYS = Exit(FALSE, FALSE)


class Interpreter:
    """Interprets the code of a project in one world."""

    def __init__(self, project: Project, world: World) -> None:
        self.project = project
        self.world = world
        self.calls = Calls(self)
        self.frames: dict[str, Frame] = {}
        self.visited: set[int] = set()
        """Functions (by id of their node) whose body was interpreted."""
        self._imported_once: set[str] = set()
        self._running: set[tuple[str, int]] = set()
        self._done: set[tuple[str, int]] = set()

    # --- modules and names ----------------------------------------------------------------------------------------

    def module_frame(self, module: ProjectModule) -> Frame:
        """The scope of a module; its names are bound when they are asked for."""
        found = self.frames.get(module.absolute)
        if found is None:
            found = self.frames[module.absolute] = Frame("", module, None)
            found.names.write("__name__", Const(module.name), ())
            found.names.write("__file__", self.world.unknown("__file__"), ())
        return found

    def run_module(self, module: ProjectModule) -> None:
        """Interpret a module as a script."""
        frame = self.module_frame(module)
        frame.names.write("__name__", Const("__main__"), ())
        before = self.world.path
        for number in range(len(module.chunks)):
            left = self._run_chunk(frame, number)
            if left is not None and truth_of(left.any) is not Truth.NO:
                self.world.path = before = before + tuple(condition(left.any, polarity=False))
                if truth_of(left.any) is Truth.YES:
                    break
        self.world.path = ()

    def _run_chunk(self, frame: Frame, number: int) -> Exit | None:
        key = (frame.module.absolute, number)
        if key in self._done or key in self._running:
            return None
        self._running.add(key)
        try:
            return self.block(frame.module.statements(number), frame)
        finally:
            self._running.discard(key)
            self._done.add(key)

    def global_name(self, module: ProjectModule, name: str) -> Any:
        """The value of a module-level name, running the statements that bind it if they have not run yet."""
        frame = self.module_frame(module)
        value = frame.names.read(name, self.world.path)
        pending = [n for n in module.binders(name) if (module.absolute, n) not in self._done]
        if pending and (value is MISSING or frame.module.absolute not in {f for f, _ in self._running}):
            self._run_aside(frame, pending)
            value = frame.names.read(name, self.world.path)
        if value is MISSING:
            source = self.project.star_source(module, name)
            if source is not None:
                return self.global_name(source, name)
            if module.is_package:
                submodule = self.project.imported(module, name, 1)
                if submodule is not None:
                    return Namespace(submodule)
        return value

    def _run_aside(self, frame: Frame, chunks: list[int]) -> None:
        """Run module-level statements outside the current path, calls and loops."""
        world = self.world
        saved = (world.path, world.stack, world.functions, world.loops, world.grad)
        world.path, world.stack, world.functions, world.loops, world.grad = (), (), [""], (), Truth.YES
        try:
            for number in chunks:
                self._run_chunk(frame, number)
        finally:
            world.path, world.stack, world.functions, world.loops, world.grad = saved

    def _imported(self, module: ProjectModule, target: str, level: int, name: str) -> Any:
        found = self.project.imported(module, target, level)
        if found is not None:
            self._register(found)
            if found is module:
                return MISSING
            value = self.global_name(found, name)
            if value is not MISSING:
                return value
            submodule = self.project.imported(module, f"{target}.{name}" if target else name, level)
            if submodule is not None:
                self._register(submodule)
                return Namespace(submodule)
            return MISSING if found.problem is None else self.world.unknown(name)
        submodule = self.project.imported(module, f"{target}.{name}" if target else name, level)
        if submodule is not None:
            return Namespace(submodule)
        prefix = "." * level + target
        return Library(f"{prefix}.{name}" if prefix else name)

    # --- statements -----------------------------------------------------------------------------------------------

    def block(self, statements: tuple[ir.Statement, ...], frame: Frame) -> Exit:
        """Run statements in order; what follows a conditional exit runs under the opposite condition."""
        before = self.world.path
        function: Value = FALSE
        loop: Value = FALSE
        try:
            for statement in statements:
                left = self.statement(statement, frame)
                if left is STAYS:
                    continue
                if left.raises:
                    return Exit(function, loop, raises=True)
                function = fold("or", (function, left.function))
                loop = fold("or", (loop, left.loop))
                leaving = truth_of(left.any)
                if leaving is Truth.YES:
                    break
                if leaving is Truth.MAYBE:
                    self.world.path = self.world.path + condition(left.any, polarity=False)
        finally:
            self.world.path = before
        return STAYS if function == FALSE and loop == FALSE else Exit(function, loop)

    def statement(self, node: ir.Statement, frame: Frame) -> Exit:
        """Run one statement."""
        self.world.spend()
        match node:
            case ir.ExpressionStatement(value=value):
                targets.bare(self, value, frame)
            case ir.Assign():
                self._assign(node, frame)
            case ir.AugmentedAssign():
                targets.augment(self, node, frame)
            case ir.If():
                return self._if(node, frame)
            case ir.For():
                return self._for(node, frame)
            case ir.While():
                return self._while(node, frame)
            case ir.With():
                return self._with(node, frame)
            case ir.Try():
                return self._try(node, frame)
            case ir.Match():
                return self._match(node, frame)
            case ir.Return(value=value):
                result = self.evaluate(value, frame) if value is not None else NONE
                frame.returns.append((self.world.path, result))
                return Exit(TRUE, FALSE)
            case ir.Raise(value=value):
                if value is not None:
                    self.evaluate(value, frame)
                return Exit(FALSE, FALSE, raises=True)
            case ir.FunctionDef():
                self._define(node, frame)
            case ir.ClassDef():
                frame.assign(node.name, self._class(node, frame), self.world.path)
            case ir.Import() | ir.ImportFrom():
                self._import(node, frame)
            case ir.Assert(test=test):
                self.evaluate(test, frame)
            case ir.Delete(targets=deleted):
                for target in deleted:
                    targets.delete(self, target, frame)
            case ir.Scope():
                self._scope(node, frame)
            case ir.Jump(kind="break" | "continue"):
                return Exit(FALSE, TRUE)
            case _:
                pass
        return STAYS

    def evaluate(self, node: ir.Expression, frame: Frame) -> Any:
        """The value of an expression."""
        return expressions.evaluate(self, node, frame)

    def span(self, at: ir.Position, frame: Frame) -> Span:
        """A position as a span in the frame's file."""
        return Span(frame.module.path, at.line, at.column, at.end_line, at.end_column)

    def _assign(self, node: ir.Assign, frame: Frame) -> None:
        if node.value is None:
            return
        value = self.evaluate(node.value, frame)
        for target in node.targets:
            targets.assign(self, target, value, frame, node)

    def _define(self, node: ir.FunctionDef, frame: Frame) -> None:
        if any(isinstance(each, ir.Attribute) and each.attr in ("setter", "deleter") for each in node.decorators):
            return
        value: Any = Function(node, frame.module, frame, frame.owner if frame.is_class else None)
        for decorator in reversed(node.decorators):
            value = self.calls.decorated(value, decorator, frame)
        frame.assign(node.name, value, self.world.path)

    def _class(self, node: ir.ClassDef, frame: Frame) -> ClassValue:
        bases = tuple(self.evaluate(base, frame) for base in node.bases)
        inner = Frame(frame.function, frame.module, frame)
        inner.is_class = True
        qualified = f"{frame.module.name}.{node.name}"
        value = ClassValue(node, frame.module, inner, bases, {}, qualified)
        inner.owner = value
        self.block(node.body, inner)
        self._decorate(node, value, frame)
        for key in inner.names.keys():
            value.members[key] = inner.names.read(key, self.world.path)
        return value

    def _decorate(self, node: ir.ClassDef, value: ClassValue, frame: Frame) -> None:
        """Run the decorators of a class that are functions of the project: a registry is filled by them."""
        for decorator in reversed(node.decorators):
            applied = self.evaluate(decorator, frame)
            if isinstance(applied, (Function, Bound)):
                self.calls.invoke_value(applied, decorator, frame, [value])

    def _register(self, module: ProjectModule) -> None:
        """Importing a module runs it: classes and functions that register themselves are defined."""
        if module.absolute in self._imported_once:
            return
        self._imported_once.add(module.absolute)
        frame = self.module_frame(module)
        registering = [n for n, chunk in enumerate(module.chunks) if _REGISTERS.match(chunk.text) is not None]
        if 0 < len(registering) <= _MOST_REGISTERED:
            self._run_aside(frame, registering)

    def _scope(self, node: ir.Scope, frame: Frame) -> None:
        for name in node.names:
            if node.kind == "global":
                frame.outer[name] = self.module_frame(frame.module)
            else:
                scope = frame.parent
                while scope is not None and name not in scope.names:
                    scope = scope.parent
                if scope is not None:
                    frame.outer[name] = scope

    def _import(self, node: ir.Import | ir.ImportFrom, frame: Frame) -> None:
        module = frame.module
        for each in node.names:
            if isinstance(node, ir.ImportFrom):
                if each.name == "*":
                    continue
                value = self._imported(module, node.module, node.level, each.name)
                frame.assign(
                    each.alias or each.name,
                    value if value is not MISSING else self.world.unknown(each.name),
                    self.world.path,
                )
                continue
            shown = each.name if each.alias else each.name.partition(".")[0]
            found = self.project.imported(module, shown, 0)
            if found is not None:
                self._register(found)
            value = Namespace(found) if found is not None and found is not module else Library(shown)
            frame.assign(each.alias or shown, value, self.world.path)

    # --- branches -------------------------------------------------------------------------------------------------

    def branch(self, test: ir.Expression, frame: Frame) -> Value:
        """A condition as a scalar."""
        return self.world.scalar(expressions.condition_of(self, test, frame))

    def _if(self, node: ir.If, frame: Frame) -> Exit:
        return self._branches(self.branch(node.test, frame), node.body, node.orelse, frame)

    def _branches(
        self, test: Value, body: tuple[ir.Statement, ...], orelse: tuple[ir.Statement, ...], frame: Frame
    ) -> Exit:
        decided = truth_of(test, self.world.path)
        if decided is Truth.YES:
            return self.block(body, frame)
        if decided is Truth.NO:
            return self.block(orelse, frame)
        first = second = STAYS
        with self.world.assuming(condition(test, polarity=True)) as possible:
            if possible:
                first = self.block(body, frame)
        with self.world.assuming(condition(test, polarity=False)) as possible:
            if possible:
                second = self.block(orelse, frame)
        return _merged(test, first, second)

    def _match(self, node: ir.Match, frame: Frame) -> Exit:
        subject = self.world.scalar(self.evaluate(node.subject, frame))
        return self._cases(subject, node.cases, frame)

    def _cases(self, subject: Value, cases: tuple[ir.MatchCase, ...], frame: Frame) -> Exit:
        if not cases:
            return STAYS
        case, *rest = cases
        for name in case.names:
            frame.assign(name, self.world.unknown(name), self.world.path)
        test: Value = TRUE
        if case.pattern is not None:
            pattern = self.world.scalar(self.evaluate(case.pattern, frame))
            opaque = isinstance(case.pattern, ir.Opaque)
            test = self.world.unknown("case") if opaque else fold("==", (subject, pattern))
        if case.guard is not None:
            test = fold("and", (test, self.branch(case.guard, frame)))
        decided = truth_of(test, self.world.path)
        if decided is Truth.YES:
            return self.block(case.body, frame)
        first = STAYS
        if decided is Truth.MAYBE:
            with self.world.assuming(condition(test, polarity=True)) as possible:
                if possible:
                    first = self.block(case.body, frame)
        with self.world.assuming(condition(test, polarity=False)):
            second = self._cases(subject, tuple(rest), frame)
        return _merged(test, first, second)

    def _try(self, node: ir.Try, frame: Frame) -> Exit:
        left = self.block(node.body, frame)
        if left.raises and node.handlers:
            left = STAYS if left.function == FALSE and left.loop == FALSE else Exit(left.function, left.loop)
        elif truth_of(left.any) is not Truth.YES and not left.raises:
            after = self.block(node.orelse, frame)
            if after is not STAYS:
                left = Exit(fold("or", (left.function, after.function)), fold("or", (left.loop, after.loop)))
        failed = self.world.unknown("exception")
        falls_through = False
        for handler in node.handlers:
            with self.world.assuming(condition(failed, polarity=True)):
                if handler.name:
                    frame.assign(handler.name, self.world.unknown(handler.name), self.world.path)
                caught = self.block(handler.body, frame)
                falls_through = falls_through or truth_of(caught.any) is not Truth.YES
        if falls_through and left is not STAYS:
            fine = fold("not", (failed,))
            left = Exit(fold("and", (fine, left.function)), fold("and", (fine, left.loop)))
        final = self.block(node.final, frame)
        if final is not STAYS:
            left = Exit(fold("or", (left.function, final.function)), fold("or", (left.loop, final.loop)))
        return left

    def _with(self, node: ir.With, frame: Frame) -> Exit:
        before = self.world.grad
        try:
            return self._within(node, 0, frame)
        finally:
            self.world.grad = before

    def _within(self, node: ir.With, number: int, frame: Frame) -> Exit:
        """The body under the context managers from `number` on; what they do on the way out follows it."""
        if number == len(node.items):
            return self.block(node.body, frame)
        item = node.items[number]
        value = self.evaluate(item.context, frame)
        if isinstance(value, Suspended):
            return self._around(value, node, number, frame)
        entered = self.calls.enter(value, item.context, frame)
        if item.target is not None:
            targets.assign(self, item.target, entered, frame, None)
        left = self._within(node, number + 1, frame)
        self.calls.leave(value, item.context, frame)
        return left

    def _around(self, context: Suspended, node: ir.With, number: int, frame: Frame) -> Exit:
        """A generator function used as a context manager: the body runs where it yields."""
        world = self.world
        results: list[Exit] = []
        here = (world.stack, world.functions)

        def body(value: Any) -> None:
            if results:
                return
            inside = (world.stack, world.functions)
            world.stack, world.functions = here
            target = node.items[number].target
            if target is not None:
                targets.assign(self, target, value, frame, None)
            results.append(self._within(node, number + 1, frame))
            world.stack, world.functions = inside

        self.calls.resume(context, body)
        return results[0] if results else self._within(node, number + 1, frame)

    # --- loops ----------------------------------------------------------------------------------------------------

    def _for(self, node: ir.For, frame: Frame) -> Exit:
        iterable = self.evaluate(node.iterable, frame)
        if isinstance(iterable, (Method, Bound)):
            targets.uncalled(self, iterable, node.iterable, frame, "iterated")
        return self._for_over(iterable, node, frame)

    def _for_over(self, iterable: Any, node: ir.For, frame: Frame) -> Exit:
        if isinstance(iterable, Choice):
            function: Value = FALSE
            for path, option in iterable.options:
                with self.world.assuming(path) as possible:
                    if possible:
                        left = self._for_over(option, node, frame)
                        function = fold("or", (function, left.function))
            return STAYS if function == FALSE else Exit(function, FALSE)
        items = items_of(self, iterable, node.iterable, frame)
        if items is not None and len(items) <= _UNROLL and self._worth_unrolling(iterable, items, node):
            return self._unrolled(items, node, frame)
        return self._repeated(node, frame, iterable)

    def _worth_unrolling(self, iterable: Any, items: list[Item], node: ir.For) -> bool:
        """A long range is unrolled only where the number picks something: `self.layers[i]`, f"layer{i}"."""
        if not isinstance(iterable, Collection) or iterable.origin != "range" or len(items) <= _SHORT:
            return True
        return isinstance(node.target, ir.Name) and picks_by(node.target.id, node.body)

    def _unrolled(self, items: list[Item], node: ir.For, frame: Frame) -> Exit:
        before = self.world.path
        function: Value = FALSE
        loop = self.world.fresh()
        loops = self.world.loops
        try:
            for number, item in enumerate(items):
                with self.world.assuming(item.path) as possible:
                    if not possible:
                        continue
                    if not item.each:
                        self.world.loops = (*loops, Loop(loop, number > 0))
                    else:
                        self._forget_counters(node, frame)
                        flags.check_rebinding(self, node, item.value, frame)
                    targets.assign(self, node.target, item.value, frame, None)
                    left = self.block(node.body, frame)
                function = fold("or", (function, _without_elements(left.function)))
                broken = fold("or", (_without_elements(left.function), _breaks(left.loop, node.body)))
                if truth_of(broken) is Truth.YES:
                    break
                if truth_of(broken) is Truth.MAYBE:
                    self.world.path = self.world.path + condition(broken, polarity=False)
        finally:
            self.world.path = before
            self.world.loops = loops
        self.block(node.orelse, frame)
        return STAYS if function == FALSE else Exit(function, FALSE)

    def _forget_counters(self, node: ir.For, frame: Frame) -> None:
        """A name that the body counts up differs by element: which value it has for which is not known."""
        for name in flatten_names(node.body):
            frame.assign(name, Expr("counter", (Element("index", self.world.fresh()), Const(name))), self.world.path)

    def _repeated(self, node: ir.For | ir.While, frame: Frame, iterable: Any = None) -> Exit:
        loop = self.world.fresh()
        loops = self.world.loops
        nested = any(each.again for each in loops)
        function: Value = FALSE
        before = self.world.path
        events = len(self.world.events)
        counted = len(self.world.counted)
        try:
            for again in (False, True):
                if again and (nested or len(self.world.events) == events):
                    break
                if again:
                    for bindings, key in dict.fromkeys(self.world.counted[counted:]):
                        name = key[1] if isinstance(key, tuple) else key
                        bindings.write(key, self.world.unknown(name), self.world.path)
                self.world.loops = (*loops, Loop(loop, again))
                if isinstance(node, ir.For):
                    targets.assign(self, node.target, self.calls.element_of(iterable, node, frame), frame, None)
                else:
                    test = self.branch(node.test, frame)
                    if truth_of(test, self.world.path) is Truth.NO:
                        break
                left = self.block(node.body, frame)
                function = fold("or", (function, left.function))
                leaving = truth_of(left.function)
                if leaving is Truth.YES:
                    break
                if leaving is Truth.MAYBE:
                    self.world.path = self.world.path + condition(left.function, polarity=False)
        finally:
            self.world.path = before
            self.world.loops = loops
        self.block(node.orelse, frame)
        # A loop over unknown things may run no time at all, so leaving the function in it is never sure.
        if truth_of(function) is Truth.YES:
            return STAYS
        return STAYS if function == FALSE else Exit(function, FALSE)

    def _while(self, node: ir.While, frame: Frame) -> Exit:
        return self._repeated(node, frame)


def _merged(test: Value, first: Exit, second: Exit) -> Exit:
    """The exit of two branches."""
    if first is STAYS and second is STAYS:
        return STAYS
    negative = fold("not", (test,))
    return Exit(
        fold("or", (fold("and", (test, first.function)), fold("and", (negative, second.function)))),
        fold("or", (fold("and", (test, first.loop)), fold("and", (negative, second.loop)))),
        first.raises and second.raises,
    )


def _without_elements(value: Value) -> Value:
    """A condition on a loop's element says nothing outside the loop."""
    return FALSE if loops_of(value) else value


def _breaks(left: Value, body: tuple[ir.Statement, ...]) -> Value:
    """Under which condition the loop itself is left; a body without `break` only ever continues."""
    if left == FALSE or not _holds_break(body):
        return FALSE
    return _without_elements(left)


def _holds_break(body: tuple[ir.Statement, ...]) -> bool:
    for statement in body:
        match statement:
            case ir.Jump(kind="break"):
                return True
            case ir.If(body=inner, orelse=orelse):
                if _holds_break(inner) or _holds_break(orelse):
                    return True
            case ir.With(body=inner):
                if _holds_break(inner):
                    return True
            case ir.Try(body=inner, handlers=handlers):
                if _holds_break(inner) or any(_holds_break(handler.body) for handler in handlers):
                    return True
            case _:
                pass
    return False


def joined(results: list[tuple[Path, Any]]) -> Any:
    """Results by path as one value: the last that is certain, choices before it."""
    if not results:
        return NONE
    if len(results) == 1:
        return results[0][1]
    first = results[0][1]
    if all(
        value is first or (type(value) is type(first) and isinstance(value, Const) and value == first)
        for _, value in results
    ):
        return first
    return choose(tuple(results))
