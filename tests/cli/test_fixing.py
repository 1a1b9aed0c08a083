"""`freezelint check --fix` and its kin as users run them."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import BAD, GOOD, Run

UNSAFE = """\
from torch import nn, optim

model = nn.Sequential(nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2)), nn.Linear(2, 2))
model[0].requires_grad_(False)
optimizer = optim.SGD(model[1].parameters(), lr=0.1)
for x in range(3):
    model.train()
    model(x).sum().backward()
    optimizer.step()
"""


def test_fix_writes_and_reports_what_is_left(project: Path, run: Run) -> None:
    (project / "unsafe.py").write_text(UNSAFE)
    result = run("--fix", ".")
    assert (project / "bad.py").read_text() == GOOD
    assert (project / "unsafe.py").read_text() == UNSAFE
    assert result.returncode == 1
    assert "FRZ301" in result.stdout and "FRZ101" not in result.stdout
    assert result.stdout.endswith("\nfound 1 error in 3 files\n1 fixable with `--fix --unsafe-fixes`\n")
    assert result.stderr == "fixed 1 finding\n"


def test_fix_of_everything_exits_with_zero(project: Path, run: Run) -> None:
    result = run("--fix", "bad.py")
    assert (result.returncode, result.stdout) == (0, "no mistakes found in 1 file\n")
    again = run("--fix", "bad.py")
    assert (again.returncode, again.stderr) == (0, "")


def test_unsafe_fixes(project: Path, run: Run) -> None:
    (project / "unsafe.py").write_text(UNSAFE)
    assert "1 fixable with `--fix --unsafe-fixes`" in run("unsafe.py").stdout
    assert run("--fix", "--unsafe-fixes", "unsafe.py").returncode == 0
    assert "    model.train()\n    model[0].eval()\n" in (project / "unsafe.py").read_text()


def test_diff_shows_a_patch_and_writes_nothing(project: Path, run: Run) -> None:
    result = run("--diff", ".")
    assert result.returncode == 1
    assert result.stdout == (
        "--- bad.py\n+++ bad.py\n@@ -1,4 +1,4 @@\n from torch import nn\n \n model = nn.Linear(2, 2)\n"
        "-model.requires_grad = False\n+model.requires_grad_(False)\n"
    )
    assert result.stderr == "would fix 1 finding\n"
    assert (project / "bad.py").read_text() == BAD
    clean = run("--diff", "good.py")
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "")
    assert run("--diff", "--exit-zero", "bad.py").returncode == 0


@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch")
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_the_patch_can_be_applied(project: Path, run: Run, end: str) -> None:
    text = BAD.rstrip("\n") + "  # é\n# last"
    before = text.replace("\n", end or "\n").encode() + end.encode()
    (project / "bad.py").write_bytes(before)
    # Not by the runner of the other tests, which reads text and so changes line ends.
    command = [sys.executable, "-m", "freezelint", "--diff", "bad.py"]
    patch = subprocess.run(command, cwd=project, capture_output=True, check=False).stdout
    subprocess.run(["patch", "--binary", "-p0"], cwd=project, input=patch, check=True, capture_output=True)
    assert (project / "bad.py").read_bytes() == before.replace(b"requires_grad = False", b"requires_grad_(False)")


def test_colours_on_demand(project: Path, run: Run) -> None:
    shown = run("--diff", "bad.py", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[31m-model.requires_grad = False" in shown
    assert "\x1b[32m+model.requires_grad_(False)" in shown


def test_what_a_file_holds_cannot_harm_the_terminal(project: Path, run: Run) -> None:
    (project / "bad.py").write_text(BAD.replace("\n\n", "\n# \x1b]0;title\x07\n"))
    shown = run("--diff", "bad.py", env={"FORCE_COLOR": "1"}).stdout
    assert "\\x1b]0;title" in shown and "\x1b]" not in shown


def test_fix_only_keeps_silent(project: Path, run: Run) -> None:
    (project / "unsafe.py").write_text(UNSAFE)
    result = run("--fix-only", ".")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "fixed 1 finding\n")
    assert (project / "bad.py").read_text() == GOOD


def test_show_fixes(project: Path, run: Run) -> None:
    (project / "bad.py").write_text(BAD + "model.requires_grad_ = True\n")
    result = run("--fix", "--show-fixes", "bad.py")
    assert result.stderr == (
        "fixed 2 findings:\n- bad.py:\n    1 x FRZ101 (requires-grad-on-module)\n    1 x FRZ105 (overwritten-method)\n"
    )
    assert run("--fix", "-q", "good.py").stderr == ""


def test_a_report_is_refused_where_none_is_made(project: Path, run: Run) -> None:
    for option in ("--diff", "--fix-only"):
        result = run(option, "--output-format", "json", "bad.py")
        assert (result.returncode, result.stdout) == (2, "")
        assert "--output-format" in result.stderr


def test_an_unknown_rule_is_told_before_anything_is_written(project: Path, run: Run) -> None:
    result = run("--fix", "--select", "FRZ999", ".")
    assert result.returncode == 2 and "unknown rule `FRZ999`" in result.stderr
    assert (project / "bad.py").read_text() == BAD


def test_suppressed_findings_are_left_alone(project: Path, run: Run) -> None:
    text = BAD.replace("False\n", "False  # freezelint: ignore[FRZ101]\n")
    (project / "bad.py").write_text(text)
    assert run("--fix", "bad.py").returncode == 0
    assert (project / "bad.py").read_text() == text


def test_a_broken_file_does_not_keep_the_others_from_being_mended(project: Path, run: Run) -> None:
    (project / "broken.py").write_text("from torch import nn\nmodel = nn.Linear(\n")
    result = run("--fix", ".")
    assert result.returncode == 2
    assert (project / "bad.py").read_text() == GOOD


def test_json_carries_the_edits(project: Path, run: Run) -> None:
    (finding,) = json.loads(run("--output-format", "json", "bad.py").stdout)["findings"]
    (edit,) = finding["fix"]["edits"]
    place = {"path": "bad.py", "line": 4, "column": 1, "end_line": 4, "end_column": 28, "cell": None}
    assert edit == {**place, "text": "model.requires_grad_(False)"}


def test_only_given_files_are_written(project: Path, run: Run) -> None:
    helper = "def freeze(module):\n    module.requires_grad = False\n"
    (project / "helper.py").write_text(helper)
    (project / "main.py").write_text(
        "from torch import nn\nfrom helper import freeze\n\nmodel = nn.Linear(2, 2)\nfreeze(model)\n"
    )
    assert "FRZ101" in run("--fix", "main.py").stdout
    assert (project / "helper.py").read_text() == helper
    assert run("--fix", "main.py", "helper.py").returncode == 0
    assert "module.requires_grad_(False)" in (project / "helper.py").read_text()


@pytest.mark.parametrize(
    ("head", "encoding"), [("# coding: latin-1\n# é\n", "latin-1"), ("# é 日本\n", "utf-8"), ("", "utf-8")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_file_keeps_its_ways(project: Path, run: Run, head: str, encoding: str, end: str, last: bool) -> None:
    def written(text: str) -> bytes:
        text = head + text if last else (head + text).rstrip("\n")
        mark = codecs.BOM_UTF8 if encoding == "utf-8" and last else b""
        return mark + text.replace("\n", end).replace("\nmodel = ", "\n\f\nmodel = ").encode(encoding)

    file = project / "bad.py"
    file.write_bytes(written(BAD))
    file.chmod(0o755)
    assert run("--fix", "bad.py").returncode == 0
    assert file.read_bytes() == written(GOOD)
    assert stat.S_IMODE(file.stat().st_mode) == 0o755


def test_a_link_stays_a_link(project: Path, run: Run) -> None:
    (project / "real").mkdir()
    os.rename(project / "bad.py", project / "real" / "bad.py")
    (project / "bad.py").symlink_to("real/bad.py")
    assert run("--fix", ".").returncode == 0
    assert (project / "bad.py").is_symlink()
    assert (project / "real" / "bad.py").read_text() == GOOD
