"""Options about freezing that decide nothing: parameters that are never read, and texts that are always true."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from freezelint.core.events import OptionIgnored, TextOption
from freezelint.core.symbols import Const, Ref
from freezelint.core.truth import Truth
from freezelint.source import ir

from . import classes
from .invocation import Invocation
from .project import Project, ProjectModule, Question
from .text import render
from .values import ClassValue, Function, Library, last_line

if TYPE_CHECKING:
    from .interpreter import Interpreter

_PARTS = (
    r"backbone|encoder|decoder|embed\w*|bert|bn|batch_?norm|norms?|layers?|head|base|stem|trunk|tower|body|features?"
    r"|extractor|clip|vit|unet|vae|text_model"
)
_NAME = (
    r"(?:[a-zA-Z]\w*_)?(?:un)?fr(?:eeze|ozen|eezing)(?:_\w+)?|(?:\w+_)?trainable|requires?_grads?"
    rf"|(?:train|tune|finetune|fine_tune|update)_(?:\w+_)?(?:{_PARTS})"
)
_OPTION = re.compile(rf"(?:{_NAME})$")
_DECLARED = re.compile(rf"(?<![.\w])(?:{_NAME})\s*[:=,)]")
_HINTS = ("freez", "frozen", "trainable", "requires_grad", "require_grad", "train_", "tune_", "update_")
"""What `_NAME` has in it, whichever way it fits."""
_THING = re.compile(
    r"(?:model|net|network|module|modules|params?|parameters|fn|func|function|callback|weights?|teacher|dict|state|set"
    r"|graph|at|copy|class|cls|names?|time)$"
)
"""What a name ends in that is no option but a thing which is frozen."""
_SAID = re.compile(
    r"(?i)unused|not used|deprecat|ignore|no[- ]?op|compatib|legacy|no effect|placeholder|todo|fixme|not implemented"
    r"|not supported|noqa|unused-argument"
)
_TRANSPARENT = frozenset({
    "staticmethod", "classmethod", "no_grad", "inference_mode", "enable_grad", "lru_cache", "cache", "compile",
})  # fmt: skip
_LOOKS_AT_ITSELF = frozenset({
    "locals", "vars", "eval", "exec", "globals", "save_hyperparameters", "getargvalues", "currentframe", "_getframe",
    "signature", "get_init_args", "store_attr", "getcallargs",
})  # fmt: skip
_HOOKS = frozenset({"forward", "train", "eval", "apply", "state_dict", "load_state_dict", "to", "zero_grad"})


def is_option(name: str) -> bool:
    """Whether a parameter is called like an option about what is frozen or trained."""
    return _OPTION.match(name) is not None and _THING.search(name) is None


def declares_options(module: ProjectModule) -> bool:
    """Whether a file may declare such an option: a search of its text."""
    return "torch" in module.text and _declares(module.text)


def _declares(text: str) -> bool:
    """Whether a text fits `_DECLARED`, which is tried only where a word may fit: plain searches are far faster."""
    for hint in _HINTS:
        place = text.find(hint)
        while place >= 0:
            start = place
            while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                start -= 1
            if _DECLARED.match(text, start) is not None:
                return True
            place = text.find(hint, place + 1)
    return False


def check_definitions(interp: Interpreter, module: ProjectModule) -> None:
    """Record the options of the functions and methods of a file that are never read."""
    for number, chunk in enumerate(module.chunks):
        if chunk.kind not in ("function", "class") or not _declares(chunk.text):
            continue
        for statement in module.statements(number):
            if isinstance(statement, ir.FunctionDef):
                _check_function(interp, module, statement, None)
            elif isinstance(statement, ir.ClassDef):
                value = interp.loader.global_name(module, statement.name)
                if isinstance(value, ClassValue) and value.node is statement:
                    for each in statement.body:
                        if isinstance(each, ir.FunctionDef):
                            _check_function(interp, module, each, value)


def _check_function(interp: Interpreter, module: ProjectModule, node: ir.FunctionDef, owner: ClassValue | None) -> None:
    options = [each for each in node.parameters if each.kind in ("positional", "keyword") and is_option(each.name)]
    if not options or node.name.startswith("test") or is_stub(node):
        return
    read = names_in(node.body)
    unread = [each for each in options if each.name not in read]
    if not unread or read & _LOOKS_AT_ITSELF:
        return
    truth = _free(module, node) if owner is None else _own(interp.project, node, owner)
    truth = truth & Truth.of(all(_plain_decorator(each) for each in node.decorators)).join(Truth.YES)
    lines = module.lines(node.at.line, last_line(node) + 1).split("\n")
    frame = interp.loader.frame(module)
    for each in unread:
        inherited = owner is not None and (
            _inherits(owner, node.name, each.name) or _is_shared(interp.project, node.name, each.name)
        )
        said = any(each.name in line and _SAID.search(line) is not None for line in lines)
        known = truth & Truth.MAYBE if inherited or said else truth
        if known is not Truth.NO:
            name = f"{owner.node.name}.{node.name}" if owner is not None else node.name
            interp.world.emit(
                OptionIgnored, interp.span(each.at, frame), each.name, name=each.name, owner=name, why="unread",
                truth=known,
            )  # fmt: skip


def _plain_decorator(node: ir.Expression) -> bool:
    called = node.func if isinstance(node, ir.Call) else node
    return render(called).rpartition(".")[2] in _TRANSPARENT


def _free(module: ProjectModule, node: ir.FunctionDef) -> Truth:
    """How surely the signature of a function is its own: one that is handed on is called as others call it."""
    word = re.compile(rf"(?<!def )(?<![\w.\"']){re.escape(node.name)}\b(?!\s*\()(?![\"'])")
    for line in module.text.split("\n"):
        if word.search(line) is not None and not line.lstrip().startswith(("#", "from ", "import ")):
            return Truth.MAYBE
    return Truth.YES


def _own(project: Project, node: ir.FunctionDef, owner: ClassValue) -> Truth:
    """How surely the signature of a method is its own: an override, or what others override, follows another's."""
    others = classes.lineage(owner)[1:]
    known = [each for each in others if isinstance(each, ClassValue)]
    looks = any(re.search(r"inspect\.|locals\(\)", each.module.text_of(each.node.name)) for each in (owner, *known))
    if looks or owner.node.keywords:
        return Truth.MAYBE
    unknown = any(not isinstance(each, ClassValue) and not _bare(each) for each in others)
    if node.name == "__init__":
        return Truth.MAYBE if unknown or "__new__" in owner.members else Truth.YES
    if node.name in _HOOKS or node.name.startswith("__") or any(node.name in each.members for each in known):
        return Truth.NO
    return Truth.MAYBE if unknown or is_derived(project, owner) else Truth.YES


