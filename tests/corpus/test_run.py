"""The runner of the corpus tells read, unread and vanished findings apart, on a package made for the purpose."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.comparison import compare, described
from tests.corpus.run import main
from tests.corpus.verdicts import Judgement, Key, Verdict, read_packages, read_verdicts, write_verdicts

SOURCE = "from torch import nn\n\nmodel = nn.Linear(2, 2)\nmodel.requires_grad = False\n"
MISTAKE = ("toy/net.py", 4, "FRZ101")
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the corpus over one package whose wheel is in the cache already."""
    (tmp_path / "wheels").mkdir()
    with zipfile.ZipFile(tmp_path / "wheels" / "toy-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("toy/net.py", SOURCE)
    (tmp_path / "packages.toml").write_text('[[package]]\nname = "toy"\nversion = "1.0"\n')

    def run(*verdicts: Verdict, options: tuple[str, ...] = ()) -> int:
        write_verdicts(verdicts, tmp_path / "findings.jsonl")
        files = {"--packages-file": "packages.toml", "--findings-file": "findings.jsonl", "--cache": "."}
        return main([*(f"{option}={tmp_path / name}" for option, name in files.items()), *options])

    return run


def verdict(judgement: Judgement, place: tuple[str, int, str] = MISTAKE, version: str = "1.0") -> Verdict:
    path, line, code = place
    return Verdict("toy", version, path, line, code, judgement, "because")


def test_a_finding_without_a_verdict_fails_the_run(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 1
    assert "toy: toy/net.py:4: FRZ101 `model.requires_grad = False`" in capsys.readouterr().out


@pytest.mark.parametrize("judgement", [Judgement.TRUE, Judgement.FALSE])
def test_a_finding_with_a_verdict_does_not(run: Run, judgement: Judgement) -> None:
    assert run(verdict(judgement)) == 0


def test_what_is_recorded_is_still_to_be_read(run: Run, tmp_path: Path) -> None:
    assert run(options=("--record",)) == 1
    (line,) = read_verdicts(tmp_path / "findings.jsonl")
    assert (line.key, line.verdict) == (Key("toy", *MISTAKE), Judgement.UNREAD)
    assert run(line) == 1


def test_vanished_findings_are_listed_by_their_verdict(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    gone = (verdict(Judgement.TRUE, ("toy/net.py", 1, "FRZ301")), verdict(Judgement.FALSE, ("toy/net.py", 2, "FRZ101")))
    assert run(verdict(Judgement.TRUE), *gone) == 0
    missed, _, silenced = capsys.readouterr().out.partition("no longer reported")
    assert "toy/net.py:1: FRZ301 because" in missed
    assert "toy/net.py:2: FRZ101 because" in silenced


def test_verdicts_of_another_version_are_refused(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(verdict(Judgement.TRUE, version="0.9")) == 2
    assert "judged at 0.9, but the corpus has 1.0" in capsys.readouterr().err


def test_a_package_that_takes_too_long_is_a_failure_and_no_vanished_finding(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(verdict(Judgement.TRUE), options=("--timeout", "0.001")) == 2
    printed = capsys.readouterr().out
    assert "FAILED was not finished" in printed
    assert "missed: " not in printed


def test_a_wheel_that_is_no_archive_is_a_failure(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wheels" / "toy-1.0-py3-none-any.whl").write_text("nothing")
    assert run() == 2
    assert "toy-1.0 cannot be unpacked" in capsys.readouterr().out
    assert list((tmp_path / "unpacked").iterdir()) == []


def test_precision_counts_what_was_read() -> None:
    keys = [Key("toy", "a.py", line, "FRZ101") for line in range(4)]
    known = [
        Verdict("toy", "1.0", key.path, key.line, key.code, judgement, "because")
        for key, judgement in zip(keys, [Judgement.TRUE, Judgement.TRUE, Judgement.FALSE], strict=False)
    ]
    table = list(described(compare(keys, known, ["toy"]), {}, {}))[-2:]
    assert [line.split() for line in table] == [
        ["FRZ101", "2", "1", "1", "0", "66.7%"], ["all", "2", "1", "1", "0", "66.7%"]
    ]  # fmt: skip


def test_the_recorded_verdicts_are_sound() -> None:
    versions = {package.name: package.version for package in read_packages()}
    known = read_verdicts()
    assert len({each.key for each in known}) == len(known)
    for each in known:
        assert versions[each.package] == each.version
        assert each.why and each.line > 0, each
