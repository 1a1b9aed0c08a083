"""Generated training programs, analysed and run: both witnesses must tell the same of each.

A few hundred programs by default, thousands with `-m witness`; `python -m tests.soundness.explore` counts.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from tests.soundness.comparing import Tally, disagreements
from tests.soundness.gaps import GAPS, Gap, excuse
from tests.soundness.generating import programs
from tests.soundness.judging import judged
from tests.soundness.printing import source
from tests.soundness.syntax import Program


def check_states(program: Program, tally: Tally | None = None) -> None:
    """At each statement, the flags, modes and memberships of the run lie inside those of the analysis, and the
    recorder knows them exactly."""
    text = source(program, looks=True)
    wrong = disagreements(program, text, tally)
    assert not wrong or excuse(program, "states"), "\n".join([text, f"options: {program.options}", *wrong])


def check_findings(program: Program) -> None:
    """No certain finding is refuted, and no mistake that the run shows is missed."""
    found = judged(program)
    missed = () if excuse(program, "missed") else found.missed
    wrong = [*(f"refuted: {each}" for each in found.refuted), *(f"missed: {each}" for each in missed), *found.problems]
    assert not wrong, "\n".join([source(program, looks=False), f"options: {program.options}", *wrong])


def tried(check: Callable[[Program], None], number: int, seed: int | None = None) -> None:
    """Check so many programs: always the same ones, or those of a seed."""
    told = settings(  # a program is readable as it is, and to shrink it takes minutes
        max_examples=number, deadline=None, database=None, derandomize=seed is None, print_blob=False,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    @told
    @given(programs())
    def run(program: Program) -> None:
        check(program)

    (run if seed is None else seeded(seed)(run))()


def test_states_of_some_programs() -> None:
    tally = Tally()
    tried(lambda program: check_states(program, tally), 250)
    # An analysis that knows nothing is never wrong.
    assert tally.open < 0.05 * tally.known, tally


def test_findings_of_some_programs() -> None:
    tried(check_findings, 100)


@pytest.mark.witness
@pytest.mark.parametrize("seed", range(10))
def test_states_of_many_programs(seed: int) -> None:
    tried(check_states, 500, seed)


@pytest.mark.witness
@pytest.mark.parametrize("seed", range(10))
def test_findings_of_many_programs(seed: int) -> None:
    tried(check_findings, 200, seed)


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap.name)
def test_a_known_gap_is_one(gap: Gap) -> None:
    assert gap.excuses(gap.example)
    if gap.about == "states":
        assert disagreements(gap.example, source(gap.example, looks=True)), "it is mended: take the gap out"
    else:
        assert judged(gap.example).missed, "it is mended: take the gap out"
