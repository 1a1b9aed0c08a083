"""Plants mistakes into correct training scripts: each plant is a small edit that a person makes by mistake.

Which plants change anything is not judged here: `running` runs both programs and compares what they do.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator

import msgspec


class Plant(msgspec.Struct, frozen=True):
    """A program with a mistake: the rules of which one should tell of it, the line, and the name of the mistake."""

    kind: str
    codes: frozenset[str]
    host: str
    line: int
    text: str


class Source:
    """A host: its text, its tree, and edits of it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.tree = ast.parse(text)
        self.blocks = [body for node in ast.walk(self.tree) for body in _bodies(node)]

    def statements(self) -> Iterator[ast.stmt]:
        """All statements in the order of their lines."""
        return iter(sorted((node for body in self.blocks for node in body), key=lambda node: node.lineno))

    def of(self, node: ast.AST) -> str:
        """The text of a node."""
        return ast.get_source_segment(self.text, node) or ""

    def indent(self, node: ast.stmt) -> str:
        """The white space before a statement."""
        return self.lines[node.lineno - 1][: node.col_offset]

    def put(self, node: ast.AST, new: str) -> str:
        """The text with a node replaced."""
        assert isinstance(node, (ast.expr, ast.stmt))
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        head = self.lines[first].encode()[: node.col_offset].decode()
        tail = self.lines[last].encode()[node.end_col_offset :].decode()
        return "".join((*self.lines[:first], head, new, tail, *self.lines[last + 1 :]))

    def before(self, node: ast.stmt, new: str) -> str:
        """The text with a line before a statement."""
        at = node.lineno - 1
        return "".join((*self.lines[:at], f"{self.indent(node)}{new}\n", *self.lines[at:]))

    def moved(self, node: ast.stmt, before: ast.stmt) -> str:
        """The text with a statement moved up before another one."""
        first, last, at = node.lineno - 1, node.end_lineno or node.lineno, before.lineno - 1
        taken = self.lines[first:last]
        return "".join((*self.lines[:at], *taken, *self.lines[at:first], *self.lines[last:]))

    def unwrapped(self, node: ast.With, new: str) -> str:
        """The text with a `with` replaced by a line and its body dedented."""
        first, body, last = node.lineno - 1, node.body[0].lineno - 1, node.end_lineno or node.lineno
        inner = [line[4:] if line.startswith(self.indent(node) + "    ") else line for line in self.lines[body:last]]
        return "".join((*self.lines[:first], f"{self.indent(node)}{new}\n", *inner, *self.lines[last:]))


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
            yield body


Made = Iterator[tuple[ast.stmt, str]]
PLANTERS: list[tuple[str, frozenset[str], Callable[[Source], Made]]] = []


def planter(kind: str, *codes: str) -> Callable[[Callable[[Source], Made]], Callable[[Source], Made]]:
    """Register a way to make a mistake."""

    def register(make: Callable[[Source], Made]) -> Callable[[Source], Made]:
        PLANTERS.append((kind, frozenset(codes), make))
        return make

    return register


def plants(name: str, text: str) -> Iterator[Plant]:
    """All plants in a program that are Python."""
    source = Source(name, text)
    for kind, codes, make in PLANTERS:
        for node, planted in make(source):
            if planted == text:
                continue
            try:
                ast.parse(planted)
            except SyntaxError:
                continue
            yield Plant(kind, codes, name, node.lineno, planted)


# --- what is looked for ------------------------------------------------------------------------------------------


