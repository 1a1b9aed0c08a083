"""Confirms programs quickly: each runs in a fork of this process, in which torch is imported already."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from freezelint.core.environment import Environment
from freezelint.core.findings import Finding
from freezelint.core.rules import Rule
from freezelint.run import names_seen
from freezelint.runtime import merging
from freezelint.runtime.plan import Plan, Result, Target
from freezelint.source.files import read_source
from freezelint.testing import check_program, program_files
from freezelint_rules import RULES


def confirm_program(
    path: Path, rules: Sequence[Rule] = RULES, *, steps: int = 60, timeout: float = 60.0
) -> tuple[list[Finding], Result]:
    """The findings of a program (a file, or a folder with `main.py`) with their verdicts, and what the run said."""
    findings = check_program(path, rules)
    main = path / "main.py" if path.is_dir() else path
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(
            target=Target("script", str(main)), codes=tuple(rule.code for rule in rules), findings=findings,
            names={str(file.absolute()): file.as_posix() for file in program_files(path)}, folder=folder, steps=steps,
        )  # fmt: skip
        output = run_forked(plan, rules, timeout=timeout)
        results = [
            msgspec.json.decode((Path(folder) / name).read_bytes(), type=Result)
            for name in sorted(os.listdir(folder))
            if name.endswith(".json")
        ]
    result = merging.results(results)
    assert result is not None, output
    shown = [msgspec.structs.replace(each, verdict=result.verdicts[n]) for n, each in enumerate(findings)]
    sources = [read_source(file) for file in program_files(path)]
    named = names_seen.findings(sources, rules, result, Environment(), [str(main.parent)])
    known = {(each.code, each.span) for each in shown}
    return [*shown, *result.own, *(each for each in named if (each.code, each.span) not in known)], result


def run_forked(plan: Plan, rules: Sequence[Rule], *, timeout: float) -> str:
    """Run a plan in a fork; what it wrote to its streams."""
    import torch

    from tests.support import torchvision_shim  # noqa: F401  # programs that use torchvision run in this process

    torch.set_num_threads(1)
    _warm_up()
    sys.stdout.flush()
    sys.stderr.flush()
    with tempfile.TemporaryFile("w+") as output:
        child = os.fork()
        if child == 0:
            _child(plan, rules, output.fileno())
        begun = time.monotonic()
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            if time.monotonic() - begun > timeout:
                os.kill(child, 9)
                os.waitpid(child, 0)
                raise AssertionError(f"{plan.target.name} took more than {timeout:g} seconds")
            time.sleep(0.005)
        output.seek(0)
        return output.read()


@cache
def _warm_up() -> None:
    """What torch imports at the first step of all, which every fork would do again."""
    import torch

    layer = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    layer(torch.zeros(1, 1)).sum().backward()
    optimizer.step()


def _child(plan: Plan, rules: Sequence[Rule], output: int) -> None:
    status = 70
    leave = os._exit
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        os.chdir(os.path.dirname(os.path.abspath(plan.target.name)))
        sys.excepthook = sys.__excepthook__
        from freezelint.runtime.running import run
        from freezelint.runtime.session import Session

        session = Session(plan, lambda: rules)
        session.start()
        try:
            status = run(session)
        finally:
            session.flush()
            sys.stdout.flush()
            sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        leave(status)
