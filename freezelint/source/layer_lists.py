"""Finds from the text alone where code may keep layers in a plain list, tuple or dict of an object."""

from __future__ import annotations

import re

_EMPTY = r"(?:\[\s*\]|\{\s*\}|(?:list|dict|(?:collections\.)?OrderedDict)\(\s*\))"
_PLAIN = re.compile(
    r"\bself\.(?P<own>\w+)(?:[ \t]*:[^=\n]+)?[ \t]*=[ \t]*"
    rf"(?:(?P<empty>{_EMPTY})|(?P<full>[\[{{(]|(?:list|dict|tuple)\()|(?P<local>[a-z_]\w*)[ \t]*$)",
    re.MULTILINE,
)
_EMPTIED = re.compile(rf"=[ \t]*{_EMPTY}")
_NAME_BEFORE = re.compile(r"([a-z_]\w*)[ \t]*\Z")
_MADE = re.compile(r"\bnn\.(?!init\b|functional\b|Parameter\b|utils\b)[A-Z]\w*\(|\b[A-Z][a-z]\w*\(")
_NEAR = 160
_BRACKET_OR_COMMA = re.compile(r"[()\[\]{},]")
_LONGEST_TUPLE = 4000
_LONGEST_NAME = 80


def lists_layers(text: str) -> bool:
    """Whether code may keep layers in a plain list or dict of an object: it fills one with what classes make."""
    emptied: set[str] | None = None
    for found in _PLAIN.finditer(text):
        if found["full"] is not None:
            filled = _makes(text, found.end()) and (found["full"] != "(" or _is_tuple(text, found.end()))
        elif found["empty"] is not None:
            filled = _is_filled(text, rf"\bself\.{found['own']}")
        else:
            emptied = _emptied(text) if emptied is None else emptied
            filled = found["local"] in emptied and _is_filled(text, rf"\b{found['local']}")
        if filled:
            return True
    return False


def _emptied(text: str) -> set[str]:
    """The names that an empty collection is bound to."""
    names: set[str] = set()
    for found in _EMPTIED.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, found.start() - _LONGEST_NAME), found.start())
        if name is not None:
            names.add(name[1])
    return names


def _is_tuple(text: str, start: int) -> bool:
    """Whether a comma stands between this place in brackets and their end, and in no others."""
    depth = 0
    for found in _BRACKET_OR_COMMA.finditer(text, start, start + _LONGEST_TUPLE):
        if found[0] == ",":
            if depth == 0:
                return True
        elif found[0] in "([{":
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return False
    return True


def _makes(text: str, start: int) -> bool:
    return _MADE.search(text, start, start + _NEAR) is not None


def _is_filled(text: str, target: str) -> bool:
    """Whether instances of classes are put into a collection, made there or given a name before."""
    for found in re.finditer(
        rf"{target}(?:\.(?:append|extend|insert)\(|\[[^\]\n]*\][ \t]*=|[ \t]*\+=)[ \t]*(.*)", text
    ):
        name = re.fullmatch(r"(\w+)\)?", found[1])
        if name is None:
            if _MADE.search(found[1]) is not None or (not found[1].strip(" [(") and _makes(text, found.end())):
                return True
        elif any(_makes(text, made.end()) for made in re.finditer(rf"\b{name[1]}[ \t]*=(?!=)", text)):
            return True
    return False
