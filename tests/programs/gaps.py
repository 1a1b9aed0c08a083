"""Rewrites known_gaps.toml from what freezelint finds today: `python tests/programs/gaps.py`.

Programs that are right now leave the list and the reasons of the others stay; a program that is new on it gets what is
wrong for a reason, to be replaced by why.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(_ROOT), str(_ROOT / "rules")]

from tests.programs.programs import GAPS, fault, known_gaps, programs  # noqa: E402  (after the path)

HEAD = """\
# Programs that freezelint gets wrong today, and why. A program on this list that is right fails the test: take it off.
# `python tests/programs/gaps.py` brings the list up to date.

"""


def rewritten() -> str:
    """The text of the list as it should be."""
    reasons = known_gaps()
    wrong = {program.name: fault(program) for program in programs()}
    # JSON's strings are TOML's as well.
    lines = [f"{json.dumps(name)} = {json.dumps(reasons.get(name, text))}\n" for name, text in wrong.items() if text]
    return HEAD + "".join(lines)


if __name__ == "__main__":
    GAPS.write_text(rewritten(), encoding="utf-8")
