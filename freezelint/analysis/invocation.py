"""One call: where it stands and what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from freezelint.core.spans import Span
from freezelint.core.truth import Truth
from freezelint.source import ir

if TYPE_CHECKING:
    from .frames import Frame
    from .interpreter import Interpreter


class GradContext(msgspec.Struct, frozen=True, eq=False):
    """A grad-mode context manager; `immediate` where making it sets the mode (`set_grad_enabled`)."""

    enabled: Truth
    immediate: bool = False
    name: str = "no_grad"


class Invocation:
    """The arguments of a call. `more` where there may be others than these."""

    __slots__ = ("args", "entry", "frame", "interp", "keywords", "more", "node", "span", "text")

    def __init__(
        self,
        interp: Interpreter,
        node: ir.Call,
        frame: Frame,
        span: Span,
        text: str,
        args: list[Any],
        keywords: dict[str, Any],
        more: bool,
        *,
        entry: bool = False,
    ) -> None:
        self.interp = interp
        self.node = node
        self.frame = frame
        self.span = span
        self.text = text
        self.args = args
        self.keywords = keywords
        self.more = more
        self.entry = entry
        """Whether no code makes this call: it enters the project from outside."""

    def get(self, position: int, name: str, default: Any = None) -> Any:
        """The argument at a position or by name."""
        if 0 <= position < len(self.args):
            return self.args[position]
        return self.keywords.get(name, default)

    def has(self, position: int, name: str) -> bool:
        """Whether the argument is given."""
        return 0 <= position < len(self.args) or name in self.keywords

    def all_arguments(self) -> list[Any]:
        """All arguments in order."""
        return [*self.args, *self.keywords.values()]

    def prefixed(self, args: tuple[Any, ...], keywords: dict[str, Any]) -> Invocation:
        """The same call with arguments of a partial before its own."""
        return Invocation(
            self.interp, self.node, self.frame, self.span, self.text, [*args, *self.args],
            {**keywords, **self.keywords}, self.more, entry=self.entry,
        )  # fmt: skip

    def with_arguments(self, args: list[Any], keywords: dict[str, Any] | None = None) -> Invocation:
        """The same call with other arguments."""
        return Invocation(
            self.interp, self.node, self.frame, self.span, self.text, args, keywords or {}, False, entry=self.entry
        )

    def without_arguments(self) -> Invocation:
        """The same call with no arguments."""
        return self.with_arguments([])
