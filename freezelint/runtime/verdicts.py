"""Verdicts: a finding's claim against what was measured of the objects that the finding is about."""

from __future__ import annotations

import msgspec

from freezelint.core.findings import Finding, Verdict
from freezelint.runtime.bindings import Seen
from freezelint.runtime.judges import freezes, layers, parameters, statements
from freezelint.runtime.judges.base import Judges, Run

_JUDGES: Judges = {**statements.JUDGES, **parameters.JUDGES, **freezes.JUDGES, **layers.JUDGES}


class Judge(Run):
    """Gives verdicts from one recording."""

    def verdict(self, finding: Finding, seen: Seen | None, *, agrees: bool = False) -> Verdict:
        """The verdict on a finding; `seen` is None for one that was made from the recording. `agrees` where its rule
        finds the same there."""
        bound = self.bound(finding, seen)
        if bound is None:
            return self.says("not-reached", "its line was not reached", {})
        claim = finding.claim
        if claim is None:
            return self.undecided("the rule makes no claim that a run could measure")
        found = _JUDGES[type(claim)](self, claim, bound)
        if found.outcome == "undecided" and agrees and self.measures.steps:
            return msgspec.structs.replace(
                found, outcome="confirmed", summary=f"the flags, modes and steps of the run show it: {finding.message}"
            )
        return found
