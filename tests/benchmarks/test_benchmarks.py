"""The harness of the benchmarks pairs commands, tells failures, and states ratios; it asserts no time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.run import main
from tests.benchmarks.timing import Command, Failed, Pair, Timing, alternate


def command(code: str, folder: Path) -> Command:
    return Command("it", (sys.executable, "-c", code), folder)


def test_commands_take_turns_after_a_run_of_each(tmp_path: Path) -> None:
    first, second = (command(f"open('log', 'a').write('{letter}')", tmp_path) for letter in "ab")
    pair = alternate(first, second, runs=3)
    assert (tmp_path / "log").read_text() == "ab" * 4
    assert len(pair.subject.seconds) == len(pair.peer.seconds) == 3


def test_the_ratio_is_of_the_medians(tmp_path: Path) -> None:
    subject, peer = Timing(command("", tmp_path), (9.0, 2.0, 4.0)), Timing(command("", tmp_path), (2.0, 1.0, 50.0))
    assert Pair(subject, peer).ratio == 2.0


def test_a_command_that_fails_is_not_timed(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="ended with 3: no message"):
        alternate(command("raise SystemExit(3)", tmp_path), command("", tmp_path), runs=1)


def test_the_benchmark_of_a_commit_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commit", "commit-plain", "--runs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["commit", "commit-plain", "largest"]
    assert all("ratio" in line for line in lines[:2])


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cold-tim"])
    assert "there are cold, cold-timm" in capsys.readouterr().err
