"""No text makes the check crash, hang or eat the memory: samples here, all that is installed with `-m robust`."""

from __future__ import annotations

import os
import random
import re
import shutil
import sysconfig
import threading
import time
from pathlib import Path

import pytest

from freezelint.cli.main import run
from freezelint.source.files import read_bytes
from tests.source.stdlib import stdlib_files
from tests.trust import mutants
from tests.trust.checking import Outcome, checked
from tests.trust.hostile import ENCODED, PROGRAMS

INSTALLED = Path(sysconfig.get_path("purelib"))
MISTAKE = "from torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad = False\n"


def _packages() -> list[Path]:
    return sorted(path for path in INSTALLED.iterdir() if path.is_dir() and any(path.glob("*.py")))


@pytest.mark.robust
@pytest.mark.parametrize("package", _packages(), ids=lambda path: path.name)
def test_every_installed_package(package: Path) -> None:
    assert checked([str(package)], cwd=package.parent, timeout=1800).internal == []


@pytest.mark.robust
def test_the_whole_standard_library() -> None:
    outcome = checked([sysconfig.get_path("stdlib")], cwd=Path("/"), timeout=1800)
    assert outcome.internal == []
    assert outcome.files > 500


def test_a_sample_of_the_standard_library_as_training_code(tmp_path: Path) -> None:
    """Files that mention no training are put aside unread; here each of them does."""
    for number, (_, text) in enumerate(stdlib_files(25, largest=1)):
        (tmp_path / f"module{number}.py").write_text(f"{text}\n{MISTAKE}", encoding="utf-8", newline="")
    outcome = checked(["."], cwd=tmp_path)
    assert outcome.internal == []
    flagged = {each.path for each in outcome.findings if each.code == "FRZ101"}
    assert len(flagged) > 0.9 * outcome.files > 20


@pytest.mark.parametrize("make", [mutants.of_bytes, mutants.of_trees], ids=["bytes", "trees"])
def test_mutants(tmp_path: Path, make: object) -> None:
    dice = random.Random(20)
    mutants.written(tmp_path, (make(dice) for _ in range(100)))  # type: ignore[operator]
    outcome = checked(["."], cwd=tmp_path)
    assert (outcome.files, outcome.internal) == (100, [])
    assert outcome.findings


@pytest.mark.robust
@pytest.mark.parametrize("seed", range(20))
def test_many_mutants(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    mutants.written(tmp_path, (make(dice) for _ in range(300) for make in (mutants.of_bytes, mutants.of_trees)))
    assert checked(["."], cwd=tmp_path, timeout=900).internal == []


def test_programs_of_hypothesmith(tmp_path: Path) -> None:
    hypothesmith = pytest.importorskip("hypothesmith")
    from hypothesis import HealthCheck, given, settings

    programs: list[str] = []

    @settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(hypothesmith.from_grammar())
    def collect(text: str) -> None:
        programs.append(text)

    collect()
    for number, text in enumerate(programs):
        (tmp_path / f"program{number}.py").write_text(f"{MISTAKE}{text}\nmodel.eval()\n", encoding="utf-8", newline="")
    outcome = checked(["."], cwd=tmp_path)
    assert outcome.internal == []
    assert outcome.files == len(programs) >= 20


def _file(name: str) -> str:
    return re.sub(r"\W+", "_", name) + ".py"


def _beside_a_sound_file(folder: Path, programs: dict[str, bytes]) -> Outcome:
    for name, data in programs.items():
        (folder / _file(name)).write_bytes(data)
    (folder / "sound.py").write_text(MISTAKE, encoding="utf-8")
    outcome = checked(["."], cwd=folder, timeout=300)
    assert outcome.internal == []
    assert ("FRZ101", "sound.py", 4) in {(each.code, each.path, each.line) for each in outcome.findings}
    return outcome


def test_hostile_texts(tmp_path: Path) -> None:
    outcome = _beside_a_sound_file(tmp_path, PROGRAMS)
    told = {each.path for each in outcome.problems} | {each.path for each in outcome.findings}
    assert {_file(name) for name in PROGRAMS} - told == set(), "neither the mistake is told nor why it is not"


@pytest.mark.robust
@pytest.mark.parametrize("name", PROGRAMS)
def test_hostile_text(tmp_path: Path, name: str) -> None:
    _beside_a_sound_file(tmp_path, {name: PROGRAMS[name]})


def test_odd_encodings(tmp_path: Path) -> None:
    outcome = _beside_a_sound_file(tmp_path, ENCODED)
    broken = [each.path for each in outcome.problems]
    assert len(broken) == len(set(broken))
    sound = {_file(name) for name in ENCODED} - set(broken)
    assert sound - {each.path for each in outcome.findings} == {"nothing.py", "a_mark_alone.py"}
    assert outcome.code == 2


def test_odd_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "sound.py").write_text(MISTAKE, encoding="utf-8")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "folder.py" / "inside.py").write_text(MISTAKE, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "self.py").symlink_to("self.py")
    (tmp_path / "nowhere.py").symlink_to("missing.py")
    (tmp_path / "up").symlink_to("..")
    (tmp_path / "here").symlink_to(".")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "loop").symlink_to("../second")
    (tmp_path / "second").symlink_to("first")
    (tmp_path / "again.py").symlink_to("sound.py")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.py")).write_text(MISTAKE, encoding="utf-8")
    (tmp_path / "new\nline.py").write_text(MISTAKE, encoding="utf-8")
    outcome = checked(["."], cwd=tmp_path)
    assert outcome.internal == []
    assert {"sound.py", "folder.py/inside.py"} <= {each.path for each in outcome.findings}
    assert "self.py" in {each.path for each in outcome.problems}


