"""Counts what the witnesses say of many programs: `python -m tests.soundness.explore [PROGRAMS] [SEED]`."""

from __future__ import annotations

import sys
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.soundness.comparing import Tally, disagreements
from tests.soundness.gaps import GAPS, excuse
from tests.soundness.generating import programs
from tests.soundness.judging import judged
from tests.soundness.printing import source
from tests.soundness.syntax import Program


def explore(number: int, first: int) -> None:
    """Try so many programs of a seed and print the numbers, with each program about which they disagree."""
    tally, counts, gaps = Tally(), Counter[str](), Counter[str]()

    def note(program: Program, about: str, text: str, wrong: list[str]) -> None:
        gap = excuse(program, about)
        if gap is not None and wrong:
            gaps[gap.name] += 1
        elif wrong:
            counts[f"{about} disagree"] += 1
            print(text, f"options: {program.options}", *wrong, sep="\n", flush=True)

    @seed(first)
    @settings(
        max_examples=number, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(programs())
    def run(program: Program) -> None:
        counts["programs"] += 1
        text = source(program, looks=True)
        note(program, "states", text, disagreements(program, text, tally))
        found = judged(program)
        counts.update({"certain findings": found.certain, "confirmed": found.confirmed, "refuted": len(found.refuted)})
        counts["missed"] += len(found.missed)
        text = source(program, looks=False)
        note(program, "missed", text, list(found.missed))
        note(program, "findings", text, [*found.refuted, *found.problems])

    run()
    print(dict(counts))
    share = tally.known / max(1, tally.known + tally.open)
    print(f"{tally.known + tally.open} questions about states, {share:.1%} of them answered")
    for gap in GAPS:
        print(f"{gaps[gap.name]:5} programs: {gap.name}")


if __name__ == "__main__":
    explore(*(int(each) for each in [*sys.argv[1:], *("500", "0")[len(sys.argv) - 1 :]]))
