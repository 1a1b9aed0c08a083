"""Files are written whole or not at all, and stay what they were otherwise."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from freezelint.fix.writing import Changed, write_whole

OLD, NEW = b"old\n", b"new\n"


def test_the_mode_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    for mode in (0o755, 0o640, 0o600):
        file.write_bytes(OLD)
        file.chmod(mode)
        write_whole(str(file), NEW, expected=OLD)
        assert file.read_bytes() == NEW
        assert stat.S_IMODE(file.stat().st_mode) == mode
    assert os.listdir(tmp_path) == ["a.py"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    file, link = tmp_path / "real" / "a.py", tmp_path / "b.py"
    file.write_bytes(OLD)
    link.symlink_to(file)
    write_whole(str(link), NEW, expected=OLD)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_what_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"edited\n")
    with pytest.raises(Changed):
        write_whole(str(file), NEW, expected=OLD)
    assert file.read_bytes() == b"edited\n"


def test_a_folder_that_takes_no_files_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(OLD)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        write_whole(str(file), NEW, expected=OLD)
    assert file.read_bytes() == OLD
    assert os.listdir(tmp_path) == ["a.py"]


WRITER = """
import sys
from freezelint.fix.writing import write_whole
path, size = sys.argv[1], int(sys.argv[2])
old, new = b"a" * size, b"b" * size
print("ready", flush=True)
while True:
    write_whole(path, new, expected=old)
    old, new = new, old
"""


def test_a_killed_process_leaves_a_whole_file(tmp_path: Path) -> None:
    file, size = tmp_path / "a.py", 300_000
    chance = random.Random(0)
    for _ in range(12):
        file.write_bytes(b"a" * size)
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(file), str(size)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert file.read_bytes() in (b"a" * size, b"b" * size)
