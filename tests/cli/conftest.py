"""What the tests of the command line share: a folder of their own, and a way to run the command as users do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Result: TypeAlias = "subprocess.CompletedProcess[str]"
Run = Callable[..., Result]

BAD = "from torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad = False\n"
GOOD = "from torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad_(False)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a mistake in one of two files."""
    (tmp_path / "bad.py").write_text(BAD)
    (tmp_path / "good.py").write_text(GOOD)
    return tmp_path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run freezelint in the test's folder; environment variables are given as `env`."""

    def run(*arguments: str, cwd: Path = tmp_path, env: dict[str, str] | None = None) -> Result:
        unset = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "FREEZELINT_TRACEBACK"}
        variables = {name: value for name, value in os.environ.items() if name not in unset}
        variables |= env or {}
        return subprocess.run(
            [sys.executable, "-m", "freezelint", *arguments],
            cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run
