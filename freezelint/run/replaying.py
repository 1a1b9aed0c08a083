"""The entry of a process that replays files on a real model: the analysis tells what to do, the runtime does it.

The two meet here alone. `python -m freezelint.run.replaying PLAN` is what `confirm --model` starts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import msgspec

from freezelint.analysis.entries import Entries
from freezelint.analysis.project import Project
from freezelint.core.timeline import Timeline
from freezelint.registry import load_rules
from freezelint.runtime.plan import Plan
from freezelint.runtime.process import read_plan
from freezelint.runtime.running import run
from freezelint.runtime.session import Session
from freezelint.source.files import read_source


def timelines(plan: Plan) -> Iterable[Timeline]:
    """The entry points of the plan's files in which something stands that a finding is in."""
    wanted = {finding.span.path for finding in plan.findings}
    files = [
        msgspec.structs.replace(read_source(path), path=shown)
        for path, shown in plan.names.items() if path.endswith(".py")
    ]  # fmt: skip
    project = Project(files, [os.getcwd(), *(os.path.dirname(path) for path in plan.names)])
    for timeline in Entries(project).timelines():
        if any(event.span.path in wanted for event in timeline.events):
            yield timeline


def main() -> int:
    """Replay what the plan says: the name of its file is the only argument."""
    plan = read_plan(sys.argv[1])
    session = Session(plan, load_rules)
    session.timelines = lambda: timelines(plan)
    session.start()
    try:
        return run(session)
    finally:
        session.flush()


if __name__ == "__main__":
    sys.exit(main())
