"""Compares what the analysis finds in the corpus with what was judged, and puts that in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tests.corpus.verdicts import Judgement, Key, Verdict


class Comparison(msgspec.Struct, frozen=True):
    """Found and judged true or false, found and not judged, judged and not found any more."""

    true: tuple[Key, ...]
    false: tuple[Key, ...]
    unread: tuple[Key, ...]
    missed: tuple[Key, ...]
    """Real mistakes that are not found: findings that vanished, and mistakes known from reading."""
    silenced: tuple[Key, ...]
    """False findings that are not reported any more."""


def compare(found: Iterable[Key], verdicts: Iterable[Verdict], packages: Iterable[str]) -> Comparison:
    """Compare the findings in these packages with the verdicts."""
    analysed = set(packages)
    judged = {each.key: each.verdict for each in verdicts if each.package in analysed}
    present = sorted(set(found))
    gone = sorted(judged.keys() - set(present))

    def chosen(keys: Iterable[Key], judgement: Judgement) -> tuple[Key, ...]:
        return tuple(key for key in keys if judged.get(key, Judgement.UNREAD) is judgement)

    return Comparison(
        true=chosen(present, Judgement.TRUE),
        false=chosen(present, Judgement.FALSE),
        unread=chosen(present, Judgement.UNREAD),
        missed=chosen(gone, Judgement.TRUE),
        silenced=chosen(gone, Judgement.FALSE),
    )


def described(comparison: Comparison, messages: Mapping[Key, str], reasons: Mapping[Key, str]) -> Iterator[str]:
    """The comparison in lines: the lists, then the precision of each rule and of all."""
    lists = (
        ("false", comparison.false, reasons),
        ("missed: judged true, not found", comparison.missed, reasons),
        ("no longer reported: judged false", comparison.silenced, reasons),
        ("unread: to be judged in findings.jsonl", comparison.unread, messages),
    )
    for title, keys, words in lists:
        if keys:
            yield f"{title} ({len(keys)})"
            yield from (f"  {key} {words.get(key, '')}".rstrip() for key in keys)
            yield ""
    yield from _table(comparison)


def _table(comparison: Comparison) -> Iterator[str]:
    yield f"{'rule':<8}{'true':>6}{'false':>7}{'unread':>8}{'missed':>8}  precision"
    groups = (comparison.true, comparison.false, comparison.unread, comparison.missed)
    for code in sorted({key.code for group in groups for key in group}):
        yield _row(code, [sum(key.code == code for key in group) for group in groups])
    yield _row("all", [len(group) for group in groups])


def _row(title: str, counts: Sequence[int]) -> str:
    true, false, unread, missed = counts
    # What nobody has read says nothing of precision.
    precision = f"{true / (true + false):.1%}" if true + false else "-"
    return f"{title:<8}{true:>6}{false:>7}{unread:>8}{missed:>8}  {precision}"
