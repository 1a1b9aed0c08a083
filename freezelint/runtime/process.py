"""The entry of a watched process: reads its plan, runs the target, leaves its results."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from freezelint.core.rules import Rule
from freezelint.core.timeline import Timeline
from freezelint.runtime.plan import Plan, Target
from freezelint.runtime.session import Session

PLAN = "FREEZELINT_PLAN"
"""The environment variable that names the file of the plan, for this process and those it starts."""
_SITE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site")


def read_plan(path: str) -> Plan:
    """The plan of a file."""
    with open(path, "rb") as stream:
        return msgspec.json.decode(stream.read(), type=Plan)


def main(timelines: Callable[[Plan], Iterable[Timeline]] | None = None) -> int:
    """Run what the plan says: the name of its file is the first argument. With more arguments, they are those of a
    Python that a launcher starts (`-u script.py ...`), and this process is one of several. `timelines` tells what the
    files of a replay do."""
    from freezelint.runtime.running import run

    path, *python = sys.argv[1:]
    plan = read_plan(path)
    rank = 0
    if python:
        plan, rank = msgspec.structs.replace(plan, target=_started(python)), _rank()
    session = Session(plan, _rules, rank=rank)
    session.timelines = timelines
    # `python -m` has put the current folder there; each kind of target puts what Python would.
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]
    if not python:
        os.environ[PLAN] = path
        os.environ["PYTHONPATH"] = os.pathsep.join(each for each in (_SITE, os.environ.get("PYTHONPATH", "")) if each)
        os.environ.setdefault("PYTHON_EXEC", _launcher(plan.folder, path))
    session.start()
    try:
        return run(session)
    finally:
        session.flush()


def _started(python: Sequence[str]) -> Target:
    """What a Python with these arguments would run."""
    rest = [*python]
    while rest and rest[0] in ("-u", "-B", "-E", "-s"):
        del rest[0]
    if rest[:1] == ["-m"]:
        return Target("module", rest[1], tuple(rest[2:]))
    return Target("script", rest[0], tuple(rest[1:]))


def _launcher(folder: str, plan: str) -> str:
    """A program that stands in for Python where torchrun starts its workers (it asks PYTHON_EXEC)."""
    path = os.path.join(folder, "python")
    with open(path, "w", encoding="utf-8") as stream:
        words = shlex.join([sys.executable, "-m", "freezelint.runtime.process", plan])
        stream.write(f'#!/bin/sh\nexec {words} "$@"\n')
    os.chmod(path, 0o700)
    return path


def _rank() -> int:
    return 1 + int(os.environ.get("RANK", "0") or 0)


def in_started_process() -> None:
    """Watch a process that a watched one has started (see `site/sitecustomize.py`)."""
    import atexit

    path = os.environ.get(PLAN)
    if path is None or not os.path.isfile(path):
        return
    session = Session(read_plan(path), _rules, rank=_rank())
    session.start()
    _watch_runpy(session)
    atexit.register(session.flush)


def _watch_runpy(session: Session) -> None:
    """multiprocessing loads the main script of the process that spawned this one through runpy."""
    import runpy

    name = "_get_code_from_file"
    original = getattr(runpy, name)

    def get_code(*arguments: str) -> Any:
        path = arguments[-1]
        if not session.instrumenter.wants(path):
            return original(*arguments)
        with open(path, "rb") as stream:
            code = session.instrumenter.compile(stream.read(), path)
        return code if sys.version_info >= (3, 12) else (code, path)

    setattr(runpy, name, get_code)


def _rules() -> Sequence[Rule]:
    from freezelint.registry import load_rules

    return load_rules()


if __name__ == "__main__":
    sys.exit(main())
