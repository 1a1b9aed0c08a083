"""Whenever `--fix` is killed, each file is whole: as it was, or as it should become."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.py"))}


def fixing(folder: Path) -> subprocess.Popen[bytes]:
    paths = [str(ROOT), str(ROOT / "rules"), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-m", "freezelint", "--isolated", "--fix", "--unsafe-fixes", "-q", "."], cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )  # fmt: skip


def package(folder: Path) -> Path:
    """The examples of the rules, some of them several times over: many files to fix."""
    for number in range(2):
        for path in sorted((ROOT / "rules" / "freezelint_rules").glob("*/bad.py")):
            copy = folder / f"part{number}" / f"{path.parent.name}.py"
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return folder


def killed(folder: Path, before: dict[str, bytes], pause: float) -> bool:
    """Start fixing, and kill it so long after the first file has changed; whether it was killed."""
    process = fixing(folder)
    size = len(before)
    while process.poll() is None:
        changed = sum((folder / name).read_bytes() != data for name, data in before.items())
        if 0 < changed < size:
            time.sleep(pause)
            break
    process.kill()
    return process.wait() < 0


def test_every_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    original = package(tmp_path / "original")
    old = contents(original)
    shutil.copytree(original, tmp_path / "fixed")
    fixing(tmp_path / "fixed").wait()
    new = contents(tmp_path / "fixed")
    assert sum(old[name] != new[name] for name in old) > 30
    dice = random.Random(0)
    between = 0
    for attempt in range(3):
        folder = shutil.copytree(original, tmp_path / f"killed{attempt}")
        hit = killed(folder, old, dice.random() * 0.05)
        after = contents(folder)
        assert after.keys() == old.keys()
        assert not [name for name in after if after[name] not in (old[name], new[name])]
        between += hit and old != after != new
    if not between:
        pytest.skip("the writing was done each time before it could be killed")
