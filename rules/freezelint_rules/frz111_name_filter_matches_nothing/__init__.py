"""FRZ111: a condition on names that holds for no name of the model."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.api import (
    MAYBE,
    NO,
    YES,
    MatchesNothing,
    Mistake,
    Rule,
    Severity,
    Timeline,
    Truth,
    name_filters,
    questions,
)


def check(timeline: Timeline) -> Iterator[Mistake]:
    return questions.best(_mistakes(timeline))


def _mistakes(timeline: Timeline) -> Iterator[Mistake]:
    found = list(name_filters.name_filters(timeline))
    for each in found:
        matched = each.holds(each.literal.value)
        if matched is None:
            continue
        alternatives = name_filters.patterns(each.literal.value)
        if not matched:
            truth = _nothing(each, alternatives, found)
            if truth is not NO:
                texts = ", ".join(f"`{pattern.text}`" for pattern in alternatives[:3]) or "this condition"
                verb = "match" if len(alternatives) > 1 else "matches"
                text = alternatives[0].text if len(alternatives) == 1 else ""
                yield _mistake(timeline, each, f"{texts} {verb} none", truth, text)
            continue
        for pattern in alternatives if len(alternatives) > 1 else ():
            if each.holds(pattern.value) == frozenset() and not _prefixed_twin(pattern, alternatives):
                truth = YES if _meant_for(each, pattern.text) else MAYBE
                yield _mistake(timeline, each, f"`{pattern.text}` matches none", truth, pattern.text)


def _mistake(timeline: Timeline, each: name_filters.NameFilter, start: str, truth: Truth, text: str = "") -> Mistake:
    noun = "parameter name" if each.of == "parameters" else "module name"
    root = questions.name_of(timeline, each.root)
    return Mistake(
        span=each.span,
        message=f"{start} of the {questions.count(len(each.names), noun)} of `{root}`",
        truth=truth,
        notes=each.notes(),
        stack=each.write.stack,
        claim=MatchesNothing(subject=root, text=text),
    )


def _nothing(
    each: name_filters.NameFilter,
    alternatives: tuple[name_filters.Pattern, ...],
    others: list[name_filters.NameFilter],
) -> Truth:
    """How surely a condition that holds for no name is a mistake: code for many models may ask for much."""
    if any(_meant_for(each, pattern.text) for pattern in alternatives):
        return YES
    if alternatives and all(name_filters.is_general(pattern.text) for pattern in alternatives):
        return MAYBE
    beside = [
        other for other in others
        if other is not each and other.write.value == each.write.value and other.write.stack == each.write.stack
        and other.write.function == each.write.function and other.literal.polarity and other.root == each.root
    ]  # fmt: skip
    if any(other.holds(other.literal.value) for other in beside):
        return MAYBE
    if not each.literal.polarity and any(other.literal == each.literal for other in beside):
        return NO  # the other branch of a condition that is judged by itself
    return YES


def _meant_for(each: name_filters.NameFilter, text: str) -> bool:
    """Whether a text is meant for this very model: a caller names it, or a name of the model is nearly the same."""
    if each.given is YES:
        return True
    components = {part for name in each.names for part in name.split(".")}
    first, _, _ = text.strip(".").partition(".")
    last = text.strip(".").rpartition(".")[2]
    if first != last and first in components:
        return True
    stem = last.rstrip("0123456789")
    if stem != last and len(stem) > 2 and any(_sibling(part, stem, last) for part in components):
        return True
    return len(last) >= 5 and any(_slip(last, part) for part in components if part != last)


def _sibling(part: str, stem: str, text: str) -> bool:
    return part != text and part.startswith(stem) and part[len(stem) :].isdigit()


def _slip(a: str, b: str) -> bool:
    """Whether two words differ by one letter that is missing, added, other or swapped with its neighbour."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]:
        return not (rest_a + rest_b).isdigit()
    return rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:]


def _prefixed_twin(pattern: name_filters.Pattern, alternatives: tuple[name_filters.Pattern, ...]) -> bool:
    """`startswith(("backbone", "module.backbone"))` is for a model with or without a wrapper."""
    texts = {other.text for other in alternatives}
    bare = pattern.text.removeprefix("module.").removeprefix("model.")
    return (bare != pattern.text and bare in texts) or f"module.{pattern.text}" in texts


RULE = Rule(
    code="FRZ111",
    name="name-filter-matches-nothing",
    summary="a condition on names that holds for no name of the model",
    severity=Severity.ERROR,
    check=check,
    confirmed_by="0 of the names match",
)
