"""Plants mistakes into correct programs and prints how many are found, by kind of mistake.

From the root of the repository: `python -m tests.mutations.run [--each N] [--no-run] [--missed]`, see README.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from freezelint.config import Settings
from freezelint.run.selection import chosen_rules
from freezelint_rules import RULES
from tests.mutations.hosts import hosts
from tests.mutations.judging import chosen, found_in, judged, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 where a host, untouched, is reported on by a rule that is on by default."""
    parser = argparse.ArgumentParser(description="Plant mistakes into correct programs and count those found.")
    parser.add_argument("--each", type=int, default=25, help="plants of each kind of mistake (%(default)s)")
    parser.add_argument("--no-run", action="store_true", help="take each plant for a real mistake: needs no torch")
    parser.add_argument("--missed", action="store_true", help="list the real mistakes that are not found")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    programs = hosts()
    planted = chosen(programs, options.each, options.seed)
    verdicts = list(judged(programs, planted, run=not options.no_run))
    used = {each.plant.host for each in verdicts}
    print(f"{len(verdicts)} plants in {len(used)} programs\n")
    print("\n".join(table(verdicts)))
    for each in verdicts if options.missed else ():
        if each.real is not False and not each.hit:
            told = ", ".join(sorted(each.found)) or "nothing"
            print(f"missed: {each.plant.host}:{each.plant.line}: {each.plant.kind}; {told} is told")
    usual = chosen_rules(RULES, Settings(root=""))  # as they judge where nobody selects anything
    alarms = {name: found_in(programs[name], usual) for name in sorted(used)}
    wrong = {name: codes for name, codes in alarms.items() if codes}
    print(f"\nfalse alarms in the untouched programs: {len(wrong)}")
    for name, codes in wrong.items():
        print(f"  {name}: {', '.join(sorted(codes))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
