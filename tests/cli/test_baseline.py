"""`freezelint baseline` and `--baseline`: what was there before is not told again, whatever moved since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import BAD, Run

HEAD = "from torch import nn\n\nmodel = nn.Linear(2, 2)\n"
LONG = HEAD + "setattr(model, 'requires_grad', False)\n"


def write(project: Path, run: Run, *arguments: str) -> None:
    result = run("baseline", "-o", "base.json", *arguments)
    assert result.returncode == 0, result.stderr


def lines(project: Path, run: Run, *arguments: str) -> list[str]:
    """The places of what is found beside the baseline."""
    result = run("--baseline", "base.json", "--output-format", "concise", *arguments)
    assert result.stderr == ""
    assert result.returncode == int(bool(result.stdout))
    return [line.partition(" ")[0] for line in result.stdout.splitlines()]


def test_what_is_known_is_left_out(project: Path, run: Run) -> None:
    result = run("baseline", "-o", "base.json")
    assert result.returncode == 0
    assert result.stderr == "freezelint: 1 finding written to base.json\n"
    assert lines(project, run) == []
    (project / "good.py").write_text(BAD)
    assert lines(project, run) == ["good.py:4:1:"]


def test_the_file_is_the_same_for_the_same_findings(project: Path, run: Run) -> None:
    write(project, run)
    before = (project / "base.json").read_bytes()
    write(project, run, ".", "--quiet")
    assert (project / "base.json").read_bytes() == before
    (entry,) = json.loads(before)["findings"]
    assert (entry["path"], entry["line"], entry["code"], entry["within"]) == ("bad.py", 4, "FRZ101", "")


@pytest.mark.parametrize(
    "after",
    [
        "import os\n\n\n" + LONG,
        LONG.replace(
            "setattr(model, 'requires_grad', False)", 'setattr(\n    model,\n    "requires_grad",\n    False,\n)'
        ),
        HEAD + "count = 1  # a neighbour\nsetattr(model, 'requires_grad', False)  # FIXME\ntotal = 2\n",
        HEAD + "if count:\n    setattr(model, 'requires_grad', False)\n",
        HEAD + "def freeze():\n    setattr(model, 'requires_grad', False)\n\n\nfreeze()\n",
    ],
    ids=["moved", "formatted", "neighbours", "indented", "in a function"],
)
def test_code_that_was_moved_or_formatted_is_still_known(project: Path, run: Run, after: str) -> None:
    (project / "bad.py").write_text(LONG)
    write(project, run)
    assert lines(project, run) == []
    (project / "bad.py").write_text(after)
    assert lines(project, run) == []


def test_a_renamed_file_is_still_known(project: Path, run: Run) -> None:
    write(project, run)
    (project / "bad.py").rename(project / "renamed.py")
    assert lines(project, run) == []


def test_one_entry_excuses_one_finding_and_it_is_the_old_one(project: Path, run: Run) -> None:
    def source(*names: str) -> str:
        functions = "".join(
            f"\n\ndef {name}():\n    model = nn.Linear(2, 2)\n    model.requires_grad = False\n    return model\n"
            for name in names
        )
        return "from torch import nn\n" + functions

    (project / "bad.py").write_text(source("old"))
    write(project, run)
    (project / "bad.py").write_text(source("new", "old"))
    assert lines(project, run) == ["bad.py:6:5:"]


def test_stale_entries_are_told_and_are_no_error(project: Path, run: Run) -> None:
    write(project, run)
    (project / "bad.py").write_text(HEAD)
    result = run("--baseline", "base.json", ".")
    assert (result.returncode, result.stdout) == (0, "no mistakes found in 2 files\n")
    assert result.stderr.splitlines() == [
        "base.json: FRZ101 at bad.py:4 is no longer found",
        "`freezelint baseline` writes the baseline anew",
    ]
    write(project, run)
    assert run("--baseline", "base.json").stderr == ""


def test_what_was_not_looked_for_is_not_stale(project: Path, run: Run) -> None:
    write(project, run)
    (project / "bad.py").write_text(HEAD)
    for arguments in (("good.py",), (".", "--select", "FRZ102"), (".", "--ignore", "FRZ101")):
        assert "no longer" not in run(*arguments, "--baseline", "base.json").stderr, arguments
    (project / "bad.py").write_text("def f(:\n")
    assert "no longer" not in run("--baseline", "base.json").stderr


def test_possible_findings_are_kept_on_demand(project: Path, run: Run) -> None:
    doubtful = "def f(model, other):\n    model = other(model)\n    model.requires_grad = False\n    model(1)\n"
    (project / "bad.py").write_text(doubtful)
    write(project, run, "--possible")
    assert len(json.loads((project / "base.json").read_text())["findings"]) == 1
    assert lines(project, run) == []
    assert lines(project, run, "--possible") == []


def test_the_settings_may_name_it(project: Path, run: Run) -> None:
    (project / "pyproject.toml").write_text('[tool.freezelint]\nbaseline = "known.json"\n')
    missing = run()
    assert missing.returncode == 2
    assert "the baseline known.json cannot be read: no such file or directory" in missing.stderr
    (project / "deep").mkdir()
    assert run("baseline", "..", cwd=project / "deep").returncode == 0
    assert (project / "known.json").exists()
    assert run().returncode == 0
    assert run("..", cwd=project / "deep").returncode == 0
    assert run("--isolated").returncode == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no baseline of freezelint"),
        ("[]", "no baseline of freezelint"),
        ('{"format": 1}', "no baseline of freezelint"),
        ('{"format": 99, "findings": 3}', "was written by a newer version of freezelint"),
        ("\xff", "no baseline of freezelint"),
        (None, "cannot be read: no such file or directory"),
    ],
)
def test_a_broken_baseline_is_told_of(project: Path, run: Run, content: str | None, said: str) -> None:
    if content is not None:
        (project / "base.json").write_text(content, encoding="latin-1")
    result = run("--baseline", "base.json")
    assert result.returncode == 2
    assert said in result.stderr and "base.json" in result.stderr
    assert result.stdout == ""


def test_problems_are_told_while_a_baseline_is_written(project: Path, run: Run) -> None:
    (project / "broken.py").write_text("def f(:\n")
    result = run("baseline", "-o", "base.json")
    assert result.returncode == 2
    assert result.stderr.startswith("broken.py:1:")
    assert len(json.loads((project / "base.json").read_text())["findings"]) == 1
    assert run("baseline", "-o", "no/such/folder").returncode == 2
