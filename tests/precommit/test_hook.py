"""The pre-commit hook, run by the real pre-commit on a real repository, in an environment without torch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.index,
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="the hook's source is a git checkout"),
]

BAD = "from torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad = False\n"
UNSAFE = "from torch import nn\n\nfreeze = True\nmodel = nn.Linear(2, 2)\nmodel.requires_grad_(freeze)\n"
GOOD = BAD.replace(".requires_grad = False", ".requires_grad_(False)")


class Shell:
    """Runs commands as a user would who has only git, pre-commit, and nothing of these tests."""

    def __init__(self, home: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "PRE_"))}
        scripts = os.path.dirname(sys.executable)
        self.environment = kept | {
            "PATH": scripts + os.pathsep + kept.get("PATH", ""),
            "HOME": str(home),
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        }  # fmt: skip

    def __call__(self, *command: str, cwd: Path, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            command, cwd=cwd, env=self.environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert may_fail or result.returncode == 0, result.stdout + result.stderr
        return result


def hook_source(shell: Shell, folder: Path) -> str:
    """A repository with the files of this checkout as they are now; returns its only commit."""
    listed = shell("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    shell("git", "init", "--quiet", cwd=folder)
    shell("git", "add", "--all", cwd=folder)
    shell("git", "commit", "--quiet", "--message", "as it is", cwd=folder)
    return shell("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


class Workshop:
    """The source of the hooks, and a home in which pre-commit installs them once."""

    def __init__(self, folder: Path) -> None:
        self.home, self.source = folder / "home", folder / "source"
        self.home.mkdir()
        self.source.mkdir()
        self.shell = Shell(self.home)
        self.revision = hook_source(self.shell, self.source)

    def project(self, folder: Path, hook: str) -> Path:
        """A repository that has one of the hooks."""
        folder.mkdir()
        self.shell("git", "init", "--quiet", cwd=folder)
        (folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {self.source}\n  rev: {self.revision}\n  hooks:\n  - id: {hook}\n"
        )
        self.shell(sys.executable, "-m", "pre_commit", "install", "--install-hooks", cwd=folder)
        return folder

    def commit(self, folder: Path, *, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
        """Commit all that is in the folder."""
        self.shell("git", "add", "--all", cwd=folder)
        return self.shell("git", "commit", "--message", "freeze", cwd=folder, may_fail=may_fail)

    def has_commit(self, folder: Path) -> bool:
        return self.shell("git", "rev-parse", "--verify", "HEAD", cwd=folder, may_fail=True).returncode == 0


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


def test_a_mistake_is_not_committed_and_clean_code_is(workshop: Workshop, tmp_path: Path) -> None:
    project = workshop.project(tmp_path / "project", "freezelint")
    (project / "train.py").write_text(BAD)
    (project / "notes.txt").write_text("model.requires_grad = False\n")
    blocked = workshop.commit(project, may_fail=True)
    assert blocked.returncode != 0
    assert "train.py:4:1: FRZ101 requires-grad-on-module" in blocked.stdout + blocked.stderr
    assert "notes.txt" not in blocked.stdout + blocked.stderr
    assert not workshop.has_commit(project)
    assert (project / "train.py").read_text() == BAD

    (project / "train.py").write_text(GOOD)
    workshop.commit(project)
    assert workshop.shell("git", "status", "--porcelain", cwd=project).stdout == ""

    (python,) = (workshop.home / "pre-commit").glob("repo*/py_env-*/bin/python")
    import_torch = workshop.shell(str(python), "-c", "import torch", cwd=tmp_path, may_fail=True)
    assert "No module named 'torch'" in import_torch.stderr


def test_the_fix_hook_mends_what_is_safe_and_lets_the_rest_be_seen(workshop: Workshop, tmp_path: Path) -> None:
    project = workshop.project(tmp_path / "project", "freezelint-fix")
    frozen = BAD.replace("\nmodel =", "\nmodel: nn.Linear =")
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [],
            "source": BAD.splitlines(keepends=True)}  # fmt: skip
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (project / "train.py").write_text(BAD)
    (project / "other.py").write_text(frozen)
    (project / "notes.txt").write_text("model.requires_grad = False\n")
    (project / "work.ipynb").write_text(json.dumps(notebook, indent=1))
    stopped = workshop.commit(project, may_fail=True)
    assert stopped.returncode != 0 and "files were modified by this hook" in stopped.stdout + stopped.stderr
    assert not workshop.has_commit(project)
    # Mended in the working tree, for the user to look at; in the index stands what was to be committed.
    assert (project / "train.py").read_text() == GOOD
    assert (project / "other.py").read_text() == frozen.replace(".requires_grad = False", ".requires_grad_(False)")
    assert json.loads((project / "work.ipynb").read_text())["cells"][0]["source"][-1] == "model.requires_grad_(False)\n"
    assert (project / "notes.txt").read_text() == "model.requires_grad = False\n"
    assert workshop.shell("git", "show", ":train.py", cwd=project).stdout == BAD

    workshop.commit(project)
    assert workshop.has_commit(project)
    assert workshop.shell("git", "status", "--porcelain", cwd=project).stdout == ""

    # What cannot be mended safely is reported, and left.
    (project / "more.py").write_text(UNSAFE)
    stopped = workshop.commit(project, may_fail=True)
    assert stopped.returncode != 0 and "FRZ117" in stopped.stdout + stopped.stderr
    assert (project / "more.py").read_text() == UNSAFE
