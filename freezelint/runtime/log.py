"""The events of a run in order, and the clock by which they are dated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from freezelint.core.events import Event
from freezelint.runtime.sites import Site, Sites

EventT = TypeVar("EventT", bound=Event)
_MOST_EVENTS = 4000
_ALIKE = 3
"""How many equal events are written down while no flag, mode or membership changes between them."""


class Log:
    """What was written down so far. `complete` is False once events had to be left out."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.events: list[Event] = []
        self.clock = 0
        self.changes = 0
        """How many flags, modes or memberships were really changed so far."""
        self.complete = True
        self.before_adding: Callable[[], None] | None = None
        """Called before an event is added: one that is still being gathered comes first."""
        self._seen: dict[object, int] = {}

    def tick(self) -> int:
        """The next moment."""
        self.clock += 1
        return self.clock

    def add(self, kind: type[EventT], site: Site, /, text: str = "", **fields: Any) -> int | None:
        """Write an event down as of now; its place in the log, or None where the log is full."""
        if self.before_adding is not None:
            self.before_adding()
        if self.full():
            return None
        self.place(
            kind(time=self.tick(), span=site.span, stack=site.stack, function=site.function, text=text, **fields)
        )
        return len(self.events) - 1

    def place(self, event: Event) -> None:
        """Put an event down that has its moment already."""
        if not self.full():
            self.events.append(event)

    def full(self) -> bool:
        """Whether nothing more is written down."""
        if len(self.events) >= _MOST_EVENTS:
            self.complete = False
        return not self.complete

    def amend(self, index: int, **fields: Any) -> None:
        """Change fields of an event that was written down."""
        self.events[index] = msgspec.structs.replace(self.events[index], **fields)

    def worth(self, *key: object) -> bool:
        """Whether an event that changes nothing is worth writing down once more."""
        seen = self._seen.get(key, 0)
        self._seen[key] = seen + 1
        return seen < _ALIKE

    def changed(self, number: int = 1) -> None:
        """So many flags, modes or memberships were really changed."""
        if number:
            self.changes += number
            self._seen.clear()
