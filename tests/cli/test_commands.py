"""The commands around the check: `rule`, `rules`, `--version`, and what happens on an internal error."""

from __future__ import annotations

import json

import pytest

from freezelint import __version__
from freezelint.cli import main
from freezelint.registry import load_rules, page
from tests.cli.conftest import Run


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.returncode, result.stdout) == (0, f"freezelint, version {__version__}\n")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("check", "--help"), ("rule", "-h"), ("rules", "--help")])
def test_help(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: ")


@pytest.mark.parametrize("name", ["FRZ101", "frz101", "requires-grad-on-module"])
def test_the_page_of_a_rule(run: Run, name: str) -> None:
    rule = next(rule for rule in load_rules() if rule.code == "FRZ101")
    result = run("rule", name)
    assert result.returncode == 0
    assert result.stdout.rstrip("\n") == page(rule).rstrip("\n")
    coloured = run("rule", name, env={"FORCE_COLOR": "1", "COLUMNS": "70"}).stdout
    assert "\x1b[" in coloured


def test_an_unknown_rule(run: Run) -> None:
    result = run("rule", "FRZ1O1")
    assert result.returncode == 2
    assert "unknown rule `FRZ1O1`; did you mean FRZ101?" in result.stderr


def test_the_list_of_rules(run: Run) -> None:
    rules = load_rules()
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in rules]
    listed = json.loads(run("rules", "--output-format", "json").stdout)
    assert [one["code"] for one in listed] == [rule.code for rule in rules]
    assert set(listed[0]) == {"code", "name", "summary", "severity", "default", "fix", "confirmed_by"}


def test_an_internal_error_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise KeyError("oh")

    monkeypatch.delenv(main.TRACEBACK, raising=False)
    monkeypatch.setattr("freezelint.run.check.check", fail)
    assert main.run([str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("freezelint: internal error: KeyError: 'oh' (set FREEZELINT_TRACEBACK=1")
    monkeypatch.setenv(main.TRACEBACK, "1")
    with pytest.raises(KeyError):
        main.run([str(tmp_path)])


def test_an_interrupt_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("freezelint.run.check.check", interrupt)
    assert main.run([str(tmp_path)]) == 130
    assert capsys.readouterr().err.strip() == "freezelint: interrupted"
