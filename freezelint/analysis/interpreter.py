"""The abstract interpreter: statements.

Both branches of an undecided `if` are run one after the other under their conditions; what they write carries its
condition. A block reports under which condition it was left (return, raise, break, continue), and what follows runs
under the opposite: so `if not freeze: return` makes the rest conditional on `freeze`.
"""

from __future__ import annotations

from typing import Any

from freezelint.core.spans import Span
from freezelint.core.symbols import FALSE, NONE, TRUE, Value, fold, truth_of
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import augmenting, contexts, expressions, loops, names, targets
from .calls import Calls
from .definitions import Definitions
from .exits import STAYS, Exit, merged
from .forwards import Forwards
from .frames import MISSING, Frame
from .gathering import Gathered
from .grad_modes import GradMode
from .loading import Loader
from .narrowing import narrowed
from .project import Project, Rests
from .stored import Stored
from .tensors import Tensors
from .text import is_display
from .values import (
    Bound,
    Choice,
    ClassValue,
    Deferred,
    Function,
    Imported,
    Library,
    Namespace,
    Place,
    Suspended,
    choose,
)
from .world import World, condition


class Interpreter:
    """Interprets the code of a project in one world."""

    def __init__(self, project: Project, world: World, definitions: Definitions | None = None) -> None:
        self.project = project
        self.world = world
        self.definitions = definitions if definitions is not None else Definitions()
        self.loader = Loader(self)
        self.tensors = Tensors(world)
        self.calls = Calls(self)
        self.forwards = Forwards(self)
        self.gathered = Gathered()
        self.entered: dict[int, tuple[Any, GradMode]] = {}
        """Grad-mode contexts entered by hand, and the mode before."""
        self.stored = Stored(self)
        self.visited: set[Place] = set()
        """Functions whose body was interpreted."""
        self._settled: dict[int, tuple[Deferred | Imported, Any, Rests]] = {}

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
                augmenting.augment(self, node, frame)
            case ir.If():
                return self._if(node, frame)
            case ir.For():
                return loops.run_for(self, node, frame)
            case ir.While():
                return loops.run_while(self, node, frame)
            case ir.With():
                return self._with(node, frame)
            case ir.Try():
                return self._try(node, frame)
            case ir.Match():
                return self._match(node, frame)
            case ir.Return(value=value):
                result = self.evaluate(value, frame) if value is not None else NONE
                self.calls.returned(result)
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

    def settled(self, value: Any) -> Any:
        """The value itself, or what it is in this world where it is worked out only when it is read."""
        if isinstance(value, Choice):
            if any(isinstance(option, Deferred | Imported) for _, option in value.options):
                return choose([(path, self.settled(option)) for path, option in value.options])
            return value
        if not isinstance(value, Deferred | Imported):
            return value
        known = self._settled.get(id(value))
        if known is None:
            # A name that two modules import from each other is bound by neither.
            circular = MISSING if isinstance(value, Imported) else self.world.unknown("circular")
            self._settled[id(value)] = (value, circular, Rests())
            try:
                with self.project.recording() as rests:
                    found = self._settle(value)
            except BaseException:
                del self._settled[id(value)]
                raise
            self._settled[id(value)] = (value, found, rests)
            return found
        self.loader.lean_on_rests(known[2])
        return known[1]

    def _settle(self, value: Deferred | Imported) -> Any:
        if isinstance(value, Deferred):
            return self.evaluate(value.node, value.scope)
        found = self.loader.imported(value.module, value.target, value.level, value.name)
        return found if found is not MISSING else self.world.unknown(value.name)

    def span(self, at: ir.Position, frame: Frame) -> Span:
        """A position as a span in the frame's file."""
        return Span(frame.module.path, at.line, at.column, at.end_line, at.end_column)

    def _assign(self, node: ir.Assign, frame: Frame) -> None:
        if node.value is None:
            return
        deferred = frame.is_class and is_display(node.value)
        value = Deferred(node.value, frame) if deferred else self.evaluate(node.value, frame)
        for target in node.targets:
            targets.assign(self, target, value, frame, node)

    def _define(self, node: ir.FunctionDef, frame: Frame) -> None:
        if any(isinstance(each, ir.Attribute) and each.attr in ("setter", "deleter") for each in node.decorators):
            return
        value: Any = Function(node, frame.module, frame, frame.owner if frame.is_class else None)
        for decorator in reversed(node.decorators):
            value = contexts.decorated(self, value, decorator, frame)
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
        for key in inner.names.written():
            value.members[key] = inner.names.read(key, self.world.path)
        return value

    def _decorate(self, node: ir.ClassDef, value: ClassValue, frame: Frame) -> None:
        """Run the decorators of a class that are functions of the project: a registry is filled by them."""
        for decorator in reversed(node.decorators):
            if isinstance(decorator, ir.Call) and self._is_idle(self.evaluate(decorator.func, frame)):
                continue
            applied = self.evaluate(decorator, frame)
            if isinstance(applied, (Function, Bound)) and not self._is_idle(applied):
                self.calls.invoke_value(applied, decorator, frame, [value])

    def _is_idle(self, value: Any) -> bool:
        """Whether a decorator, or what makes one, is a function of the project that does not matter."""
        return isinstance(value, Function) and not self.definitions.decorators.matters(self, value)

    def _scope(self, node: ir.Scope, frame: Frame) -> None:
        self.world.trace()
        for name in node.names:
            if node.kind == "global":
                frame.outer[name] = self.loader.frame(frame.module)
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
                imported = Imported(module, node.module, node.level, each.name)
                if frame.parent is None:
                    self.loader.announce(imported)
                value: Any = imported if frame.parent is None else self.settled(imported)
                frame.assign(each.alias or each.name, value, self.world.path)
                continue
            shown = each.name if each.alias else each.name.partition(".")[0]
            found = self.project.imported(module, shown, 0)
            if found is not None:
                self.loader.register(found)
            value = Namespace(found) if found is not None and found is not module else Library(shown)
            frame.assign(each.alias or shown, value, self.world.path)

    # --- branches -------------------------------------------------------------------------------------------------

    def branch(self, test: ir.Expression, frame: Frame) -> Value:
        """A condition as a scalar."""
        value = self.world.scalar(expressions.condition_of(self, test, frame))
        names.tested(self, value, test, frame)
        return value

    def _if(self, node: ir.If, frame: Frame) -> Exit:
        test = self.branch(node.test, frame)
        self.world.asked.append((test, self.span(node.test.at, frame)))
        try:
            return self._branches(test, node, frame)
        finally:
            self.world.asked.pop()

    def _branches(self, test: Value, node: ir.If, frame: Frame) -> Exit:
        decided = truth_of(test, self.world.path)
        if decided is Truth.YES:
            return self.block(node.body, frame)
        if decided is Truth.NO:
            return self.block(node.orelse, frame)
        first = second = STAYS
        with self.world.assuming(condition(test, polarity=True)) as possible:
            if possible:
                with narrowed(self, node.test, frame, polarity=True):
                    first = self.block(node.body, frame)
        with self.world.assuming(condition(test, polarity=False)) as possible:
            if possible:
                with narrowed(self, node.test, frame, polarity=False):
                    second = self.block(node.orelse, frame)
        return merged(test, first, second)

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
        return merged(test, first, second)

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
        before = self.world.grad_log
        try:
            return self._within(node, 0, frame)
        finally:
            self.world.grad_log = before

    def _within(self, node: ir.With, number: int, frame: Frame) -> Exit:
        """The body under the context managers from `number` on; what they do on the way out follows it."""
        if number == len(node.items):
            return self.block(node.body, frame)
        item = node.items[number]
        value = self.evaluate(item.context, frame)
        if isinstance(value, Suspended):
            return self._around(value, node, number, frame)
        entered = contexts.enter(self, value, item.context, frame)
        if item.target is not None:
            targets.assign(self, item.target, entered, frame, None)
        left = self._within(node, number + 1, frame)
        contexts.leave(self, value, item.context, frame)
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

        contexts.resume(self, context, body)
        return results[0] if results else self._within(node, number + 1, frame)
