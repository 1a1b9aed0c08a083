"""Checking code runs none of it, reads nothing outside it, and writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TRAINING = """
import torch
from torch import nn

import conftest
import helper
from pkg import build
from pkg.deep import *
from . import sibling
from ..outside import secret
from helper import freeze

model = build()
freeze(model)
model.head.requires_grad = True
for batch in helper.batches():
    model(batch).sum().backward()
"""
HELPER = """
import os
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(2, 2)

def freeze(model):
    model.requires_grad_(False)

def build():
    return Net()
"""
# What freezelint and Python import themselves, and what tools import of a project.
NAMES = (
    "click", "msgspec", "libcst", "rich", "pathspec", "json", "tomllib", "html", "importlib", "runpy", "ast",
    "freezelint", "freezelint_rules", "encodings", "sitecustomize", "usercustomize", "setup", "plugin", "evil", "rules",
    "antigravity", "logging", "xml", "platform",
)  # fmt: skip
PYPROJECT = """
[build-system]
requires = []
build-backend = "plugin"
backend-path = ["."]

[project]
name = "evil"
version = "1"

[project.entry-points."freezelint.rules"]
evil = "evil"

[tool.pytest.ini_options]
addopts = "-p plugin"

[tool.mypy]
plugins = ["plugin.py"]

[tool.freezelint]
select = ["FRZ"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which every module leaves a mark when it is run."""
    folder = tmp_path / "work" / "project"
    (folder / "pkg" / "deep").mkdir(parents=True)
    trap = f"open({str(tmp_path / 'sprung')!r}, 'a').write(__file__)\n"
    texts = {
        "train.py": TRAINING, "helper.py": HELPER, "pkg/__init__.py": HELPER, "pkg/deep/__init__.py": HELPER,
        "conftest.py": HELPER, "sibling.py": HELPER, "test_train.py": TRAINING,
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(trap + text, encoding="utf-8")
    for name in NAMES:
        (folder / f"{name}.py").write_text(trap, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    metadata = folder / "evil.egg-info"
    metadata.mkdir()
    (metadata / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[freezelint.rules]\nevil = evil\n", encoding="utf-8")
    (folder / "evil.pth").write_text("import evil\n", encoding="utf-8")
    (tmp_path / "work" / "outside.py").write_text(trap, encoding="utf-8")
    (tmp_path / "work" / "neighbour.py").write_text(trap + TRAINING, encoding="utf-8")
    return folder


BY_PYTHON = ("freezelint", "importlib", "runpy")
"""What `python -m freezelint` itself takes from the current folder, before any code of ours runs."""
COMMAND = "from freezelint.cli.main import main\n\nmain()\n"
"""What installers write as the `freezelint` command."""
ARGUMENTS = [["."], ["train.py"], ["--select", "FRZ", "--possible", "."], ["rules"]]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def started(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    roots = [str(HERE.parents[1]), str(HERE.parents[1] / "rules"), *paths]
    return subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(roots), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_the_command_runs_nothing_of_the_project(project: Path, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "freezelint"
    command.write_text(COMMAND, encoding="utf-8")
    runs_nothing(project, [str(command)], arguments)


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_the_module_runs_nothing_of_the_project(project: Path, arguments: list[str]) -> None:
    for name in BY_PYTHON:
        (project / f"{name}.py").unlink()
    runs_nothing(project, ["-m", "freezelint"], arguments)


def runs_nothing(project: Path, command: list[str], arguments: list[str]) -> None:
    before = contents(project.parent)
    result = started(project, *command, *arguments)
    assert not (project.parents[1] / "sprung").exists(), (project.parents[1] / "sprung").read_text()
    assert "internal error" not in result.stderr
    assert result.returncode == (0 if arguments == ["rules"] else 1), result.stderr
    assert contents(project.parent) == before


@pytest.mark.parametrize(
    "arguments", [["."], ["train.py"], [".", "--output-format", "sarif"], [".", "--diff"]], ids=" ".join
)
def test_what_the_check_opens_imports_and_starts(project: Path, arguments: list[str]) -> None:
    result = started(project, str(HERE / "watched.py"), "check", *arguments)
    told: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    assert told["code"] == 1, result.stderr
    by_kind: dict[str, set[str]] = {}
    for kind, what in told["events"]:
        by_kind.setdefault(kind, set()).add(what)
    ours = str(project.parents[1])
    assert not by_kind.get("write", set()) - {os.devnull}
    assert not by_kind.get("change")
    assert not by_kind.get("start")
    assert not {code for code in by_kind.get("exec", ()) if code.startswith(ours)}
    assert not {"torch", "torchvision", "helper", "conftest", "evil", "plugin"} & by_kind.get("import", set())
    read = {path for path in by_kind.get("read", ()) if path.startswith(ours)}
    assert str(project / "train.py") in read
    # `from ..outside import secret` of train.py leads above the project; settings and .gitignore are looked for there.
    outside = {Path(path).name for path in read if not path.startswith(str(project))}
    assert outside <= {"outside.py", "pyproject.toml", "freezelint.toml", ".gitignore"}
    assert not any(path.endswith((".pth", "PKG-INFO", "entry_points.txt")) for path in read)
