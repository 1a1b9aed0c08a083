"""The entry of a watched process: reads its plan, runs the target, leaves its results."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import msgspec

from freezelint.core.rules import Rule
from freezelint.runtime.plan import Plan
from freezelint.runtime.session import Session

PLAN = "FREEZELINT_PLAN"
"""The environment variable that names the file of the plan, for this process and those it starts."""
_SITE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site")


def read_plan(path: str) -> Plan:
    """The plan of a file."""
    with open(path, "rb") as stream:
        return msgspec.json.decode(stream.read(), type=Plan)


def main() -> int:
    """Run what the plan says. The name of its file is the only argument."""
    from freezelint.runtime.running import run

    path = sys.argv[1]
    session = Session(read_plan(path), _rules)
    # `python -m` has put the current folder there; each kind of target puts what Python would.
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]
    os.environ[PLAN] = path
    os.environ["PYTHONPATH"] = os.pathsep.join(each for each in (_SITE, os.environ.get("PYTHONPATH", "")) if each)
    session.start()
    try:
        return run(session)
    finally:
        session.flush()


def in_started_process() -> None:
    """Watch a process that a watched one has started (see `site/sitecustomize.py`)."""
    import atexit

    path = os.environ.get(PLAN)
    if path is None or not os.path.isfile(path):
        return
    session = Session(read_plan(path), _rules, rank=1 + int(os.environ.get("RANK", "0") or 0))
    session.start()
    atexit.register(session.flush)


def _rules() -> Sequence[Rule]:
    from freezelint.registry import load_rules

    return load_rules()


if __name__ == "__main__":
    sys.exit(main())
