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
from tests.soundness.syntax import Program


class Judged(msgspec.Struct, frozen=True):
    """What was found in a program: `certain` findings of the analysis, those of them that some run `confirmed`, those
    that are `refuted` by one and shown by none, and the mistakes that were `missed`, a line each."""

    certain: int
    confirmed: int
    refuted: tuple[str, ...]
    missed: tuple[str, ...]
    problems: tuple[str, ...]


def judged(program: Program) -> Judged:
    """Analyse a program and run it: with its options, and with all others, since a certain finding may be about one."""
    text = source(program, looks=False)
    analysed = analyse([SourceFile(SHOWN, text)], RULES)
    problems = [each.message for each in analysed.problems]
    outcomes: list[set[str]] = [set() for _ in analysed.findings]
    told: list[str] = [""] * len(outcomes)
    missed: dict[str, None] = {}
    for options in _variants(program):
        result = run(msgspec.structs.replace(program, options=options), text, analysed.findings, RULES).result
        problems += result.problems
        for number, verdict in result.verdicts.items():
            outcomes[number].add(verdict.outcome)
            told[number] = verdict.summary if verdict.outcome == "refuted" else told[number]
        missed.update((_line(each, analysed.findings), None) for each in result.own if each.code in _ON)
    certain = [number for number, each in enumerate(analysed.findings) if each.confidence is Confidence.CERTAIN]
    refuted = [number for number in certain if "refuted" in outcomes[number] and not outcomes[number] & _SHOWN]
    return Judged(
        certain=len(certain), confirmed=sum("confirmed" in outcomes[number] for number in certain),
        refuted=tuple(_told(analysed.findings[number]) + f" | {told[number]}" for number in refuted),
        missed=tuple(missed), problems=tuple(problems),
    )  # fmt: skip


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
