"""`--diff-base REV`: what a change adds, as git sees it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from freezelint.run.changes import changed_lines
from tests.cli.conftest import BAD, GOOD, Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

MORE = BAD + "other = nn.Linear(3, 3)\nother.requires_grad = False\n"


def git(folder: Path, *arguments: str) -> str:
    names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = os.environ | names | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    result = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(project: Path) -> Path:
    """The project as a repository with one commit."""
    git(project, "init", "-q", "-b", "main")
    commit(project)
    return project


def places(run: Run, *arguments: str, cwd: Path | None = None) -> list[str]:
    options = {} if cwd is None else {"cwd": cwd}
    result = run("--output-format", "concise", *arguments, **options)
    assert result.stderr == ""
    return [line.partition(": ")[0] for line in result.stdout.splitlines()]


def test_only_what_the_change_adds(repository: Path, run: Run) -> None:
    assert places(run) == ["bad.py:4:1"]
    assert places(run, "--diff-base", "HEAD") == []
    (repository / "bad.py").write_text(MORE)
    assert places(run, "--diff-base", "HEAD") == ["bad.py:6:1"]
    (repository / "bad.py").write_text("import os\n" + BAD)
    assert places(run, "--diff-base", "HEAD") == []
    (repository / "bad.py").write_text(BAD.replace("False", "False  # now"))
    assert places(run, "--diff-base", "HEAD") == ["bad.py:4:1"]


def test_committed_staged_and_untracked_changes_count(repository: Path, run: Run) -> None:
    (repository / "good.py").write_text(BAD)
    commit(repository)
    (repository / "staged.py").write_text(BAD)
    git(repository, "add", "staged.py")
    (repository / "sub").mkdir()
    (repository / "sub" / "new ä\t.py").write_text(BAD)
    everything = ["good.py:4:1", "staged.py:4:1", "sub/new ä\\t.py:4:1"]
    assert places(run, "--diff-base", "HEAD~1") == everything
    assert places(run, "--diff-base", "HEAD") == everything[1:]
    assert places(run, "--diff-base", "HEAD", cwd=repository / "sub") == ["new ä\\t.py:4:1"]
    commit(repository)
    assert places(run, "--diff-base", "HEAD~2") == everything


def test_a_renamed_file_adds_only_what_is_new_in_it(repository: Path, run: Run) -> None:
    git(repository, "mv", "bad.py", "renamed.py")
    assert places(run, "--diff-base", "HEAD") == []
    (repository / "renamed.py").write_text(MORE)
    assert places(run, "--diff-base", "HEAD") == ["renamed.py:6:1"]
    commit(repository)
    assert places(run, "--diff-base", "HEAD~1") == ["renamed.py:6:1"]


def test_a_note_on_a_changed_line_counts(repository: Path, run: Run) -> None:
    program = (
        "import torch\nfrom torchvision.models import resnet18\n\nmodel = resnet18()\nmodel.requires_grad_(False)\n"
        "model.fc = torch.nn.Linear(512, 2)\noptimizer = torch.optim.SGD(model.fc.parameters(), lr=0.1)\n"
        "for _ in range(3):\n    model.{}()\n    optimizer.zero_grad()\n"
        "    model(torch.zeros(2, 3, 8, 8)).sum().backward()\n    optimizer.step()\n"
    )
    (repository / "bad.py").write_text(program.format("eval"))
    commit(repository)
    assert places(run, "bad.py") == []
    (repository / "bad.py").write_text(program.format("train"))
    assert places(run, "bad.py", "--diff-base", "HEAD") == places(run, "bad.py") == ["bad.py:5:1"]
    (repository / "good.py").write_text("\n" + GOOD)
    commit(repository)
    (repository / "good.py").write_text(GOOD)
    assert places(run, "bad.py", "--diff-base", "HEAD") == []


def test_what_others_did_meanwhile_is_no_part_of_the_change(repository: Path, run: Run) -> None:
    git(repository, "checkout", "-qb", "mine")
    (repository / "mine.py").write_text(BAD)
    commit(repository)
    git(repository, "checkout", "-q", "main")
    (repository / "bad.py").write_text(BAD.replace("False", "True"))
    commit(repository)
    git(repository, "checkout", "-q", "mine")
    assert places(run, "--diff-base", "main") == ["mine.py:4:1"]


def test_the_users_settings_of_git_do_not_matter(repository: Path, run: Run) -> None:
    for key, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.diff": "always", "diff.external": "false",
        "diff.context": "9", "diff.renames": "false", "diff.relative": "true", "core.quotePath": "false",
    }.items():  # fmt: skip
        git(repository, "config", key, value)
    (repository / "bad.py").write_text(MORE)
    assert places(run, "--diff-base", "HEAD") == ["bad.py:6:1"]


@pytest.mark.parametrize("revision", ["nowhere", "", "-n1", "--output=x", "HEAD:bad.py", "HEAD~9"])
def test_an_unknown_revision(repository: Path, run: Run, revision: str) -> None:
    result = run(f"--diff-base={revision}")
    assert result.returncode == 2
    assert f"--diff-base: git knows no revision `{revision}`" in result.stderr
    assert not (repository / "x").exists()
    assert result.stdout == ""


def test_outside_of_a_repository(project: Path, run: Run) -> None:
    # Folders above the temporary one are not looked into.
    result = run("--diff-base", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(project.parent)})
    assert result.returncode == 2
    assert "is not in a git repository" in result.stderr


def test_without_git(project: Path, run: Run) -> None:
    result = run("--diff-base", "HEAD", env={"PATH": str(project)})
    assert result.returncode == 2
    assert "--diff-base: git cannot be run: no such file or directory" in result.stderr


def test_a_line_that_looks_like_a_header_is_none() -> None:
    diff = (
        "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n--- b/x.py\n-@@ -1 +1 @@\n+++ b/y.py\n+x\n"
        "\\ No newline at end of file\n@@ -9 +9,0 @@\n-gone\n@@ -20,0 +20 @@ def f\n+new\n"
        "diff --git a/gone.py b/gone.py\n--- a/gone.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
        'diff --git "a/q" "b/q"\n--- "a/q"\n+++ "b/\\303\\244 \\"q\\".py"\n@@ -0,0 +1,3 @@\n+a\n+b\n+c\n'
    )
    assert changed_lines(diff) == {"a.py": ((1, 2), (20, 20)), 'ä "q".py': ((1, 3),)}
