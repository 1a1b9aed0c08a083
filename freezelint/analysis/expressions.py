"""The abstract interpreter: expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freezelint.core.events import ConditionOnFind
from freezelint.core.symbols import (
    FALSE,
    NONE,
    TRUE,
    Const,
    Element,
    Expr,
    Ref,
    Symbol,
    Value,
    fold,
    negated,
    substitute,
    truth_of,
)
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import attributes, builtin_calls
from .collections import collection, element_of, elements, items_of
from .frames import MISSING, Frame
from .targets import assign
from .text import render
from .values import CORE, Choice, ClassValue, Collection, Function, Item, Library, choose
from .world import condition

if TYPE_CHECKING:
    from .interpreter import Interpreter

_REPEATED = 16
_TYPE_CHECKING = Library("typing.TYPE_CHECKING")


def evaluate(interp: Interpreter, node: ir.Expression, frame: Frame) -> Any:
    """The value of an expression."""
    interp.world.spend()
    return _EVALUATE[type(node)](interp, node, frame)


def condition_of(interp: Interpreter, node: ir.Expression, frame: Frame) -> Any:
    """The value of an expression that is used as a condition."""
    match node:
        case ir.BoolOp():
            return _boolean(interp, node, frame)
        case ir.Unary(op="not", operand=operand):
            _check_find(interp, operand, frame, negated=True)
            return fold("not", (interp.world.scalar(condition_of(interp, operand, frame)),))
        case ir.Call():
            _check_find(interp, node, frame, negated=False)
            return evaluate(interp, node, frame)
        case _:
            value = evaluate(interp, node, frame)
            # What a type checker is told names where things come from better than the tables of a lazy import do.
            return TRUE if value == _TYPE_CHECKING else value


def _check_find(interp: Interpreter, node: ir.Expression, frame: Frame, *, negated: bool) -> None:
    """`name.find(x)` as a condition is true for -1 as well."""
    if not (isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and node.func.attr in ("find", "rfind")):
        return
    receiver = interp.world.scalar(evaluate(interp, node.func.value, frame))
    if any(leaf.role == "name" for leaf in elements(receiver)):
        interp.world.emit(ConditionOnFind, interp.span(node.at, frame), render(node), negated=negated)


def _boolean(interp: Interpreter, node: ir.BoolOp, frame: Frame) -> Any:
    """`and` / `or` as a condition: each operand is evaluated where the ones before leave it open."""
    world = interp.world
    before = world.path
    parts = []
    try:
        for operand in node.operands:
            part = world.scalar(condition_of(interp, operand, frame))
            parts.append(part)
            decided = truth_of(part, world.path)
            if decided is (Truth.NO if node.op == "and" else Truth.YES):
                break
            if decided is Truth.MAYBE:
                world.path = world.path + condition(part, polarity=node.op == "and")
    finally:
        world.path = before
    return parts[0] if len(parts) == 1 else fold(node.op, tuple(parts))


def _bool_value(interp: Interpreter, node: ir.BoolOp, frame: Frame) -> Any:
    """`a or b` as a value: the first operand that decides it. Each is evaluated where those before leave it open."""
    values: list[Any] = []
    before = interp.world.path
    try:
        for operand in node.operands:
            value = evaluate(interp, operand, frame)
            values.append(value)
            decided = truth_of(value, interp.world.path) if isinstance(value, CORE) else Truth.YES
            if decided is (Truth.NO if node.op == "and" else Truth.YES):
                break
            if decided is Truth.MAYBE:
                test = condition(interp.world.scalar(value), polarity=node.op == "and")
                interp.world.path = interp.world.path + test
    finally:
        interp.world.path = before
    if len(values) == 1:
        return values[0]
    if all(isinstance(value, CORE) and not isinstance(value, Symbol) for value in values):
        return fold(node.op, tuple(values))
    world = interp.world
    options: list[tuple[Any, Any]] = []
    for value in values[:-1]:
        scalar = world.scalar(value)
        decided = Truth.YES if not isinstance(value, CORE) else truth_of(scalar, world.path)
        taken = decided if node.op == "or" else ~decided
        if taken is Truth.YES:
            options.append(((), value))
            break
        if taken is Truth.MAYBE:
            options.append((condition(scalar, polarity=node.op == "or"), value))
    else:
        options.append(((), values[-1]))
    return options[0][1] if len(options) == 1 else choose(tuple(options))


def _name(interp: Interpreter, node: ir.Name, frame: Frame) -> Any:
    value = frame.read(node.id, interp.world.path)
    if value is MISSING:
        value = interp.loader.global_name(frame.module, node.id)
    else:
        interp.loader.lean_on(frame.module, node.id)
    if value is MISSING:
        return Library(f"builtins.{node.id}")
    value = interp.settled(value)
    if isinstance(value, Collection):
        value.seen = True
    return value


def _attribute(interp: Interpreter, node: ir.Attribute, frame: Frame) -> Any:
    receiver = evaluate(interp, node.value, frame)
    return attributes.read(interp, receiver, node.attr, node, frame)


def _subscript(interp: Interpreter, node: ir.Subscript, frame: Frame) -> Any:
    value = evaluate(interp, node.value, frame)
    if isinstance(node.index, ir.Slice):
        bounds = tuple(
            evaluate(interp, bound, frame) if bound is not None else NONE
            for bound in (node.index.lower, node.index.upper, node.index.step)
        )
        return attributes.slice_of(interp, value, bounds, node, frame)
    index = evaluate(interp, node.index, frame)
    return attributes.item(interp, value, index, node, frame)


def _call(interp: Interpreter, node: ir.Call, frame: Frame) -> Any:
    return interp.calls.call(node, frame)


def _unary(interp: Interpreter, node: ir.Unary, frame: Frame) -> Any:
    if node.op == "not":
        return condition_of(interp, node, frame)
    value = interp.world.scalar(evaluate(interp, node.operand, frame))
    return fold("neg", (value,)) if node.op == "-" else Expr(node.op, (value,)) if node.op != "+" else value


def _binary(interp: Interpreter, node: ir.Binary, frame: Frame) -> Any:
    left = evaluate(interp, node.left, frame)
    right = evaluate(interp, node.right, frame)
    return binary(interp, node.op, left, right)


def binary(interp: Interpreter, op: str, left: Any, right: Any) -> Any:
    """`left op right`; lists are concatenated, sets and ranges of constants folded."""
    world = interp.world
    if op in ("+", "|") and isinstance(left, Collection) and isinstance(right, Collection):
        return collection(
            world, left.kind, left.items + right.items, left.made, complete=left.complete and right.complete
        )
    if op == "+" and (isinstance(left, Collection) or isinstance(right, Collection)):
        known = left if isinstance(left, Collection) else right
        return collection(world, "list", list(known.items), known.made, complete=False)
    counted = isinstance(right, Const) and isinstance(right.value, int) and 0 <= right.value <= _REPEATED
    if op == "*" and isinstance(left, Collection) and counted:
        return collection(world, left.kind, left.items * right.value, left.made, complete=left.complete)
    if isinstance(left, Choice) or isinstance(right, Choice):
        return _distributed(interp, op, left, right)
    result = fold(op, (world.scalar(left), world.scalar(right)))
    interp.tensors.flows(result, (left, right))
    return result


def _distributed(interp: Interpreter, op: str, left: Any, right: Any) -> Any:
    if isinstance(left, Choice):
        return choose(tuple((path, binary(interp, op, value, right)) for path, value in left.options))
    return choose(tuple((path, binary(interp, op, left, value)) for path, value in right.options))


def _compare(interp: Interpreter, node: ir.Compare, frame: Frame) -> Any:
    world = interp.world
    left = evaluate(interp, node.left, frame)
    parts = []
    for op, comparator in zip(node.ops, node.comparators, strict=True):
        right = evaluate(interp, comparator, frame)
        parts.append(compare(interp, op, left, right))
        left = right
    return parts[0] if len(parts) == 1 else fold("and", tuple(world.scalar(part) for part in parts))


def compare(interp: Interpreter, op: str, left: Any, right: Any) -> Any:
    """`left op right` of any values, normalised."""
    plain, inverse = negated(op)
    right = interp.world.contents.get(right.id, right) if isinstance(right, Ref) else right
    if plain == "in" and isinstance(right, Collection):
        result: Any = _member(interp, left, right)
    elif plain in ("is", "==") and right == NONE and not isinstance(left, (*CORE, Choice)):
        result = FALSE
    elif isinstance(left, Expr) and left.op == "class" and isinstance(right, (Library, ClassValue)):
        result = builtin_calls.instance_of(interp, left.args[0], right)
    else:
        a, b = interp.world.scalar(left), interp.world.scalar(right)
        if isinstance(a, Const) and plain in ("==", "is") and not isinstance(b, Const):
            a, b = b, a
        result = TRUE if a == b and plain in ("==", "is") and not elements(a) else fold(plain, (a, b))
    return fold("not", (result,)) if inverse else result


def _member(interp: Interpreter, left: Any, right: Collection) -> Any:
    world = interp.world
    scalar = world.scalar(left)
    if right.kind == "dict":
        attributes.look_for(interp, right, scalar)
    if len(right.items) == 1 and right.complete:
        selected = _same_names(interp, scalar, right.items[0])
        if selected is not None:
            return selected
    if any(item.each for item in right.items) or not right.complete:
        return Expr("in", (scalar, world.scalar(right)))
    parts = []
    for item in right.items:
        value = item.key if right.kind == "dict" else item.value
        parts.append(fold("==", (scalar, world.scalar(value))))
    constants = world.scalar(right)
    if isinstance(constants, Const):
        return fold("in", (scalar, constants))
    return fold("or", tuple(parts)) if parts else FALSE


def _same_names(interp: Interpreter, name: Any, item: Item) -> Any:
    """`n in [n for n, _ in model.named_parameters() if test]`: the test, of the name at hand."""
    value = item.value if item.key is None else item.key
    if not (isinstance(name, Element) and isinstance(value, Element) and name.role == value.role == "name"):
        return None
    here, there = interp.world.elements[name.loop], interp.world.elements[value.loop]
    if (here.root, here.scope, here.of) != (there.root, there.scope, there.of):
        return None

    def moving(part: Value) -> Value | None:
        return Element(part.role, name.loop) if isinstance(part, Element) and part.loop == value.loop else None

    parts: list[Value] = []
    for literal in item.path:
        moved = substitute(literal.value, moving)
        parts.append(moved if literal.polarity else fold("not", (moved,)))
    return fold("and", tuple(parts)) if parts else TRUE


def _conditional(interp: Interpreter, node: ir.Conditional, frame: Frame) -> Any:
    world = interp.world
    test = interp.branch(node.test, frame)
    decided = truth_of(test, world.path)
    if decided is not Truth.MAYBE:
        return evaluate(interp, node.body if decided is Truth.YES else node.orelse, frame)
    yes, no = condition(test, polarity=True), condition(test, polarity=False)
    options = []
    for path, branch in ((yes, node.body), (no, node.orelse)):
        with world.assuming(path) as possible:
            if possible:
                options.append((path, evaluate(interp, branch, frame)))
    if len(options) == 1:
        return options[0][1]
    if all(isinstance(value, CORE) for _, value in options) and options[0][1] == options[1][1]:
        return options[0][1]
    return choose(tuple(options))


def _sequence(interp: Interpreter, node: ir.Sequence, frame: Frame) -> Any:
    items: list[Item] = []
    complete = True
    for element in node.elements:
        if isinstance(element, ir.Starred):
            inner = items_of(interp, evaluate(interp, element.value, frame), element, frame)
            complete = complete and inner is not None
            items.extend(inner or ())
        else:
            items.append(Item(evaluate(interp, element, frame)))
    return collection(interp.world, node.kind, items, interp.span(node.at, frame), complete=complete)


def _dict(interp: Interpreter, node: ir.DictDisplay, frame: Frame) -> Any:
    items: list[Item] = []
    complete = True
    for key, value_node in zip(node.keys, node.values, strict=True):
        value = evaluate(interp, value_node, frame)
        if key is None:
            if isinstance(value, Collection) and value.kind == "dict":
                items.extend(value.items)
                complete = complete and value.complete
            else:
                complete = False
            continue
        items.append(Item(value, key=evaluate(interp, key, frame)))
    return collection(interp.world, "dict", items, interp.span(node.at, frame), complete=complete)


def _comprehension(interp: Interpreter, node: ir.Comprehension, frame: Frame) -> Any:
    world = interp.world
    inner = Frame(frame.function, frame.module, frame, owner=frame.owner, receiver=frame.receiver)

    def run() -> tuple[list[Item], bool]:
        items: list[Item] = []
        complete = _clauses(interp, node, 0, inner, items, (), each=False)
        return items, complete

    span = interp.span(node.at, frame)
    if node.kind == "generator":
        lazy = collection(world, "iterator", [], span, origin="generator expression")
        lazy.pending = run
        return lazy
    items, complete = run()
    return collection(world, node.kind, items, span, complete=complete)


def _clauses(
    interp: Interpreter, node: ir.Comprehension, depth: int, frame: Frame, into: list[Item], path: Any, *, each: bool
) -> bool:
    """Run the clauses of a comprehension from `depth` on; False where some items are not known."""
    world = interp.world
    if depth == len(node.clauses):
        if node.kind == "dict" and node.value is not None:
            into.append(Item(evaluate(interp, node.value, frame), path, each, evaluate(interp, node.element, frame)))
        else:
            into.append(Item(evaluate(interp, node.element, frame), path, each))
        return True
    clause = node.clauses[depth]
    iterable = evaluate(interp, clause.iterable, frame)
    items = items_of(interp, iterable, clause.iterable, frame)
    complete = True
    if items is None or len(items) > 64:
        items = [Item(element_of(interp, iterable, clause), each=False)]
        complete = False
    for item in items:
        with world.assuming(item.path) as possible:
            if not possible:
                continue
            assign(interp, clause.target, item.value, frame, None)
            tested: Any = path + item.path
            skipped = False
            before = world.path
            for test in clause.tests:
                value = interp.branch(test, frame)
                decided = truth_of(value, world.path)
                if decided is Truth.NO:
                    skipped = True
                    break
                if decided is Truth.MAYBE:
                    literals = condition(value, polarity=True)
                    tested = tested + literals
                    world.path = world.path + literals
            if not skipped:
                complete = _clauses(interp, node, depth + 1, frame, into, tested, each=each or item.each) and complete
            world.path = before
    return complete


def _formatted(interp: Interpreter, node: ir.FormattedString, frame: Frame) -> Any:
    world = interp.world
    return fold("concat", tuple(world.scalar(evaluate(interp, part, frame)) for part in node.parts))


def _lambda(interp: Interpreter, node: ir.Lambda, frame: Frame) -> Any:
    return Function(node, frame.module, frame, None)


def _walrus(interp: Interpreter, node: ir.Walrus, frame: Frame) -> Any:
    value = evaluate(interp, node.value, frame)
    if isinstance(node.value, ir.Binary):
        interp.world.counted.append((frame.outer.get(node.target.id, frame).names, node.target.id))
    frame.assign(node.target.id, value, interp.world.path)
    return value


def _const(interp: Interpreter, node: ir.Const, frame: Frame) -> Any:
    try:
        hash(node.value)
    except TypeError:
        return interp.world.unknown("constant")
    return Const(node.value)


def _yield(interp: Interpreter, node: ir.Yield, frame: Frame) -> Any:
    if node.value is not None:
        value = evaluate(interp, node.value, frame)
        if node.delegates:
            items = items_of(interp, value, node.value, frame)
            frame.yields.extend((interp.world.path + item.path, item) for item in items or ())
        elif frame.on_yield is not None:
            frame.on_yield(value)
        else:
            frame.yields.append((interp.world.path, value))
    elif frame.on_yield is not None:
        frame.on_yield(NONE)
    return interp.world.unknown("sent")


def _parts(interp: Interpreter, node: ir.Opaque, frame: Frame) -> Any:
    for part in node.parts:
        evaluate(interp, part, frame)
    return interp.world.unknown("expression")


def _bare_slice(interp: Interpreter, node: ir.Slice, frame: Frame) -> Any:
    return interp.world.unknown("slice")


_EVALUATE: dict[type, Callable[[Interpreter, Any, Frame], Any]] = {
    ir.Const: _const,
    ir.Name: _name,
    ir.Attribute: _attribute,
    ir.Subscript: _subscript,
    ir.Slice: _bare_slice,
    ir.Call: _call,
    ir.BoolOp: _bool_value,
    ir.Unary: _unary,
    ir.Binary: _binary,
    ir.Compare: _compare,
    ir.Conditional: _conditional,
    ir.Sequence: _sequence,
    ir.DictDisplay: _dict,
    ir.Comprehension: _comprehension,
    ir.FormattedString: _formatted,
    ir.Lambda: _lambda,
    ir.Walrus: _walrus,
    ir.Await: lambda interp, node, frame: evaluate(interp, node.value, frame),
    ir.Starred: lambda interp, node, frame: evaluate(interp, node.value, frame),
    ir.Yield: _yield,
    ir.Opaque: _parts,
}