def test_ignore_files_that_never_end(tmp_path: Path) -> None:
    (tmp_path / "sound.py").write_text(MISTAKE, encoding="utf-8")
    (tmp_path / ".gitignore").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside.py").write_text(MISTAKE, encoding="utf-8")
    os.mkfifo(tmp_path / "folder" / ".gitignore")
    outcome = checked(["."], cwd=tmp_path, timeout=60)
    assert {each.path for each in outcome.findings} == {"sound.py", "folder/inside.py"}


def test_what_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the administrator may read everything")
    (tmp_path / "sound.py").write_text(MISTAKE, encoding="utf-8")
    for name in ("file.py", "folder"):
        path = tmp_path / name
        path.mkdir() if name == "folder" else path.write_text(MISTAKE, encoding="utf-8")
        path.chmod(0)
    try:
        outcome = checked(["."], cwd=tmp_path)
    finally:
        (tmp_path / "folder").chmod(0o700)
    assert {each.path for each in outcome.problems} == {"file.py", "folder"}
    assert {each.path for each in outcome.findings} == {"sound.py"}


def test_files_that_come_and_go(tmp_path: Path) -> None:
    """Files are written, moved and removed all the while."""
    stop = threading.Event()

    def churn() -> None:
        dice = random.Random(1)
        while not stop.is_set():
            folder = tmp_path / f"folder{dice.randrange(8)}"
            if dice.random() < 0.3:
                shutil.rmtree(folder, ignore_errors=True)
                continue
            folder.mkdir(exist_ok=True)
            (folder / f"part{dice.randrange(9)}.py").write_text(MISTAKE * dice.randrange(1, 5), encoding="utf-8")
            time.sleep(0.0005)

    (tmp_path / "sound.py").write_text(MISTAKE, encoding="utf-8")
    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(2):
            outcome = checked(["."], cwd=tmp_path)
            assert outcome.internal == []
            assert "sound.py" in {each.path for each in outcome.findings}
    finally:
        stop.set()
        thread.join()


def test_a_file_that_vanishes_between_listing_and_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from freezelint.config import Settings
    from freezelint.run.check import check

    (tmp_path / "gone.py").write_text(MISTAKE, encoding="utf-8")
    (tmp_path / "sound.py").write_text(MISTAKE, encoding="utf-8")

    def vanishing(path: str) -> bytes:
        if path.endswith("gone.py"):
            os.unlink(path)
        return read_bytes(path)

    monkeypatch.setattr("freezelint.run.check.read_bytes", vanishing)
    monkeypatch.chdir(tmp_path)
    report = check(["."], Settings(root=str(tmp_path)))
    assert [each.path for each in report.problems] == ["gone.py"]
    assert {each.span.path for each in report.findings} == {"sound.py"}


SETTINGS = {
    "no toml": "[tool.freezelint",
    "no text": b"\xff\xfe\x00",
    "half a character": b"[tool.freezelint]\nselect = ['\xe2\x82']\n",
    "a null byte": b"[tool.freezelint]\x00\n",
    "deep": "x = " + "[" * 50000 + "]" * 50000,
    "deep tables": "[tool.freezelint" + ".a" * 20000 + "]\nx = 1\n",
    "a number": "[tool]\nfreezelint = 3\n",
    "a list of tables": "[[tool.freezelint]]\nselect = ['FRZ']\n",
    "numbers as rules": "[tool.freezelint]\nselect = [1, 2.5, 1979-05-27]\n",
    "a table as rules": "[tool.freezelint]\nselect = {a = 1}\n",
    "lists in lists": "[tool.freezelint]\nignore = [['FRZ']]\n",
    "a flag as patterns": "[tool.freezelint]\nexclude = true\n",
    "odd patterns": "[tool.freezelint]\nextend-exclude = ['[', '***/x**', '\\\\', '!', '', '/', '../..', 'a[b', '#']\n",
    "slow patterns": f"[tool.freezelint]\nextend-exclude = ['{'*a' * 40}b', '{'**/' * 60}x']\n",
    "many patterns": f"[tool.freezelint]\nextend-exclude = {[f'x{i}' for i in range(20000)]}\n",
    "long patterns": f"[tool.freezelint]\nextend-exclude = ['{'x' * 1000000}']\n",
    "ignores of numbers": "[tool.freezelint.per-file-ignores]\n'*.py' = 3\n",
    "ignores of nothing": "[tool.freezelint.per-file-ignores]\n'' = ['']\n'[' = ['FRZ101']\n",
    "an odd severity": "[tool.freezelint.severity]\nFRZ101 = ['error']\n",
    "a time as version": "[tool.freezelint]\ntorch-version = 07:32:00\n",
    "an odd version": "[tool.freezelint]\ntorch-version = '1.13; import os'\n",
    "infinity": "[tool.freezelint]\npossible = inf\n",
    "a baseline that is a folder": "[tool.freezelint]\nbaseline = '.'\n",
    "a baseline elsewhere": "[tool.freezelint]\nbaseline = '/dev/zero'\n",
    "odd dependencies": "[project]\ndependencies = [1, ['torch'], 'torch' , 'torch<', 'torch @ file:///etc/passwd']\n"
    "[tool.freezelint]\n",
    "dependencies that are none": "[project]\ndependencies = 'torch'\noptional-dependencies = 3\n[tool.freezelint]\n",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_hostile_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text = SETTINGS[name]
    (tmp_path / "pyproject.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "sound.py").write_text(MISTAKE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["--output-format", "concise"]) in (0, 1, 2)
    printed = capsys.readouterr()
    said = printed.out + printed.err
    assert "internal error" not in said
    assert any(name in said for name in ("sound.py", "pyproject.toml", "the baseline")), said
