"""The entry of a process that replays: the analysis tells what the files do, the run does it on a real model."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import msgspec

from freezelint.analysis.entries import Entries
from freezelint.analysis.project import Project
from freezelint.core.timeline import Timeline
from freezelint.runtime.plan import Plan
from freezelint.runtime.process import main
from freezelint.source.files import read_source


def timelines(plan: Plan) -> Iterable[Timeline]:
    """The entry points of the plan's files in which something is found."""
    wanted = {finding.span.path for finding in plan.findings}
    files = [
        msgspec.structs.replace(read_source(path), path=shown)
        for path, shown in plan.names.items() if path.endswith(".py")
    ]  # fmt: skip
    project = Project(files, [os.getcwd(), *(os.path.dirname(path) for path in plan.names)])
    for timeline in Entries(project).timelines():
        if any(event.span.path in wanted for event in timeline.events):
            yield timeline


if __name__ == "__main__":
    sys.exit(main(timelines))
