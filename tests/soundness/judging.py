"""Compares what both witnesses find: a certain finding that the run refutes, a mistake that only the run shows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec

from freezelint.analysis import analyse
from freezelint.core.findings import Confidence, Finding
from freezelint.source.files import SourceFile
from freezelint_rules import RULES
from tests.soundness.printing import source
from tests.soundness.running import SHOWN, run
from tests.soundness.syntax import Act, Epochs, Program


class Judged(msgspec.Struct, frozen=True):
    """What was found in a program: `certain` findings of the analysis, those of them that some run `confirmed`, those
    that are `refuted` by one and shown by none, and the mistakes that were `missed`, a line each."""

    certain: int
    confirmed: int
    refuted: tuple[str, ...]
    missed: tuple[str, ...]
    problems: tuple[str, ...]


def judged(program: Program) -> Judged:
    """Analyse a program and run it: with its options, and with all others, since a certain finding may be about one.
    What only the run shows is asked of the program with its options written down, so that both know the same."""
    text = source(program, looks=False)
    found, problems = analysed(text)
    outcomes: list[set[str]] = [set() for _ in found]
    told: list[str] = [""] * len(found)
    for options in _variants(program):
        result = run(msgspec.structs.replace(program, options=options), text, found, RULES).result
        problems += result.problems
        for number, verdict in result.verdicts.items():
            outcomes[number].add(verdict.outcome)
            told[number] = verdict.summary if verdict.outcome == "refuted" else told[number]
    certain = [number for number, each in enumerate(found) if each.confidence is Confidence.CERTAIN]
    refuted = [number for number in certain if "refuted" in outcomes[number] and not outcomes[number] & _SHOWN]
    missed, more = _missed(_told_all(program))
    return Judged(
        certain=len(certain), confirmed=sum("confirmed" in outcomes[number] for number in certain),
        refuted=tuple(_told(found[number]) + f" | {told[number]}" for number in refuted),
        missed=tuple(missed), problems=(*problems, *more),
    )  # fmt: skip


def _told_all(program: Program) -> Program:
    """The program with its options written down, and loops of which the analysis sees how often they run."""
    return msgspec.structs.replace(program, style="known", acts=tuple(_counted(act) for act in program.acts))


def _counted(act: Act) -> Act:
    return msgspec.structs.replace(act, how="range") if isinstance(act, Epochs) else act


def analysed(text: str) -> tuple[tuple[Finding, ...], list[str]]:
    result = analyse([SourceFile(SHOWN, text)], RULES)
    return result.findings, [each.message for each in result.problems]


def _missed(program: Program) -> tuple[list[str], list[str]]:
    """The mistakes that only the run shows, where the analysis is certain of none of their kind. A run that is ended by
    an exception is no witness: what would have come after it may mend what it shows."""
    text = source(program, looks=False)
    found, problems = analysed(text)
    ran = run(program, text, found, RULES)
    result = ran.result
    if ran.ended:
        return [], [*problems, *result.problems]
    certain = {each.code for each in found if each.confidence is Confidence.CERTAIN}
    own = [each for each in result.own if each.code in _ON and each.code not in certain]
    return [_line(each, found) for each in own], [*problems, *result.problems]


_SHOWN = {"confirmed", "undecided"}
_ON = {rule.code for rule in RULES if rule.default}
"""Rules that are on by default: the others are about what need not be a mistake."""


def _variants(program: Program) -> Iterator[tuple[bool, ...]]:
    yield program.options
    for options in itertools.product((False, True), repeat=len(program.options)):
        if options != program.options:
            yield options


def _line(finding: Finding, findings: tuple[Finding, ...]) -> str:
    possible = any(
        each.code == finding.code and each.span.line <= finding.span.end_line
        and finding.span.line <= each.span.end_line for each in findings
    )  # fmt: skip
    return f"{_told(finding)}{' (held possible)' if possible else ''}"


def _told(finding: Finding) -> str:
    return f"{finding.code} at line {finding.span.line}: {finding.message}"
