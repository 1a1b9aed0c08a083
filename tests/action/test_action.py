"""The GitHub Action: its script in the environment that a runner sets, and action.yml beside the script."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import BAD, GOOD
from tests.repository.modules import ROOT

SCRIPT = ROOT / "action" / "run.py"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


class Runner:
    """A checkout with a base commit and a change on it, and the files that a runner gives to a step."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.temporary = folder / "temp"
        self.summary, self.output, self.event = (folder / name for name in ("summary", "output", "event.json"))
        for each in (self.checkout, self.temporary):
            each.mkdir()
        self.git("init", "-q")
        (self.checkout / "old.py").write_text(BAD)
        self.base = self.commit()
        (self.checkout / "new.py").write_text(BAD)
        (self.checkout / "good.py").write_text(GOOD)
        self.commit()

    def git(self, *arguments: str) -> str:
        names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        return subprocess.run(
            ["git", *arguments], cwd=self.checkout, env=os.environ | names, capture_output=True, text=True, check=True
        ).stdout.strip()

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-qm", "x")
        return self.git("rev-parse", "HEAD")

    def run(self, event: object = None, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the step with an event and inputs, `only_changed` for `only-changed`; the rest as action.yml says."""
        self.event.write_text(json.dumps(event if event is not None else {}))
        given = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        variables = {
            "FREEZELINT_" + name.upper().replace("-", "_"): value for name, value in given.items() if name != "python"
        }
        variables |= {
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(self.event), "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output), "GITHUB_WORKSPACE": str(self.checkout),
            "RUNNER_TEMP": str(self.temporary), "GITHUB_ACTION_PATH": str(ROOT),
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, str(SCRIPT)],
            cwd=self.checkout, env=os.environ | variables, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def pull_request(self) -> dict[str, Any]:
        return {"action": "opened", "pull_request": {"number": 7, "base": {"sha": self.base, "ref": "main"}}}

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_a_pull_request_gets_what_it_adds(runner: Runner) -> None:
    result = runner.run(runner.pull_request())
    assert result.returncode == 1, result.stderr
    assert re.findall(r"^::error file=([^,]+),line=4,", result.stdout, re.MULTILINE) == ["new.py"]
    assert runner.outputs() == {"exit-code": "1", "findings": "1"}
    summary = runner.summary.read_text()
    assert summary.startswith("### freezelint: found 1 error in 3 files")
    assert "`new.py:4:1`" in summary and "old.py" not in summary


def test_a_push_gets_everything(runner: Runner) -> None:
    result = runner.run({"ref": "refs/heads/main", "before": runner.base})
    assert result.returncode == 1
    assert runner.outputs()["findings"] == "2"
    assert runner.run(runner.pull_request(), only_changed="false").stdout == result.stdout


def test_a_merge_queue_has_a_base_as_well(runner: Runner) -> None:
    runner.run({"merge_group": {"base_sha": runner.base}})
    assert runner.outputs()["findings"] == "1"


def test_code_scanning_gets_all_findings(runner: Runner) -> None:
    result = runner.run(runner.pull_request(), sarif="true")
    assert result.returncode == 1
    assert result.stdout.count("::error ") == 1
    log = json.loads(Path(runner.outputs()["sarif"]).read_text())
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in log["runs"][0]["results"]]
    assert places == ["new.py", "old.py"]
    assert log["runs"][0]["tool"]["driver"]["rules"][0]["help"]["markdown"].startswith("# FRZ")


def test_a_clean_change_passes(runner: Runner) -> None:
    result = runner.run(runner.pull_request(), paths="good.py 'with blank.py'")
    assert result.returncode == 2  # a path that does not exist is told of
    assert "with blank.py" in result.stderr
    runner.output.unlink()
    (runner.checkout / "new.py").unlink()
    assert runner.run(runner.pull_request()).returncode == 0
    assert runner.outputs() == {"exit-code": "0", "findings": "0"}


def test_options_reach_the_check(runner: Runner) -> None:
    assert runner.run(runner.pull_request(), arguments="--ignore FRZ101").returncode == 0
    assert runner.run(runner.pull_request(), arguments="--fail-on=never").returncode == 0
    result = runner.run(runner.pull_request(), annotations="false")
    assert "::error" not in result.stdout and "new.py:4:1: FRZ101" in result.stdout


def test_a_shallow_checkout_fetches_the_base(runner: Runner) -> None:
    shallow = runner.checkout.with_name("shallow")
    runner.git("config", "uploadpack.allowAnySHA1InWant", "true")
    runner.git("clone", "-q", "--depth=1", f"file://{runner.checkout}", str(shallow))
    runner.checkout = shallow
    result = runner.run(runner.pull_request())
    assert re.findall(r"^::error file=([^,]+),", result.stdout, re.MULTILINE) == ["new.py"], result.stderr


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"sarif": "perhaps"}, "the input sarif must be true or false, not perhaps"),
        ({"paths": "'open"}, "the input paths cannot be read"),
        ({"arguments": "--no-such-option"}, "No such option"),
    ],
)
def test_inputs_that_cannot_be_used(runner: Runner, inputs: dict[str, str], said: str) -> None:
    result = runner.run(runner.pull_request(), **inputs)
    assert result.returncode == 2
    assert said in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_base_is_told_of(runner: Runner) -> None:
    result = runner.run({"pull_request": {"base": {"sha": "0" * 40}}})
    assert result.returncode == 2
    assert "git knows no revision" in result.stderr


def test_confirm_is_called_with_the_arguments_of_pytest(runner: Runner, tmp_path: Path) -> None:
    called = tmp_path / "called.json"
    python = tmp_path / "python"
    python.write_text(
        f"#!{sys.executable}\nimport json, pathlib, sys\n"
        f"pathlib.Path({str(called)!r}).write_text(json.dumps(sys.argv[1:]))\n"
        "file = [each for each in sys.argv if 'markdown=' in each][0].partition('markdown=')[2]\n"
        "pathlib.Path(file).write_text('confirmed: one\\n')\nsys.exit(1)\n"
    )
    python.chmod(0o755)
    (runner.checkout / "new.py").unlink()
    result = runner.run(runner.pull_request(), confirm="-q 'tests/smoke tests'", confirm_python=str(python))
    assert result.returncode == 1
    arguments = json.loads(called.read_text())
    assert arguments[:3] == ["-m", "freezelint", "confirm"]
    assert arguments[-4:] == ["--only-confirmed", "--pytest", "-q", "tests/smoke tests"]
    assert "confirmed: one" in runner.summary.read_text()
    assert runner.outputs()["exit-code"] == "0"


def test_the_action_hands_every_input_over_by_a_variable() -> None:
    """Never by writing it into a script, where a name of a branch could run commands."""
    steps = ACTION["runs"]["steps"]
    handed = {value for step in steps for value in step.get("env", {}).values()}
    assert handed == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    for step in steps:
        assert "${{" not in step.get("run", "")
        for name, value in step.get("env", {}).items():
            assert name == "FREEZELINT_" + value.split(".")[1].split()[0].upper().replace("-", "_")
    read = set(re.findall(r"FREEZELINT_\w+", SCRIPT.read_text())) - {"FREEZELINT_"}
    (check,) = (step for step in steps if step.get("id") == "check")
    assert read == set(check["env"])
    assert "action/run.py" in check["run"]


def test_the_action_uploads_what_the_script_wrote() -> None:
    (upload,) = (step for step in ACTION["runs"]["steps"] if "uses" in step)
    assert upload["uses"].startswith("github/codeql-action/upload-sarif@v")
    assert "always()" in upload["if"]
    assert upload["with"]["sarif_file"] == ACTION["outputs"]["sarif"]["value"]
    written = set(re.findall(r'outputs\["([\w-]+)"\]|"([\w-]+)": str\((?!\))', SCRIPT.read_text()))
    assert {left or right for left, right in written} == set(ACTION["outputs"])
