"""Which decorators of the project may matter: most only document, check or cache, and are taken to change nothing.

A decorator matters where its text, or that of a function which it reaches by name, speaks of modes, flags or gradients,
or where it keeps what it is given: a registry. Anything else makes a function that calls the one it was given, so that
one is followed in its place, and the statement that defines it is the same in every world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from freezelint.source import ir

from .project import ProjectModule, Rests
from .values import Function

if TYPE_CHECKING:
    from .interpreter import Interpreter

_ACTS = re.compile(
    r"requires_?grad|[Ff]reez|\.eval\b|\.train\b|no_grad|inference_mode|grad_enabled|enable_grad|\.step\(|backward\("
    r"|zero_grad"
)
_PUTS = r"(?:append|add|update|setdefault|insert|extend|register\w*)"
_FIRST = re.compile(r"\bdef\s+\w+\(\s*(\w+)")
_WORD = re.compile(r"[A-Za-z_]\w*")
_MOST = 200
"""Definitions that are looked at: what reaches more is a framework, and does not change modes in passing."""


class Decorators:
    """What is known of the decorators of a project, whatever world asks: by the id of the function's node."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bool, Rests]] = {}

    def matters(self, interp: Interpreter, function: Function) -> bool:
        """Whether to apply a function of the project as a decorator may make a difference."""
        if function.grad is not None or function.context or not isinstance(function.node, ir.FunctionDef):
            return True
        project = interp.project
        known = self._known.get(id(function.node))
        if known is None:
            with project.recording() as rests:
                rests.rest_on(function.module)
                known = (_matters(function), rests)
            self._known[id(function.node)] = known
        else:
            project.resting.add(known[1])
        return known[0]


def _matters(function: Function) -> bool:
    return _keeps(function) or any(_ACTS.search(each) is not None for each in _reached(function))


def _keeps(function: Function) -> bool:
    """Whether a decorator puts what it is given into something: an item, an attribute by name, a collection."""
    given = {found[1] for found in _FIRST.finditer(function.source)} - {"self"}
    if not given:
        return False
    names = rf"\b(?:{'|'.join(sorted(given))})\b(?!\()"
    put = rf"(?:\.{_PUTS}|\bsetattr)\([^()\n]*{names}"
    return re.search(rf"\][ \t]*=[ \t]*(?:\([^()\n]*)?{names}|{put}", function.source) is not None


def _reached(function: Function) -> Iterator[str]:
    """The text of a function, and those of the definitions that it reaches by name."""
    yield function.source
    seen: set[tuple[str, int]] = set()
    waiting = [(function.module, name) for name in _names(function.source)]
    while waiting and len(seen) < _MOST:
        module, name = waiting.pop()
        for number in module.binders(name):
            if (module.absolute, number) in seen:
                continue
            seen.add((module.absolute, number))
            chunk = module.chunks[number]
            if chunk.kind in ("function", "class"):
                yield chunk.text
                waiting.extend((module, each) for each in _names(chunk.text))
            elif chunk.kind == "import":
                waiting.extend(_imported(module, number, name))


def _names(text: str) -> list[str]:
    """The names of a text, each once, the last first: they are taken from the end."""
    return list(dict.fromkeys(_WORD.findall(text)))[::-1]


def _imported(module: ProjectModule, number: int, name: str) -> Iterator[tuple[ProjectModule, str]]:
    """Where in the project a name comes from that a statement imports."""
    for statement in module.statements(number):
        if not isinstance(statement, ir.ImportFrom):
            continue
        for each in statement.names:
            if (each.alias or each.name) == name:
                found = module.project.imported(module, statement.module, statement.level)
                if found is not None:
                    yield found, each.name
