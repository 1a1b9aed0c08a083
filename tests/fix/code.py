"""What the tests of fixes share: spans by their text, and recipes applied to a text."""

from __future__ import annotations

from freezelint.core.findings import Fix, Safety
from freezelint.core.recipes import Recipe
from freezelint.core.spans import Span
from freezelint.fix.apply import edited
from freezelint.fix.resolve import Resolver


def span_of(text: str, part: str, *, nth: int = 0, path: str = "a.py") -> Span:
    """Where a part of a text stands; `nth` where it does several times."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    end = start + len(part)

    def place(offset: int) -> tuple[int, int]:
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    return Span(path, *place(start), *place(end))


def marked(text: str) -> tuple[str, Span]:
    """A text without the marks `«` and `»`, and the span between them."""
    start, end = text.index("«"), text.index("»") - 1
    plain = text.replace("«", "").replace("»", "")
    before = text[:start]
    part = plain[start:end]
    return plain, span_of(plain, part, nth=plain[: len(before) + len(part)].count(part) - 1)


def fixed(text: str, *recipes: Recipe) -> str | None:
    """The text after a fix with these recipes; None where it is refused."""
    edits = Resolver({"a.py": text}.get).edits(Fix("", Safety.SAFE, recipes=recipes))
    return edited(text.encode(), edits).decode() if edits else None