def _method(node: ast.stmt, *names: str) -> ast.Call | None:
    """`x.name(...)` as a statement."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=attr)) as call) if attr in names:
            return call
        case _:
            return None


def _receiver(source: Source, call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return source.of(call.func.value)


def _flag(source: Source, call: ast.Call) -> str:
    return source.of(call.args[0]) if call.args else "True"


def _assigned(node: ast.stmt) -> tuple[ast.Attribute, ast.expr] | None:
    """`x.requires_grad = value`."""
    match node:
        case ast.Assign(targets=[ast.Attribute(attr="requires_grad") as target], value=value):
            return target, value
        case _:
            return None


def _builds_optimizer(source: Source, node: ast.stmt) -> bool:
    match node:
        case ast.Assign(value=ast.Call(func=function)):
            return source.of(function).startswith(("torch.optim.", "optim.")) and "scheduler" not in source.of(function)
        case _:
            return False


def _calls(source: Source, *names: str) -> Iterator[tuple[ast.stmt, ast.Call, str]]:
    for node in source.statements():
        call = _method(node, *names)
        if call is not None:
            yield node, call, _receiver(source, call)


def _flags(source: Source) -> Iterator[tuple[ast.stmt, str, str]]:
    """`x.requires_grad = value` as statement, receiver, value."""
    for node in source.statements():
        found = _assigned(node)
        if found is not None:
            yield node, source.of(found[0].value), source.of(found[1])


# --- the mistakes -------------------------------------------------------------------------------------------------


@planter("attribute of the module", "FRZ101")
def _attribute(source: Source) -> Made:
    for node, call, receiver in _calls(source, "requires_grad_"):
        yield node, source.put(node, f"{receiver}.requires_grad = {_flag(source, call)}")


@planter("attribute set by setattr", "FRZ101")
def _setattr(source: Source) -> Made:
    for node, call, receiver in _calls(source, "requires_grad_"):
        yield node, source.put(node, f'setattr({receiver}, "requires_grad", {_flag(source, call)})')


@planter("misspelled flag", "FRZ102")
def _misspelled(source: Source) -> Made:
    for node, receiver, value in _flags(source):
        yield node, source.put(node, f"{receiver}.require_grad = {value}")


@planter("misspelled method", "FRZ102", "FRZ104", "FRZ107")
def _misspelled_method(source: Source) -> Made:
    for node, call, receiver in _calls(source, "requires_grad_"):
        yield node, source.put(node, f"{receiver}.requires_grads = {_flag(source, call)}")


@planter("compared flag", "FRZ103")
def _compared(source: Source) -> Made:
    for node, receiver, value in _flags(source):
        yield node, source.put(node, f"{receiver}.requires_grad == {value}")


@planter("called flag", "FRZ104")
def _called(source: Source) -> Made:
    for node, receiver, value in _flags(source):
        yield node, source.put(node, f"{receiver}.requires_grad({value})")
    for node, call, receiver in _calls(source, "requires_grad_"):
        yield node, source.put(node, f"{receiver}.requires_grad({_flag(source, call)})")


@planter("overwritten method", "FRZ105")
def _overwritten(source: Source) -> Made:
    for node, call, receiver in _calls(source, "requires_grad_"):
        yield node, source.put(node, f"{receiver}.requires_grad_ = {_flag(source, call)}")
    for node, call, receiver in _calls(source, "eval"):
        if not call.args and receiver != "super()":
            yield node, source.put(node, f"{receiver}.eval = True")


@planter("uncalled method", "FRZ106")
def _uncalled(source: Source) -> Made:
    for node, call, receiver in _calls(source, "eval", "zero_grad", "freeze"):
        if not call.args and not call.keywords and isinstance(call.func, ast.Attribute):
            yield node, source.put(node, f"{receiver}.{call.func.attr}")


@planter("parameters without a call", "FRZ106", "FRZ107")
def _uncalled_parameters(source: Source) -> Made:
    for node in source.statements():
        match node:
            case ast.For(iter=ast.Call(func=ast.Attribute(attr="parameters" | "named_parameters"), args=[]) as call):
                yield node, source.put(call, source.of(call.func))
            case _:
                pass


@planter("flag of the collection", "FRZ107")
def _collection(source: Source) -> Made:
    for node in source.statements():
        match node:
            case ast.For(
                target=ast.Name(), iter=ast.Call(func=ast.Attribute(attr="parameters")) as call, body=[only], orelse=[]
            ):
                found = _assigned(only)
                if found is not None:
                    yield node, source.put(node, f"{source.of(call)}.requires_grad = {source.of(found[1])}")
            case _:
                pass


@planter("flag of a copy", "FRZ108")
def _copy(source: Source) -> Made:
    for node, receiver, value in _flags(source):
        yield node, source.put(node, f"{receiver}.data.requires_grad = {value}")


@planter("trainable as in Keras", "FRZ109")
def _keras(source: Source) -> Made:
    for node, call, receiver in _calls(source, "requires_grad_"):
        yield node, source.put(node, f"{receiver}.trainable = {_flag(source, call)}")


@planter("lazy freeze", "FRZ110")
def _lazy(source: Source) -> Made:
    for node in source.statements():
        match node:
            case ast.For(target=ast.Name(), iter=ast.Call(func=ast.Attribute(attr="parameters")) as call, body=[only]):
                found = _assigned(only)
                if found is not None and not node.orelse:
                    value = source.of(found[1])
                    yield node, source.put(node, f"map(lambda w: w.requires_grad_({value}), {source.of(call)})")
            case _:
                pass


@planter("find as a condition", "FRZ112")
def _find(source: Source) -> Made:
    for node in source.statements():
        match node:
            case ast.If(test=ast.Compare(left=ast.Constant(value=str()) as text, ops=[ast.In()], comparators=[name])):
                if isinstance(name, ast.Name):
                    yield node, source.put(node.test, f"{source.of(name)}.find({source.of(text)})")
            case _:
                pass


@planter("freeze undone", "FRZ114", "FRZ206", "FRZ301")
def _undone(source: Source) -> Made:
    optimizers = [node for node in source.tree.body if _builds_optimizer(source, node)]
    for node, call, receiver in _calls(source, "requires_grad_"):
        later = [each for each in optimizers if each.lineno > node.lineno]
        if node in source.tree.body and _flag(source, call) == "False" and later:
            yield later[0], source.before(later[0], f"{receiver}.requires_grad_(True)")


@planter("everything frozen", "FRZ206", "FRZ407")
def _everything(source: Source) -> Made:
    for node in source.tree.body:
        match node:
            case ast.Assign(value=ast.Call(args=[first, *_])) if _builds_optimizer(source, node):
                for inner in ast.walk(first):
                    match inner:
                        case ast.Call(func=ast.Attribute(attr="parameters", value=ast.Name(id=name))):
                            yield node, source.before(node, f"{name}.requires_grad_(False)")
                            return
                        case _:
                            pass
            case _:
                pass


@planter("no filter", "FRZ201")
def _filter(source: Source) -> Made:
    for node in source.statements():
        if not isinstance(node, (ast.Assign, ast.Expr)):
            continue
        for inner in ast.walk(node):
            match inner:
                case ast.ListComp(
                    elt=ast.Name(id=element),
                    generators=[ast.comprehension(target=ast.Name(id=target), iter=ast.Call() as whole, ifs=[test])],
                ) if element == target and source.of(test) == f"{target}.requires_grad":
                    yield node, source.put(inner, source.of(whole))
                case ast.Call(func=ast.Name(id="filter"), args=[ast.Lambda(body=test), ast.Call() as whole]) if (
                    source.of(test).endswith(".requires_grad")
                ):
                    yield node, source.put(inner, source.of(whole))
                case _:
                    pass


@planter("iterator in place of a list", "FRZ205")
def _iterator(source: Source) -> Made:
    for node in source.statements():
        match node:
            case ast.Assign(targets=[ast.Name()], value=ast.ListComp(elt=elt, generators=[_]) as value):
                if isinstance(elt, ast.Name):
                    yield node, source.put(value, f"({source.of(value)[1:-1]})")
            case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Name(id="list"), args=[ast.Call() as inner])):
                yield node, source.put(node.value, source.of(inner))
            case _:
                pass


@planter("optimizer before the unfreeze", "FRZ203", "FRZ206", "FRZ211")
def _optimizer_first(source: Source) -> Made:
    for body in source.blocks:
        for number, node in enumerate(body):
            if not _builds_optimizer(source, node):
                continue
            for before in reversed(body[:number]):
                text = source.of(before) if not isinstance(before, (ast.FunctionDef, ast.ClassDef)) else ""
                if "requires_grad = True" in text or "requires_grad_(True)" in text or "requires_grad_()" in text:
                    yield node, source.moved(node, before)
                    break


@planter("optimizer before the new module", "FRZ204", "FRZ206", "FRZ211")
def _optimizer_before_head(source: Source) -> Made:
    for body in source.blocks:
        for number, node in enumerate(body):
            if not _builds_optimizer(source, node):
                continue
            for before in reversed(body[:number]):
                match before:
                    case ast.Assign(targets=[ast.Attribute()], value=ast.Call(func=function)) if source.of(
                        function
                    ).startswith("nn."):
                        yield node, source.moved(node, before)
                        break
                    case _:
                        pass


@planter("freeze between backward and step", "FRZ202")
def _between(source: Source) -> Made:
    modules = {receiver for _, _, receiver in _calls(source, "train") if receiver.isidentifier() and receiver != "self"}
    for body in source.blocks:
        for first, second in itertools.pairwise(body):
            if _method(first, "backward") is not None and _method(second, "step") is not None:
                for name in sorted(modules):
                    yield second, source.before(second, f"{name}.requires_grad_(False)")


@planter("eval() left out", "FRZ301", "FRZ302", "FRZ303")
def _no_eval(source: Source) -> Made:
    for node, call, receiver in _calls(source, "eval"):
        frozen = f"{receiver}.requires_grad_(False)" in source.text or (
            f"in {receiver}.parameters()" in source.text and "requires_grad = False" in source.text
        )
        if not call.args and frozen:
            yield node, source.put(node, "pass")


@planter("train() override left out", "FRZ301", "FRZ302", "FRZ303")
def _no_override(source: Source) -> Made:
    for node in source.statements():
        if isinstance(node, ast.FunctionDef) and node.name == "train" and len(node.args.args) == 2:
            yield node, source.put(node, "pass")


@planter("train() override that returns nothing", "FRZ304")
def _returns_nothing(source: Source) -> Made:
    for node in source.statements():
        if isinstance(node, ast.FunctionDef) and node.name == "train" and isinstance(node.body[-1], ast.Return):
            yield node, source.put(node.body[-1], "pass")


@planter("train() override in the wrong order", "FRZ304")
def _wrong_order(source: Source) -> Made:
    for node in source.statements():
        if isinstance(node, ast.FunctionDef) and node.name == "train" and len(node.body) > 2:
            first = node.body[0]
            if source.of(first).startswith("super().train("):
                last = next((each for each in reversed(node.body) if not isinstance(each, ast.Return)), first)
                text = source.put(last, f"{source.of(last)}\n{source.indent(first)}{source.of(first)}")
                lines = text.splitlines(keepends=True)
                del lines[first.lineno - 1 : first.end_lineno]
                yield first, "".join(lines)


@planter("train() never called again", "FRZ305")
def _no_train(source: Source) -> Made:
    loops = [node for node in source.statements() if isinstance(node, (ast.For, ast.While))]
    for node, call, receiver in _calls(source, "train"):
        again = any(f"{receiver}.eval()" in source.of(loop) and node in ast.walk(loop) for loop in loops)
        if again and not call.args and receiver != "super()":
            yield node, source.put(node, "pass")


@planter("training set by hand", "FRZ306")
def _by_hand(source: Source) -> Made:
    for node, call, receiver in _calls(source, "eval"):
        if not call.args and receiver != "super()":
            yield node, source.put(node, f"{receiver}.training = False")


@planter("no_grad as a statement", "FRZ403")
def _bare(source: Source) -> Made:
    for node in _no_grad_blocks(source):
        yield node, source.unwrapped(node, "torch.no_grad()")


@planter("gradients switched off for good", "FRZ404", "FRZ405", "FRZ401")
def _left_off(source: Source) -> Made:
    for node in _no_grad_blocks(source):
        yield node, source.unwrapped(node, "torch.set_grad_enabled(False)")


def _no_grad_blocks(source: Source) -> Iterator[ast.With]:
    for node in source.statements():
        if isinstance(node, ast.With) and len(node.items) == 1 and _is_no_grad(source, node):
            yield node


def _is_no_grad(source: Source, node: ast.With) -> bool:
    return source.of(node.items[0].context_expr) == "torch.no_grad()"


@planter("step without gradients", "FRZ405", "FRZ401")
def _decorated(source: Source) -> Made:
    for node in source.statements():
        if isinstance(node, ast.FunctionDef) and ".backward()" in source.of(node) and not node.decorator_list:
            yield node, source.before(node, "@torch.no_grad()")


@planter("forward without gradients", "FRZ401", "FRZ405")
def _cut(source: Source) -> Made:
    for body in source.blocks:
        for first, second in itertools.pairwise(body):
            match first:
                case ast.Assign(targets=[ast.Name(id="loss")]) if _method(second, "backward", "zero_grad") is not None:
                    line = f"with torch.no_grad():\n{source.indent(first)}    {source.of(first)}"
                    yield first, source.put(first, line)
                case _:
                    pass


@planter("loss forced to require a gradient", "FRZ407")
def _forced(source: Source) -> Made:
    for node, _, receiver in _calls(source, "backward"):
        if receiver.isidentifier():
            yield node, source.before(node, f"{receiver} = {receiver}.detach().requires_grad_(True)")
