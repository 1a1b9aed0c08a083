"""Classes of the project: their bases, their members, and what they are to torch."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from freezelint.core.truth import Truth
from freezelint.libraries.names import ancestors, is_module_class
from freezelint.source import ir

from .values import Bound, Choice, ClassValue, Function, Library


class Property(msgspec.Struct, frozen=True, eq=False):
    """A member that is called when it is read; `cached` where its first result stays."""

    function: Function
    cached: bool = False


class Static(msgspec.Struct, frozen=True, eq=False):
    """A member that takes no receiver."""

    function: Function


class ClassLevel(msgspec.Struct, frozen=True, eq=False):
    """A member that takes the class."""

    function: Function


def lineage(cls: ClassValue) -> list[Any]:
    """The class and its bases in the order in which attributes are looked up (depth first, last of doubles)."""
    result = cls.line
    if result:
        return result
    found: list[Any] = []
    _walk(cls, found, 0)
    for each in found:
        if any(each is other or (isinstance(each, Library) and each == other) for other in result):
            result[:] = [
                other for other in result if not (each is other or (isinstance(each, Library) and each == other))
            ]
        result.append(each)
    return result


def _walk(cls: Any, into: list[Any], depth: int) -> None:
    into.append(cls)
    if isinstance(cls, ClassValue) and depth < 24:
        for base in cls.bases:
            if isinstance(base, Choice):
                base = base.options[0][1]
            _walk(base, into, depth + 1)


def member(cls: ClassValue, name: str) -> Any:
    """The member as the class or a base of the project defines it, None where none does."""
    for each in lineage(cls):
        if isinstance(each, ClassValue) and name in each.members:
            return each.members[name]
    return None


def defining(cls: ClassValue, name: str) -> ClassValue | None:
    """The class of the project that defines the member."""
    for each in lineage(cls):
        if isinstance(each, ClassValue) and name in each.members:
            return each
    return None


def bind(found: Any, receiver: Any, kind: ClassValue) -> Any:
    """A member as read from an instance."""
    match found:
        case Function():
            return Bound(receiver, found, kind)
        case Static(function=function):
            return function
        case ClassLevel(function=function):
            return Bound(kind, function, kind)
        case _:
            return found


def assigns(cls: ClassValue, name: str) -> bool:
    """Whether the text of the class or of a base of the project sets the attribute, or may: by a name it computes."""
    pattern = re.compile(rf"\.{re.escape(name)}\s*(?::[^=\n]+)?=(?!=)|\bsetattr\(")
    owners = (each for each in lineage(cls) if isinstance(each, ClassValue))
    return any(pattern.search(each.module.text_of(each.node.name)) is not None for each in owners)


def qualified(cls: ClassValue) -> tuple[str, ...]:
    """Qualified names of the class and all its bases, "?" where a base is not known."""
    names: list[str] = []
    for each in lineage(cls):
        if isinstance(each, ClassValue):
            names.append(each.qualified)
        elif isinstance(each, Library):
            if each.name == "builtins.object":
                continue
            names.extend((each.name,) if each.name in _KINDS else ancestors(each.name))
        else:
            names.append("?")
    return tuple(dict.fromkeys(names))


def library_bases(cls: ClassValue) -> list[str]:
    """The library classes among its bases."""
    return [each.name for each in lineage(cls) if isinstance(each, Library)]


_KINDS = {
    "builtins.dict": "dict", "collections.OrderedDict": "dict", "collections.UserDict": "dict",
    "builtins.list": "list", "collections.UserList": "list",
}  # fmt: skip


def collection_kind(cls: ClassValue) -> str:
    """Whether its instances are dicts or lists themselves: "dict", "list", or "" where they are neither."""
    return next((_KINDS[name] for name in library_bases(cls) if name in _KINDS), "")


def is_module(cls: ClassValue) -> Truth:
    """Whether the class is an nn.Module."""
    names = qualified(cls)
    if "torch.nn.Module" in names:
        return Truth.YES
    if any(is_module_class(name) for name in library_bases(cls)):
        return Truth.YES
    return Truth.MAYBE if "?" in names else Truth.NO


def fully_known(cls: ClassValue) -> bool:
    """Whether all bases are of the project or are nn.Module and its like, that add no children."""
    for each in lineage(cls):
        if isinstance(each, ClassValue):
            continue
        if not isinstance(each, Library):
            return False
        if each.name not in _BARE and not each.name.startswith(("typing.", "abc.", "builtins.")):
            return False
    return True


_BARE = frozenset({
    "torch.nn.Module", "torch.nn.modules.Module", "torch.nn.modules.module.Module", "lightning.LightningModule",
    "pytorch_lightning.LightningModule", "lightning.pytorch.LightningModule", "abc.ABC", "torch.nn.Sequential",
    "torch.nn.ModuleList", "torch.nn.ModuleDict", "huggingface_hub.PyTorchModelHubMixin",
})  # fmt: skip


def method_text(cls: ClassValue, node: ir.FunctionDef) -> str:
    """The source of a method: from its name to the next definition of the class, or the end of the statement at module
    level that it stands in."""
    after = [each.at.line for each in cls.node.body if isinstance(each, ir.FunctionDef) and each.at.line > node.at.line]
    last = cls.module.end_of_statement(node.at.line)
    return cls.module.lines(node.at.line, min(after) - 1 if after else min(last, node.at.line + 400))


def forward_text(cls: ClassValue) -> str | None:
    """The source of `forward` and of every method of the class that it calls on itself, None where it has none."""
    found: dict[str, str] = {}
    waiting = ["forward"]
    while waiting:
        name = waiting.pop()
        owner = defining(cls, name)
        function = owner.members[name] if owner is not None else None
        function = function.function if isinstance(function, (Property, Static, ClassLevel)) else function
        if owner is None or name in found or not isinstance(function, Function):
            continue
        if not isinstance(function.node, ir.FunctionDef):
            return None
        found[name] = method_text(owner, function.node)
        waiting.extend(re.findall(r"\bself\.(\w+)", found[name]))
    return "\n".join(found.values()) if "forward" in found else None