def _bare(base: Any) -> bool:
    """Whether a base is of a library that takes no interest in signatures."""
    return isinstance(base, Library) and base.name.partition(".")[0] in ("torch", "torchvision", "builtins", "abc")


def _inherits(owner: ClassValue, method: str, parameter: str) -> bool:
    """Whether a base's method of this name has the parameter as well."""
    for each in classes.lineage(owner)[1:]:
        found = each.members.get(method) if isinstance(each, ClassValue) else None
        if isinstance(found, Function) and any(parameter == each.name for each in found.node.parameters):
            return True
    return False


def _is_shared(project: Project, method: str, parameter: str) -> bool:
    """Whether another method of this name reads the parameter: the signature is that of all such classes. Constructors
    are called by the names of their classes, and share nothing."""
    if method.startswith("__"):
        return False
    header = rf"def {re.escape(method)}\([^)]*\b{re.escape(parameter)}\b[^)]*\)[^\n]*:\n"
    body = rf"(?:(?![ \t]*(?:async[ ]+)?def )[^\n]*\n)*?[^\n]*\b{re.escape(parameter)}\b"
    return project.anywhere(Question(parameter, header + body))


def is_derived(project: Project, owner: ClassValue) -> bool:
    """Whether a class of the project names this one as its base."""
    name = re.escape(owner.node.name)
    return project.anywhere(Question(owner.node.name, rf"^\s*class \w+\([^)]*\b{name}\b"))


def is_stub(node: ir.FunctionDef) -> bool:
    """Whether a body does nothing of its own: it only documents, raises, passes or gives a constant back."""
    for statement in node.body:
        match statement:
            case ir.ExpressionStatement(value=ir.Const()) | ir.Raise() | ir.Jump(kind="pass"):
                pass
            case ir.Return(value=None | ir.Const() | ir.Name()):
                pass
            case _:
                return False
    return True


@lru_cache(maxsize=1024)
def names_in(body: tuple[ir.Statement, ...]) -> frozenset[str]:
    """All names that a body mentions, in nested functions as well, and the attributes that it calls."""
    found: set[str] = set()
    stack: list[Any] = list(body)
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack.extend(part)
        elif isinstance(part, ir.Name):
            found.add(part.id)
        elif isinstance(part, ir.Call) and isinstance(part.func, ir.Attribute):
            found.add(part.func.attr)
            stack.extend((part.func.value, part.args))
        elif not isinstance(part, ir.Position) and hasattr(part, "__struct_fields__"):
            stack.extend(getattr(part, field) for field in part.__struct_fields__)
    return frozenset(found)


def swallowed(
    interp: Interpreter, function: Function, parameter: ir.Parameter, keywords: dict[str, Any], call: Invocation
) -> None:
    """Record options that a call gives and that land in `**kwargs`, which the function never reads."""
    node = function.node
    given = [each for each in call.node.args if each.keyword in keywords and is_option(each.keyword)]
    if not given or call.entry or isinstance(node, ir.Lambda) or is_stub(node):
        return
    read = names_in(node.body)
    if parameter.name in read or read & _LOOKS_AT_ITSELF:
        return
    owner = function.owner
    name = f"{owner.node.name}.{node.name}" if owner is not None else node.name
    truth = Truth.MAYBE if owner is not None and is_derived(interp.project, owner) else Truth.YES
    for each in given:
        interp.world.emit(
            OptionIgnored, interp.span(each.value.at, call.frame), f"**{parameter.name}", name=str(each.keyword),
            owner=name, why="swallowed", truth=truth,
        )  # fmt: skip


def declare(interp: Interpreter, receiver: Any, call: Invocation) -> None:
    """`parser.add_argument("--freeze", type=bool)`: what the option is where it is not given, and whether its type
    makes every text true."""
    flags = [value.value for value in call.args if isinstance(value, Const) and isinstance(value.value, str)]
    if not flags:
        return
    flag = next((each for each in flags if each.startswith("--")), flags[0])
    chosen = call.get(-1, "dest")
    name = str(chosen.value) if isinstance(chosen, Const) else flag.lstrip("-").replace("-", "_")
    default = call.get(-1, "default")
    if isinstance(default, Const):
        interp.world.defaults[name] = default
    if call.get(-1, "type") != Library("builtins.bool"):
        return
    kind = interp.calls.class_of.get(receiver.id) if isinstance(receiver, Ref) else None
    text = call.frame.module.text
    sure = kind == Library("argparse.ArgumentParser") or ("argparse" in text and "jsonargparse" not in text)
    interp.world.emit(
        TextOption, call.span, call.text, name=name, flag=flag, hint=is_option(name),
        truth=Truth.of(sure).join(Truth.YES),
    )  # fmt: skip
