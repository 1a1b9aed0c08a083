"""What a rule is: a code, a name, and one pure function from a timeline to the mistakes it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from .claims import Claim
from .findings import Confidence, Finding, Fix, Note, Safety, Severity
from .spans import Span
from .truth import Truth

if TYPE_CHECKING:
    from .timeline import Timeline


class Mistake(msgspec.Struct, frozen=True):
    """What a rule yields: a place, what is wrong there, and how well it is known.

    `truth` is the conjunction of every truth that the mistake rests on: YES becomes a certain finding, MAYBE a
    possible one, NO none at all.
    """

    span: Span
    message: str
    truth: Truth
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    claim: Claim | None = None
    severity: Severity | None = None
    """Its own severity, of a rule with more than one; None for that of the rule."""
    stack: tuple[Span, ...] = ()
    """The calls that led to the place, outermost first: `event.stack`."""


class Rule(msgspec.Struct, frozen=True):
    """A rule. `fix` is the safety of the fix it offers, None where it offers none."""

    code: str
    name: str
    summary: str
    severity: Severity
    check: Callable[[Timeline], Iterable[Mistake]]
    fix: Safety | None = None
    default: bool = True
    """Whether the rule is on where nothing is selected. Off: it is right, and yet asks for nothing that must change."""
    worst: Severity | None = None
    """The severity of its worst mistakes, where single mistakes may be worse than the rule at large."""
    only_worse: bool = False
    """Whether mistakes that are no worse than the rule at large are left out: an info rule that nobody asked for."""
    confirmed_by: str = ""
    """The evidence of a run that confirms a finding, in one clause."""

    def findings(self, timeline: Timeline) -> Iterable[Finding]:
        """The findings of this rule on one timeline."""
        for mistake in self.check(timeline):
            severity = (self.worst and mistake.severity) or self.severity
            if mistake.truth is Truth.NO or (self.only_worse and severity is self.severity):
                continue
            stack = mistake.stack or timeline.stack_of(mistake.span)
            known = {mistake.span, *(note.span for note in mistake.notes)}
            calls = tuple(Note(span, "called here") for span in dict.fromkeys(reversed(stack)) if span not in known)
            yield Finding(
                code=self.code,
                name=self.name,
                severity=severity,
                confidence=Confidence.CERTAIN if mistake.truth is Truth.YES else Confidence.POSSIBLE,
                message=mistake.message,
                span=mistake.span,
                notes=mistake.notes + calls,
                fix=mistake.fix,
                claim=mistake.claim,
            )
