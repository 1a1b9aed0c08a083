"""How a check is run and what is shown: standard input, statistics, failing, watching, progress, completion."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from freezelint.run import watching
from tests.cli.conftest import BAD, GOOD, Run


def piped(folder: Path, text: str | bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run freezelint with something on standard input."""
    data = text.encode() if isinstance(text, str) else text
    result = subprocess.run(
        [sys.executable, "-m", "freezelint", *arguments], cwd=folder, input=data, capture_output=True, check=False
    )
    return subprocess.CompletedProcess(result.args, result.returncode, result.stdout.decode(), result.stderr.decode())


def test_standard_input_is_checked(project: Path) -> None:
    result = piped(project, BAD, "-", "--output-format", "concise")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("<stdin>:4:1: FRZ101 ")
    assert piped(project, GOOD, "check", "-").returncode == 0
    assert "    4 | model.requires_grad = False" in piped(project, BAD, "-").stdout


def test_standard_input_stands_in_for_a_file(project: Path) -> None:
    result = piped(project, BAD, "-", "--stdin-filename", "good.py", "--output-format", "concise")
    assert result.stdout.startswith("good.py:4:1: FRZ101 ")
    assert piped(project, GOOD, "-", "--stdin-filename", "bad.py").returncode == 0
    (project / "sub").mkdir()
    (project / "sub" / "pyproject.toml").write_text('[tool.freezelint.per-file-ignores]\n"new.py" = ["FRZ101"]\n')
    assert piped(project, BAD, "-", "--stdin-filename", "sub/new.py").returncode == 0
    assert piped(project, BAD, "-", "--stdin-filename", "sub/other.py").returncode == 1


def test_standard_input_finds_its_imports_beside_its_file(project: Path) -> None:
    (project / "helper.py").write_text("def freeze(model):\n    model.requires_grad = False\n")
    text = "from torch import nn\nfrom helper import freeze\n\nmodel = nn.Linear(2, 2)\nfreeze(model)\n"
    result = piped(project, text, "-", "--stdin-filename", "train.py", "--output-format", "concise")
    assert result.stdout.startswith("train.py:5:1: FRZ101 ")


@pytest.mark.parametrize(
    ("text", "said"), [(b"def f(:\n", "<stdin>:1:"), (b"x = '\xff'\n", "0xff"), (b"x = 1\0", "null byte")]
)
def test_broken_standard_input(project: Path, text: bytes, said: str) -> None:
    result = piped(project, text, "-")
    assert result.returncode == 2
    assert said in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--stdin-filename", "a.py"), "--stdin-filename needs the path -"),
        (("-", "bad.py"), "cannot be checked together"),
        (("-", "--add-ignore"), "--add-ignore needs files"),
        (("-", "--watch"), "--watch needs files"),
        (("-", "--diff-base", "HEAD"), "--diff-base needs files"),
        (("-", "--stdin-filename", "."), "is a folder"),
        (("--add-ignore", "--watch"), "exclude each other"),
        (("--statistics", "--output-format", "sarif"), "--statistics are shown as text or json"),
        (("--fail-on", "fatal"), "'error', 'warning', 'info', 'never'"),
        (("completion", "tcsh"), "'bash', 'zsh', 'fish'"),
        (("completion",), "Missing argument"),
    ],
)
def test_contradictions_are_refused(project: Path, run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_fail_on(project: Path, run: Run) -> None:
    (project / "freezelint.toml").write_text('[severity]\nFRZ101 = "warning"\n')
    codes = {level: run("bad.py", "--fail-on", level).returncode for level in ("error", "warning", "info", "never")}
    assert codes == {"error": 0, "warning": 1, "info": 1, "never": 0}
    assert run("bad.py", "--exit-zero", "--fail-on", "info").returncode == 0
    assert run("none.py", "--fail-on", "never").returncode == 2


def test_statistics(project: Path, run: Run) -> None:
    (project / "more.py").write_text(BAD + "x = 1  # freezelint: ignore[FRZ102]\n" + BAD)
    result = run("--statistics")
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "3  FRZ101  error    requires-grad-on-module  in 2 files",
        "1  FRZ901  warning  unused-suppression       in 1 file",
        "",
        "found 3 errors and 1 warning in 3 files",
    ]
    assert len(run("--statistics", "-q").stdout.splitlines()) == 2
    counted = json.loads(run("--statistics", "--output-format", "json", "--output-format", "jsonl=o").stdout)
    assert [(each["code"], each["findings"], each["files"]) for each in counted] == [("FRZ101", 3, 2), ("FRZ901", 1, 1)]
    assert (project / "o").read_text().count('"type":"finding"') == 4
    assert run("good.py", "--statistics").stdout == "no mistakes found in 1 file\n"


def test_add_ignore(project: Path, run: Run) -> None:
    result = run("--add-ignore")
    assert (result.returncode, result.stdout) == (0, "no mistakes found in 2 files\n")
    assert result.stderr == "freezelint: 1 finding excused by 1 comment in 1 file\n"
    assert (project / "bad.py").read_text() == BAD.rstrip("\n") + "  # freezelint: ignore[FRZ101]\n"
    again = run("--add-ignore")
    assert (again.returncode, again.stderr) == (0, "")
    assert run().returncode == 0


