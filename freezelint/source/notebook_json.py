"""Reads the JSON of a notebook such that each string is known by its place, and writes into such strings.

A notebook is never written anew as a whole: its outputs, its indentation, the order of its keys and its escapes are the
user's, and a change of one line of code changes that line alone.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias, Union

import msgspec

from .files import UnreadableSource

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_SCALAR = re.compile(r"[^\s,\]}]+")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_DEEPEST = 200


class Text(msgspec.Struct, frozen=True):
    """A string of the JSON, between its quotes at `start` and `end`; `raw` is what stands there."""

    start: int
    end: int
    raw: str

    @property
    def value(self) -> str:
        """The text that the string stands for."""
        decoded: str = json.loads(f'"{self.raw}"', strict=False)
        return decoded

    def place(self, offset: int) -> int:
        """Where in the JSON a character of the text is written."""
        for number, match in enumerate(_CHARACTER.finditer(self.raw)):
            if number == offset:
                return self.start + match.start()
        return self.end


Node: TypeAlias = Union[Text, list["Node"], dict[str, "Node"], str]
"""A value of the JSON; a scalar as it is written."""


def parse(text: str) -> Node:
    """The JSON with the places of its strings; raises `UnreadableSource`."""
    if not text.strip():
        raise UnreadableSource("the notebook is empty", 1, 1)
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        what = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise UnreadableSource(f"the notebook is no JSON: {what}", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableSource("the notebook cannot be read as JSON") from error
    return _value(text, _skip(text, 0), 0)[0]


def _value(text: str, position: int, depth: int) -> tuple[Node, int]:
    """The value that starts here, and where the next thing starts. The text is known to be JSON."""
    if depth > _DEEPEST:
        raise UnreadableSource("the notebook is nested too deeply")
    match text[position]:
        case "{":
            return _object(text, position, depth)
        case "[":
            return _array(text, position, depth)
        case '"':
            return _string(text, position)
        case _:
            found = _SCALAR.match(text, position)
            assert found is not None
            return found[0], _skip(text, found.end())


def _object(text: str, position: int, depth: int) -> tuple[Node, int]:
    result: dict[str, Node] = {}
    position = _skip(text, position + 1)
    while text[position] != "}":
        key, position = _string(text, position)
        result[key.value], position = _value(text, _skip(text, position + 1), depth + 1)
        if text[position] == ",":
            position = _skip(text, position + 1)
    return result, _skip(text, position + 1)


def _array(text: str, position: int, depth: int) -> tuple[Node, int]:
    result: list[Node] = []
    position = _skip(text, position + 1)
    while text[position] != "]":
        item, position = _value(text, position, depth + 1)
        result.append(item)
        if text[position] == ",":
            position = _skip(text, position + 1)
    return result, _skip(text, position + 1)


def _string(text: str, position: int) -> tuple[Text, int]:
    found = _STRING.match(text, position)
    assert found is not None
    return Text(found.start() + 1, found.end() - 1, found[0][1:-1]), _skip(text, found.end())


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found is not None else position


class Source(msgspec.Struct, frozen=True):
    """The source of a cell: one string, or a list of them, in most notebooks one for each line."""

    items: tuple[Text, ...]
    listed: bool

    @property
    def value(self) -> str:
        """The text of the cell."""
        return "".join(item.value for item in self.items)

    def starts(self) -> list[int]:
        """The offset in the cell at which each string starts."""
        offsets = [0]
        for item in self.items:
            offsets.append(offsets[-1] + len(item.value))
        return offsets

    def place(self, offset: int) -> int:
        """Where in the JSON a character of the cell is written; its end where the offset is that of its end."""
        starts = self.starts()
        number = min(bisect_right(starts, offset), len(self.items)) - 1
        return self.items[number].place(offset - starts[number])

    def splits_lines(self) -> bool:
        """Whether each line has a string of its own."""
        inner = [item.value for item in self.items[:-1]]
        return self.listed and all(value.endswith("\n") and value.count("\n") == 1 for value in inner)


class Replacement(msgspec.Struct, frozen=True):
    """In a cell: what stands between two offsets becomes `text`."""

    start: int
    end: int
    text: str


def replaced(json_text: str, source: Source, replacements: Sequence[Replacement]) -> list[tuple[int, int, str]]:
    """The replacements in the source of a cell as replacements in the JSON, in order. The cell has some text."""
    separator = _separator(json_text, source) if source.splits_lines() else None
    ascii_only = json_text.isascii() and "\\u" in json_text
    result = []
    for each in sorted(replacements, key=lambda one: (one.start, one.end)):
        written = json.dumps(each.text, ensure_ascii=ascii_only)[1:-1]
        if separator is not None:
            written = _NEWLINE.sub(lambda match: f'{match[0]}"{separator}"', written)
        result.append((source.place(each.start), source.place(each.end), written))
    return result


# A newline as JSON writes it; an even number of backslashes before it stand for themselves.
_NEWLINE = re.compile(r"(?<!\\)(?:\\\\)*\\n")


def _separator(json_text: str, source: Source) -> str:
    """What stands between two strings of the list."""
    if len(source.items) > 1:
        return json_text[source.items[0].end + 1 : source.items[1].start - 1]
    bracket = json_text.rfind("[", 0, source.items[0].start)
    return "," + json_text[bracket + 1 : source.items[0].start - 1]
