"""Makes text from a user's file safe to show: no control characters, and a known width on screen."""

from __future__ import annotations

import unicodedata

TAB = 4


def escape(text: str) -> str:
    """The text on one line, with all that could move the cursor or hide something written as an escape."""
    return text if text.isascii() and text.isprintable() else "".join(_shown(character) for character in text)


def cells(line: str) -> list[tuple[str, int]]:
    """What is shown for each character of a source line, and how many columns it takes; tabs become blanks."""
    result: list[tuple[str, int]] = []
    column = 0
    for character in line:
        shown = " " * (TAB - column % TAB) if character == "\t" else _shown(character)
        width = _width(character) if shown == character else len(shown)
        result.append((shown, width))
        column += width
    return result


def _shown(character: str) -> str:
    # Cc are control codes, Cf invisible ones such as the marks that turn the direction of the text; the rest of C
    # and the line separators cannot be shown either.
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
