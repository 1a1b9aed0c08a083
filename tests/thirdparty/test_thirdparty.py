"""A package of somebody else's rules is installed for real, and works like the rules that come with freezelint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGE = Path(__file__).with_name("package")
ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package was installed into by pip, built from its pyproject.toml."""
    source = tmp_path_factory.mktemp("source") / "package"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path_factory.mktemp("installed")
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"),
        *("--target", str(target), str(source)),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return target


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Runs a module of Python where the package is installed."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join((str(installed), str(ROOT), str(ROOT / "rules")))
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_its_rules_are_listed_and_their_pages_shown(run: Run) -> None:
    listed = json.loads(run("freezelint", "rules", "--output-format", "json").stdout)
    (rule,) = (each for each in listed if each["code"] == "ACM101")
    assert (rule["name"], rule["severity"]) == ("frozen-head", "warning")
    assert len(listed) > 40
    assert "Reports a `head` that is frozen." in run("freezelint", "rule", "ACM101").stdout


def test_its_findings_are_reported_and_may_be_chosen_and_silenced(run: Run, tmp_path: Path) -> None:
    program = (PACKAGE / "freezelint_acme" / "acm101_frozen_head" / "bad.py").read_text()
    (tmp_path / "train.py").write_text(program)
    result = run("freezelint", "--output-format", "concise", "train.py")
    assert result.returncode == 1
    assert "train.py:16:1: ACM101 frozen-head `net.head` is frozen, which Acme never does" in result.stdout
    assert run("freezelint", "--ignore", "ACM", "train.py").returncode == 0
    (tmp_path / "train.py").write_text(program.replace("# expect: ACM101", "# freezelint: ignore[ACM101]"))
    assert run("freezelint", "train.py").returncode == 0


def test_its_author_has_the_runner_of_the_built_in_rules(run: Run) -> None:
    result = run("pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(PACKAGE / "acme_examples.py"))
    assert result.returncode == 0, result.stdout
    assert "2 passed" in result.stdout