class Watched:
    """A `freezelint --watch` that runs, and what it has written so far."""

    def __init__(self, folder: Path, *, polling: bool) -> None:
        start = "import sys; sys.modules['watchfiles'] = None; " if polling else ""
        code = start + "from freezelint.cli.main import main; main(['--watch', '--output-format', 'concise'])"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            # A shell that runs the tests in the background has its children ignore the key that interrupts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip

    def until(self, wanted: str, *, seconds: float = 60) -> str:
        """What it writes until there is a match."""
        assert self.process.stdout is not None and self.process.stderr is not None
        streams = [self.process.stdout.fileno(), self.process.stderr.fileno()]
        written, deadline = "", time.monotonic() + seconds
        while not re.search(wanted, written, re.DOTALL):
            assert time.monotonic() < deadline, written
            for stream in select.select(streams, [], [], 0.2)[0]:
                written += os.read(stream, 65536).decode()
        return written


@pytest.mark.parametrize("polling", [True, False], ids=["polling", "watchfiles"])
def test_watch_checks_again_after_each_change(project: Path, polling: bool) -> None:
    if not polling:
        pytest.importorskip("watchfiles")
    watched = Watched(project, polling=polling)
    try:
        assert "bad.py:4:1" in watched.until("waiting for changes")
        # The system needs a moment to set its watch up after the first look.
        time.sleep(1)
        (project / "good.py").write_text(BAD)
        watched.until("good.py:4:1.*waiting for changes")
        (project / "freezelint.toml").write_text('ignore = ["FRZ1O1"]\n')
        watched.until("did you mean FRZ101.*waiting for changes")
        (project / "freezelint.toml").unlink()
        watched.until("bad.py:4:1.*waiting for changes")
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(timeout=60) == 0
    finally:
        watched.process.kill()
        watched.process.communicate()


@pytest.mark.parametrize("polling", [True, False], ids=["polling", "watchfiles"])
def test_what_changes_while_its_user_is_busy_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, polling: bool
) -> None:
    if polling:
        monkeypatch.setitem(sys.modules, "watchfiles", None)
    (tmp_path / "a.py").write_text("x")
    turns = watching.changes([str(tmp_path)], interval=0.01)
    (tmp_path / "b.py").write_text("x")
    next(turns)
    (tmp_path / "a.py").write_text("xy")
    next(turns)
    (tmp_path / "b.py").unlink()
    next(turns)


def test_only_what_is_checked_is_watched(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    before = watching.snapshot([str(tmp_path)])
    assert list(before) == [str(tmp_path / "a.py")]
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "b.py").write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    assert watching.snapshot([str(tmp_path)]) == before
    for name in ("n.ipynb", "pyproject.toml"):
        (tmp_path / name).write_text("x")
    assert len(watching.snapshot([str(tmp_path), str(tmp_path / "gone")])) == 3


def on_terminal(folder: Path, *arguments: str, patience: str = "0.0") -> str:
    """What a check writes to standard error where that is a terminal."""
    controller, terminal = pty.openpty()
    code = (
        f"import sys; from freezelint.cli import progress; progress.PATIENCE = {patience}; "
        "from freezelint.cli.main import main; main(sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=terminal, env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
    )  # fmt: skip
    os.close(terminal)
    written = b""
    try:
        while chunk := os.read(controller, 4096):
            written += chunk
    except OSError:  # how Linux tells of the other end's closing
        pass
    os.close(controller)
    assert process.wait(timeout=60) == 1
    return written.decode()


def test_a_bar_for_long_work_on_a_terminal_only(project: Path, run: Run) -> None:
    shown = on_terminal(project)
    assert "analysing" in shown and re.search(r"\d/2 files", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown))
    assert on_terminal(project, "--no-progress") == ""
    assert on_terminal(project, "--quiet") == ""
    assert on_terminal(project, patience="1000.0") == ""
    assert run().stderr == ""


def completions(run: Run, line: str) -> set[str]:
    words = line.split(" ")
    variables = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_FREEZELINT_COMPLETE": "bash_complete"}
    result = run(env=variables)
    assert result.stderr == ""
    return {each.partition(",")[2] for each in result.stdout.splitlines()}


def test_what_is_completed(project: Path, run: Run) -> None:
    assert {"check", "completion"} <= completions(run, "freezelint c")
    assert {"--select", "--statistics"} <= completions(run, "freezelint --s")
    assert {"--select"} <= completions(run, "freezelint check --s")
    assert {"--select", "--statistics"} <= completions(run, "freezelint bad.py --s")
    assert {"FRZ301", "FRZ302"} <= completions(run, "freezelint --select FRZ30")
    assert "FRZ101,FRZ301" in completions(run, "freezelint check --ignore FRZ101,FRZ30")
    assert completions(run, "freezelint check --output-format sa") == {"sarif"}
    assert "requires-grad-on-module" in completions(run, "freezelint rule requ")
    assert completions(run, "freezelint completion z") == {"zsh"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_understood_by_it(run: Run, shell: str, tmp_path: Path) -> None:
    script = run("completion", shell).stdout
    assert "_FREEZELINT_COMPLETE" in script and "freezelint" in script
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(script)
    subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes(project: Path, run: Run, tmp_path: Path) -> None:
    command = tmp_path / "freezelint"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m freezelint "$@"\n')
    command.chmod(0o755)
    (tmp_path / "script").write_text(run("completion", "bash").stdout)
    ask = "source ./script; COMP_WORDS=(./freezelint rule FRZ90); COMP_CWORD=2; _freezelint_completion ./freezelint"
    result = subprocess.run(
        ["bash", "-c", ask + '; printf "%s\\n" "${COMPREPLY[@]}"'],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(result.stdout.split()) == {"FRZ901", "FRZ902", "FRZ903"}
