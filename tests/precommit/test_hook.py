"""The pre-commit hook, run by the real pre-commit on a real repository, in an environment without torch."""

from __future__ import annotations

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


def test_a_mistake_is_not_committed_and_clean_code_is(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    shell = Shell(tmp_path / "home")
    source, project = tmp_path / "source", tmp_path / "project"
    source.mkdir()
    project.mkdir()
    revision = hook_source(shell, source)
    shell("git", "init", "--quiet", cwd=project)
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {source}\n  rev: {revision}\n  hooks:\n  - id: freezelint\n"
    )
    shell(sys.executable, "-m", "pre_commit", "install", "--install-hooks", cwd=project)

    (project / "train.py").write_text(BAD)
    (project / "notes.txt").write_text("model.requires_grad = False\n")
    shell("git", "add", "--all", cwd=project)
    blocked = shell("git", "commit", "--message", "freeze", cwd=project, may_fail=True)
    assert blocked.returncode != 0
    assert "train.py:4:1: FRZ101 requires-grad-on-module" in blocked.stdout + blocked.stderr
    assert "notes.txt" not in blocked.stdout + blocked.stderr
    assert shell("git", "rev-parse", "--verify", "HEAD", cwd=project, may_fail=True).returncode != 0

    (project / "train.py").write_text(GOOD)
    shell("git", "add", "--all", cwd=project)
    shell("git", "commit", "--message", "freeze", cwd=project)
    assert shell("git", "status", "--porcelain", cwd=project).stdout == ""

    (python,) = (tmp_path / "home" / "pre-commit").glob("repo*/py_env-*/bin/python")
    import_torch = shell(str(python), "-c", "import torch", cwd=tmp_path, may_fail=True)
    assert "No module named 'torch'" in import_torch.stderr
