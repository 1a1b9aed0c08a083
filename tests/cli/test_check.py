"""`freezelint check` as users run it: options, exit codes, where output goes, and never a traceback."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from freezelint import __version__
from tests.cli.conftest import BAD, Run


def test_a_bare_path_is_checked(project: Path, run: Run) -> None:
    assert run("check", "bad.py").stdout == run("bad.py").stdout == run("--", "bad.py").stdout
    result = run("bad.py")
    assert result.returncode == 1
    assert result.stdout.startswith("bad.py:4:1: FRZ101 requires-grad-on-module ")
    assert "    4 | model.requires_grad = False\n      | ^" in result.stdout
    assert result.stdout.endswith("\nfound 1 error in 1 file\n[*] 1 fixable with `--fix`\n")
    assert result.stderr == ""


def test_without_a_path_the_current_folder_is_checked(project: Path, run: Run) -> None:
    result = run()
    assert result.returncode == 1
    assert "bad.py:4:1" in result.stdout
    assert "in 2 files" in result.stdout


def test_clean_is_zero(project: Path, run: Run) -> None:
    result = run("good.py")
    assert (result.returncode, result.stdout, result.stderr) == (0, "no mistakes found in 1 file\n", "")


def test_exit_zero_forgives_findings_but_not_problems(project: Path, run: Run) -> None:
    assert run("--exit-zero", ".").returncode == 0
    assert run("--exit-zero", ".", "none").returncode == 2


def test_quiet_shows_findings_alone(project: Path, run: Run) -> None:
    assert run("-q", "good.py").stdout == ""
    noisy = run("bad.py").stdout
    assert run("--quiet", "bad.py").stdout == noisy[: noisy.rindex("found ")]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select", "FRZ101"), True),
        (("--select", "FRZ2,FRZ1"), True),
        (("--select", "FRZ2", "--select", "requires-grad-on-module"), True),
        (("--select", "FRZ102"), False),
        (("--ignore", "FRZ101"), False),
        (("--ignore=FRZ1",), False),
        (("--select", "FRZ1", "--ignore", "requires-grad-on-module"), False),
    ],
)
def test_rules_are_selected(project: Path, run: Run, arguments: tuple[str, ...], found: bool) -> None:
    result = run(*arguments, ".")
    assert result.returncode == int(found)
    assert ("FRZ101" in result.stdout) is found


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "FRZ1O1"), "unknown rule `FRZ1O1` in `select`; did you mean FRZ101?"),
        (("--ignore", "requires-grad-on-modul"), "did you mean requires-grad-on-module?"),
        (("--output-format", "jsn"), "unknown format `jsn`; did you mean json? (formats: text, concise, json, "),
        (("--output-format", "json="), "no file is named after `json=`"),
        (("--output-format", "json", "--output-format", "concise"), "only one format can go to standard output"),
        (("--selct", "FRZ101"), "--select"),
        (("--config", "none.toml"), "none.toml: cannot be read"),
        (("--config", "x.toml", "--isolated"), "exclude each other"),
        (("--select",), "requires an argument"),
    ],
)
def test_a_slip_on_the_command_line(project: Path, run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("check", ".", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_json_is_one_object_as_its_schema_says(project: Path, run: Run) -> None:
    (project / "broken.py").write_text("def f(:\n")
    result = run("--output-format", "json")
    assert result.returncode == 2
    written = json.loads(result.stdout)
    schema = json.loads(resources.files("freezelint.report").joinpath("schema.json").read_text())
    jsonschema.validate(written, schema)
    assert written["version"] == __version__
    assert written["files"] == 3
    (finding,) = written["findings"]
    assert (finding["code"], finding["path"], finding["line"], finding["column"]) == ("FRZ101", "bad.py", 4, 1)
    assert len(finding["fingerprint"]) == 16
    (problem,) = written["problems"]
    assert (problem["path"], problem["line"], problem["code"]) == ("broken.py", 1, "FRZ902")


def test_several_formats_at_once(project: Path, run: Run) -> None:
    result = run("bad.py", "--output-format", "json=out.json", "--output-format=github", "--output-format", "concise=c")
    assert result.returncode == 1
    assert result.stdout.startswith("::error file=bad.py,line=4,")
    assert len(json.loads((project / "out.json").read_text())["findings"]) == 1
    assert (project / "c").read_text().startswith("bad.py:4:1: FRZ101 ")


def test_reports_in_files_leave_text_on_the_screen(project: Path, run: Run) -> None:
    assert run("bad.py", "--output-format", "json=out.json").stdout == run("bad.py").stdout
    assert (project / "out.json").exists()


def test_a_report_that_cannot_be_written(project: Path, run: Run) -> None:
    result = run("bad.py", "--output-format", "json=no/such/folder.json")
    assert result.returncode == 2
    assert "cannot be written to no/such/folder.json" in result.stderr
    assert "FRZ101" in result.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("syntax.py", b"def f(:\n    pass\n"),
        ("tabs.py", b"if x:\n\ty\n        z\n"),
        ("encoding.py", b"x = '\xff\xfe'\n"),
        ("null.py", b"x = 1\0\n"),
        ("utf16.py", "p.requires_grad = False".encode("utf-16")),
        ("deep.py", b"p.requires_grad = " + b"(" * 20_000 + b")" * 20_000),
        ("cookie.py", b"# coding: klingon\np.requires_grad = False\n"),
        ("notebook.ipynb", b"{"),
    ],
)
def test_bad_input_is_told_of_and_the_rest_is_checked(project: Path, run: Run, name: str, content: bytes) -> None:
    (project / name).write_bytes(content)
    for paths in ((name, "bad.py"), (".", name)):
        result = run(*paths)
        assert result.returncode == 2
        assert result.stderr.startswith(name)
        assert "FRZ902" in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert "bad.py:4:1: FRZ101" in result.stdout


def test_a_missing_path(project: Path, run: Run) -> None:
    result = run("bad.py", "none.py")
    assert result.returncode == 2
    assert result.stderr == "none.py: FRZ902 no such file or folder\n"
    assert "FRZ101" in result.stdout


def test_settings_are_found_and_can_be_left_out(project: Path, run: Run) -> None:
    (project / "pyproject.toml").write_text('[tool.freezelint]\nignore = ["FRZ101"]\n')
    (project / "deep").mkdir()
    (project / "other.toml").write_text('[per-file-ignores]\n"good.py" = ["FRZ1"]\n')
    assert run("bad.py").returncode == 0
    assert run("../bad.py", cwd=project / "deep").returncode == 0
    assert run(str(project / "bad.py"), cwd=Path("/")).returncode == 0
    assert run("bad.py", "--isolated").returncode == 1
    assert run("bad.py", "--select", "FRZ101").returncode == 1
    assert run("bad.py", "--config", "other.toml").returncode == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('slect = ["FRZ1"]', "unknown key `slect`; did you mean select?"),
        ('ignore = "FRZ1"', "`ignore` must be a list of strings"),
        ('ignore = ["FRZ1O1"]', "unknown rule `FRZ1O1` in `ignore`; did you mean FRZ101?"),
        ("ignore = [", "not valid TOML"),
    ],
)
def test_broken_settings_name_their_file(project: Path, run: Run, settings: str, said: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.freezelint]\n{settings}\n")
    result = run(".")
    assert result.returncode == 2
    assert f"{project}/pyproject.toml: {said}" in result.stderr
    assert "Traceback" not in result.stderr


def test_severity_comes_from_the_settings(project: Path, run: Run) -> None:
    (project / "freezelint.toml").write_text('[severity]\nrequires-grad-on-module = "warning"\n')
    assert run("bad.py").stdout.splitlines()[-2] == "found 1 warning in 1 file"
    (project / "freezelint.toml").write_text('[severity]\nFRZ101 = "off"\n')
    assert run("bad.py").returncode == 0


def test_comments_silence(project: Path, run: Run) -> None:
    (project / "bad.py").write_text(BAD.rstrip() + "  # freezelint: ignore[FRZ101] on purpose\n")
    assert run("bad.py").returncode == 0
    (project / "bad.py").write_text(BAD.rstrip() + "  # noqa: FRZ101\n")
    assert run("bad.py").returncode == 0
    (project / "bad.py").write_text(BAD.rstrip() + "  # freezelint: ignore[FRZ102]\n")
    assert run("bad.py").returncode == 1


def test_fingerprints_stay_when_lines_move(project: Path, run: Run) -> None:
    def fingerprint() -> str:
        written = json.loads(run("bad.py", "--output-format", "json").stdout)
        return str(written["findings"][0]["fingerprint"])

    before = fingerprint()
    (project / "bad.py").write_text("import os\n\n\n" + BAD)
    assert fingerprint() == before


def test_colour_is_for_terminals_or_on_demand(project: Path, run: Run) -> None:
    assert "\x1b[" not in run("bad.py").stdout
    assert "\x1b[" in run("bad.py", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in run("bad.py", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b[" not in run("bad.py", "--output-format", "concise", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in run("bad.py", "--output-format", "json", env={"FORCE_COLOR": "1"}).stdout


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_of_sixty_columns(project: Path, variables: dict[str, str], coloured: bool) -> None:
    (project / "bad.py").write_text(BAD.rstrip() + "  # " + "blah " * 40 + "\n")
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "freezelint", "bad.py"],
        cwd=project, stdout=terminal, env=environment | {"COLUMNS": "60", "TERM": "xterm"} | variables,
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
    assert (b"\x1b[" in written) is coloured
    if not coloured:
        assert max(map(len, written.decode().splitlines())) <= 60


def test_columns_are_kept_to_where_they_are_set(project: Path, run: Run) -> None:
    (project / "bad.py").write_text(BAD.rstrip() + "  # " + "blah " * 40 + "\n")
    lines = run("bad.py", env={"COLUMNS": "60"}).stdout.splitlines()
    assert max(map(len, lines)) <= 60
    assert any(line.endswith("...") for line in lines)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    for number in range(300):
        (project / f"bad{number}.py").write_text(BAD)
    for arguments in (".", ". --output-format json", "--help", "rule FRZ101", "rules"):
        script = f"{sys.executable} -m freezelint {arguments} | true"
        result = subprocess.run(["bash", "-c", script], cwd=project, capture_output=True, text=True, check=True)
        assert result.stderr == "", arguments


def test_a_full_disk_is_told_of(project: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "freezelint", "bad.py"],
            cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert result.returncode == 2
    assert result.stderr.startswith("freezelint: standard output cannot be written to")
    assert "Traceback" not in result.stderr


def test_an_output_of_few_characters_still_shows_all(project: Path, run: Run) -> None:
    (project / "bad.py").write_text(BAD.rstrip() + "  # é 日本\n", encoding="utf-8")
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    result = run("bad.py", env=ascii_only)
    assert result.returncode == 1
    assert "\\xe9 \\u65e5" in result.stdout
    json.loads(run("bad.py", "--output-format", "json", env=ascii_only).stdout)
