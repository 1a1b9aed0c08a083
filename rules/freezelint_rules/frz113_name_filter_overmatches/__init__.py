"""FRZ113: a condition on names also holds for names it was not meant for: `layer.1` stands in `layer.10` too."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import YES, MatchesOthers, Mistake, Rule, Severity, Timeline, name_filters, questions


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    found = list(name_filters.name_filters(timeline))
    for each in found:
        alternatives = name_filters.patterns(each.literal.value)
        meant = _meant(each, alternatives, found)
        for pattern in alternatives:
            over = _too_many(each, pattern, meant)
            if not over:
                continue
            root = questions.name_of(timeline, each.root)
            more = f" and {questions.count(len(over) - 1, 'other name')}" if len(over) > 1 else ""
            yield Mistake(
                span=each.span,
                message=f"`{pattern.text}` also matches `{over[0]}`{more} of `{root}`",
                truth=YES,
                notes=each.notes(),
                stack=each.write.stack,
                claim=MatchesOthers(subject=root, names=tuple(over), meant=tuple(sorted(meant))),
            )


def _meant(
    each: name_filters.NameFilter,
    alternatives: tuple[name_filters.Pattern, ...],
    others: list[name_filters.NameFilter],
) -> frozenset[str]:
    """The names that this condition, or the same one with other texts, is plainly about."""
    found: set[str] = set()
    for other in others:
        if other.write.span == each.write.span and other.root == each.root:
            for pattern in name_filters.patterns(other.literal.value):
                found.update(_proper(other, pattern))
    for pattern in alternatives:
        found.update(_proper(each, pattern))
    return frozenset(found)


def _proper(each: name_filters.NameFilter, pattern: name_filters.Pattern) -> list[str]:
    """The names that hold the text as whole components, from the start where it is the name of a part."""
    names = [name for name in each.names if name_filters.stands_in(pattern.text, name)]
    if _is_part(each, pattern):
        names = [name for name in names if f"{name}.".startswith(f"{pattern.text.strip('.')}.")]
    return names


def _is_part(each: name_filters.NameFilter, pattern: name_filters.Pattern) -> bool:
    """Whether a text that may stand anywhere is the name of one of the model's parts."""
    text = pattern.text.strip(".")
    if pattern.how != "in" or name_filters.is_kind(text):
        return False
    return any(name.startswith(f"{text}.") for name in each.names)


def _too_many(each: name_filters.NameFilter, pattern: name_filters.Pattern, meant: frozenset[str]) -> list[str]:
    matched = each.holds(pattern.value)
    if not matched or pattern.how not in ("in", "start") or not pattern.text:
        return []
    digits = pattern.text[-1].isdigit()
    proper = _proper(each, pattern)
    if not proper or not (digits or _is_part(each, pattern)):
        return []
    return [name for name in each.names if name in matched and name not in meant]


RULE = Rule(
    code="FRZ113",
    name="name-filter-overmatches",
    summary="a condition on names that also holds for names it was not meant for",
    severity=Severity.WARNING,
    check=check,
    confirmed_by="the list of the names that match",
)
